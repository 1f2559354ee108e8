package dev.junco.trainer.cli;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.SelfTest;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Buffer;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.Plan;
import dev.junco.trainer.report.TextTable;
import dev.junco.trainer.report.TextTable.Align;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code junco inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco inspect MODEL [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {"  junco inspect clothes-int8.junco --arena --self-test"},
        description = "Shows what a model file holds: operators, shapes, sizes, memory map, metadata.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A Junco or TensorFlow Lite file.")
    private Path file;

    @Option(names = "--arena", description = "Also draw the memory map of the arena.")
    private boolean arena;

    @Option(names = "--self-test", description = "Also run the sample that the file brings and compare the answers.")
    private boolean selfTest;

    @Mixin
    private TableNames names;

    @Override
    public Integer call() {
        Model model = ModelFiles.read(file);
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = MemoryPlanner.plan(model.graph(), OperatorCatalog.standard());
        header(out, model, plan);
        OpenAxes.print(out, model, file);
        out.println();
        operators(out, model);
        if (arena) {
            arena(out, plan);
        }
        boolean good = !selfTest || selfTest(out, model);
        out.flush();
        return good ? 0 : 1;
    }

    /** Runs it with all kernels of this JVM; whether none of them fails. */
    private static boolean selfTest(PrintWriter out, Model model) {
        out.println();
        boolean good = true;
        for (KernelChoice kernels : KernelProviders.vector().isPresent()
                ? List.of(KernelChoice.PLAIN, KernelChoice.VECTOR)
                : List.of(KernelChoice.PLAIN)) {
            SelfTest found = model.selfTest(InterpreterOptions.DEFAULT.withKernels(kernels));
            out.println(kernels.name().toLowerCase(java.util.Locale.ROOT) + " kernels: " + found);
            good &= found.outcome() != SelfTest.Outcome.FAILED;
        }
        return good;
    }

    private void header(PrintWriter out, Model model, Plan plan) {
        Metadata metadata = model.metadata();
        out.println(file + (metadata.name().isEmpty() ? "" : ": " + metadata.name()));
        print(out, "  description  ", metadata.description());
        print(out, "  producer     ", metadata.producer());
        print(out, "  licence      ", metadata.licence());
        out.println("  file         " + Sizes.bytes(file.toFile().length()));
        out.println("  arena        " + Sizes.bytes(plan.size().totalBytes()));
        out.println("  memory       " + model.memory());
        if (model.signatures().size() > 1) {
            print(out, "  signatures   ", String.join(", ", model.signatures()));
        }
        for (Value input : model.graph().inputs()) {
            String bound = input.isResizable() ? ", up to " + input.largestShape() : "";
            out.println("  input        " + describe(input.name(), input.spec()) + bound);
        }
        for (Preprocessing step : metadata.preprocessing()) {
            out.println("  preprocess   " + step.input() + " = " + step);
        }
        model.outputs().forEach((name, tensor) -> out.println("  output       " + describe(name, tensor)));
        print(out, "  labels       ", String.join(", ", metadata.labels()));
        metadata.properties().forEach((key, value) -> {
            if (!key.startsWith("network.")) {
                out.println("  " + key + " = " + value);
            }
        });
    }

    private static void print(PrintWriter out, String title, String text) {
        if (!text.isEmpty()) {
            out.println(title + text);
        }
    }

    private static String describe(String name, TensorSpec tensor) {
        return name + ": " + tensor + (tensor.quantization().isQuantized() ? " (" + tensor.quantization() + ")" : "");
    }

    private void operators(PrintWriter out, Model model) {
        TextTable table = new TextTable()
                .column("operator", Align.LEFT)
                .column("name", Align.LEFT)
                .column("result", Align.LEFT)
                .column("weights", Align.RIGHT)
                .column("multiply-adds", Align.RIGHT);
        long bytes = 0;
        long work = 0;
        for (Node node : model.graph().nodes()) {
            long weights = 0;
            for (Value input : node.inputs()) {
                weights += input.constant() == null ? 0 : input.constant().byteCount();
            }
            long multiplyAdds = multiplyAdds(node);
            String operator = OperatorCatalog.standard().name(node.attributes());
            table.row(
                    operator,
                    names.shown(node.name()),
                    node.output().spec(),
                    weights == 0 ? "" : Sizes.bytes(weights),
                    multiplyAdds == 0 ? "" : Sizes.grouped(multiplyAdds));
            bytes += weights;
            work += multiplyAdds;
        }
        table.rule().row("total", "", "", Sizes.bytes(bytes), Sizes.grouped(work));
        out.print(table);
    }

    @SuppressWarnings("unchecked") // the catalog finds the operator by the attributes' class
    private static long multiplyAdds(Node node) {
        Operator<Attributes> operator =
                (Operator<Attributes>) (Operator<?>) OperatorCatalog.standard().of(node.attributes());
        return operator.multiplyAdds(node.attributes(), node);
    }

    private void arena(PrintWriter out, Plan plan) {
        TextTable table = new TextTable()
                .column("arena", Align.LEFT)
                .column("from", Align.RIGHT)
                .column("bytes", Align.RIGHT)
                .column("nodes", Align.LEFT)
                .column("tensor", Align.LEFT);
        int last = plan.graph().nodes().size() - 1;
        List<Buffer> buffers = plan.buffers().stream()
                .sorted(Comparator.comparing(Buffer::type)
                        .thenComparing(Buffer::offset)
                        .thenComparing(Buffer::firstNode))
                .toList();
        for (Buffer buffer : buffers) {
            int size = buffer.type().bytes();
            table.row(
                    buffer.type().name().toLowerCase(java.util.Locale.ROOT),
                    Sizes.grouped((long) buffer.offset() * size),
                    Sizes.grouped((long) buffer.elements() * size),
                    Math.max(0, buffer.firstNode()) + "-" + Math.min(last, buffer.lastNode()),
                    names.shown(buffer.name()));
        }
        out.println();
        out.print(table);
    }
}
