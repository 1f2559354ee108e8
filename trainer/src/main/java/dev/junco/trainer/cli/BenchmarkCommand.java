package dev.junco.trainer.cli;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Model;
import dev.junco.runtime.Profile;
import dev.junco.runtime.Tensor;
import dev.junco.trainer.data.Random64;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code junco benchmark}. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco benchmark MODEL [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  junco benchmark clothes-int8.junco --threads 2 --profile",
            "  junco benchmark clothes-int8.junco --cold"
        },
        description = "Measures a model on this machine: latency, allocation, memory, which kernels ran.")
final class BenchmarkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A Junco or TensorFlow Lite file; --cold takes only Junco files.")
    private Path file;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Measured runs (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private int runs;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Milliseconds before measuring (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private int warmUp;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of a run (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Samples of a run (default: the file's batch size).",
            defaultValue = "0")
    private int batch;

    @Option(
            names = "--kernels",
            paramLabel = "KIND",
            description = "plain, vector, or auto, which starts plain and changes over (default).",
            defaultValue = "AUTO")
    private KernelChoice kernels;

    @Option(
            names = {"--profile", "--operators"},
            description = "Also show each operator's time, multiply-adds, bytes, and kernels.")
    private boolean operators;

    @Mixin
    private TableNames names;

    @Option(
            names = "--cold",
            description =
                    "Instead, measure whole processes from their start to their first answer, and how soon they are at"
                            + " full speed.")
    private boolean cold;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Processes of each kind for --cold (default: ${DEFAULT-VALUE}).",
            defaultValue = "11")
    private int processes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Bounds.atLeast(spec, "--runs", runs, 1);
        Bounds.atLeast(spec, "--warm-up", warmUp, 0);
        Bounds.atLeast(spec, "--threads", threads, 1);
        Bounds.atLeast(spec, "--batch", batch, 0);
        Bounds.atLeast(spec, "--processes", processes, 1);
        Diagnostics diagnostics = Diagnostics.of(spec);
        if (cold) {
            refuseWithCold("--runs", "--warm-up", "--threads", "--batch", "--kernels", "--profile");
            Model.load(file); // what is wrong with it is told here and not by a measured process
            ColdStart.measure(file, processes, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return 0;
        }
        Model model = ModelFiles.read(file);
        diagnostics.phase("loading the model", model.graph().nodes().size() + " operators");
        InterpreterOptions options = InterpreterOptions.DEFAULT
                .withThreads(threads)
                .withKernels(kernels)
                .withBatch(batch);
        long start = System.nanoTime();
        Interpreter interpreter = model.interpreter(options);
        fill(interpreter);
        diagnostics.interpreter(interpreter);
        long ready = System.nanoTime();
        interpreter.run();
        long first = System.nanoTime();
        Latency latency;
        try (Waiting _ = Waiting.during("warming up and measuring")) {
            latency = Latency.measure(interpreter, runs, warmUp);
        }

        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " on " + threads + (threads == 1 ? " thread" : " threads") + ", "
                + (batch == 0 ? "" : "batch " + batch + ", ") + runs + " runs");
        out.printf(Locale.ROOT, "  prepare      %s%n", Sizes.micros(ready - start));
        out.printf(Locale.ROOT, "  first run    %s%n", Sizes.micros(first - ready));
        out.printf(
                Locale.ROOT,
                "  latency      p50 %s   p90 %s   p99 %s%n",
                Sizes.micros(latency.p50()),
                Sizes.micros(latency.p90()),
                Sizes.micros(latency.p99()));
        out.printf(Locale.ROOT, "  allocation   %.0f bytes a run%n", latency.allocated());
        out.println("  arena        " + Sizes.bytes(interpreter.plan().size().totalBytes()));
        out.println("  file         " + Sizes.bytes(file.toFile().length()));
        out.println("  kernels      " + interpreter.kernels());
        if (!latency.settled()) {
            out.println("  note         faster kernels were still being prepared: a longer --warm-up may show lower"
                    + " latency");
        }
        if (!ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            out.println("  hint         vector kernels are off: start Java with --add-modules jdk.incubator.vector");
        }
        if (operators) {
            profile(out, interpreter);
        }
        out.flush();
        return 0;
    }

    /** What a measured process would not follow is not taken silently. */
    private void refuseWithCold(String... options) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw Bounds.wrong(spec, option + " has no meaning with --cold; leave one of the two out");
            }
        }
    }

    /** Random inputs from a fixed seed: zeros would let some processors cheat. */
    private static void fill(Interpreter interpreter) {
        Random64 random = new Random64(1);
        for (Tensor input : interpreter.inputs().values()) {
            float[] values = new float[input.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            input.set(values);
        }
    }

    private void profile(PrintWriter out, Interpreter interpreter) {
        Profile profile = interpreter.profile();
        try (Waiting _ = Waiting.during("measuring operators")) {
            for (int i = 0; i < runs; i++) {
                interpreter.run(profile);
            }
        }
        out.println();
        out.print(profile.table(names::shown));
    }
}
