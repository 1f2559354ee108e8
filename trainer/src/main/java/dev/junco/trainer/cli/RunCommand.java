package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.trainer.data.CsvFile;
import dev.junco.trainer.data.CsvOptions;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.ImageFile;
import dev.junco.trainer.data.NpyFile;
import dev.junco.trainer.report.TextTable;
import dev.junco.trainer.report.TextTable.Align;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code junco run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco run MODEL INPUT... [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  junco run clothes.junco shoe.png shirt.jpg --invert",
            "  junco run iris.junco flowers.csv --ignore species --out answers.npy"
        },
        description = "Runs a model on images, rows of a CSV file, or a NumPy array, and tells the answers by name.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A .junco file.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "PNG, JPEG, GIF or BMP images; .csv files of features; .npy arrays of one sample or more.")
    private List<Path> inputs;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Classes to show (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int top;

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns of a CSV file to leave out, for example the label.")
    private String[] ignored = {};

    @Option(names = "--invert", description = "Turns images from dark on light into light on dark.")
    private boolean invert;

    @Option(
            names = "--out",
            paramLabel = "NPY",
            description = "Also writes all answers as a NumPy array [samples, outputs].")
    private Path out;

    @Override
    public Integer call() {
        Bounds.atLeast(spec, "--top", top, 1);
        Outputs.check(out);
        Diagnostics diagnostics = Diagnostics.of(spec);
        Model model = Model.load(file);
        diagnostics.phase("loading the model", model.graph().nodes().size() + " operators");
        TensorSpec input = model.inputs().values().iterator().next();
        TextTable table = new TextTable().column("input", Align.LEFT).column("answer", Align.LEFT);
        float[] all = new float[0];
        int width = 1;
        for (Path path : inputs) {
            Dataset samples = ModelData.prepare(read(path, input.shape().dropFirst()), model);
            Predictions predictions = Predictions.of(model, samples, 1);
            diagnostics.phase("reading and running " + path, samples);
            List<String> names = Labels.of(model, predictions.classes());
            for (int i = 0; i < samples.size(); i++) {
                String name = samples.size() == 1 ? path.toString() : path + " [" + i + "]";
                table.row(name, answer(predictions, i, names, model));
            }
            width = predictions.width();
            all = Arrays.copyOf(all, all.length + predictions.values().length);
            System.arraycopy(
                    predictions.values(),
                    0,
                    all,
                    all.length - predictions.values().length,
                    predictions.values().length);
        }
        if (out != null) {
            NpyFile.write(out, all, all.length / width, width);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.print(table);
        console.flush();
        return 0;
    }

    private String answer(Predictions predictions, int sample, List<String> names, Model model) {
        StringJoiner text = new StringJoiner("   ");
        boolean classes = !model.metadata().labels().isEmpty() || predictions.width() > 1;
        if (!classes) {
            return String.format(Locale.ROOT, "%.6g", predictions.value(sample, 0));
        }
        if (predictions.width() == 1) {
            return named(names.get(predictions.label(sample)), predictions.probability(sample));
        }
        IntStream.range(0, predictions.width())
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -predictions.value(sample, index)))
                .limit(top)
                .forEach(index -> text.add(named(names.get(index), predictions.value(sample, index))));
        return text.toString();
    }

    private static String named(String name, double probability) {
        return String.format(Locale.ROOT, "%s %.1f %%", name, 100 * probability);
    }

    private Dataset read(Path path, Shape shape) {
        if (!Files.exists(path)) {
            throw new DataException(path + ": no such file; check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new DataException(path + ": is a folder; name its files, for example " + path.resolve("*.png") + ".");
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return array(path, shape);
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".tsv") || name.endsWith(".txt")) {
            return table(path, shape);
        }
        if (shape.rank() != 3) {
            throw new DataException(path + ": the model takes samples of shape " + shape
                    + ", not images [height, width, channels]; give it a .csv or .npy file.");
        }
        float[] pixels = ImageFile.read(path, shape.dim(0), shape.dim(1), shape.dim(2));
        for (int i = 0; invert && i < pixels.length; i++) {
            pixels[i] = 255 - pixels[i];
        }
        return Dataset.unlabelled(pixels, shape);
    }

    private Dataset table(Path path, Shape shape) {
        Dataset table = CsvFile.read(path, CsvOptions.unlabelled().ignoring(ignored));
        if (table.featureCount() == shape.elements() + 1) {
            throw new DataException(path + ": has " + table.featureCount() + " columns, the model takes "
                    + shape.elements() + "; if one is the label, leave it out with --ignore "
                    + table.featureNames().getLast() + ".");
        }
        return table;
    }

    private static Dataset array(Path path, Shape shape) {
        NpyFile array = NpyFile.read(path);
        if (array.elements() == 0 || array.elements() % shape.elements() != 0) {
            throw new DataException(path + ": has shape " + Arrays.toString(array.dims())
                    + ", the model takes samples of shape " + shape + " (" + shape.elements() + " values).");
        }
        return Dataset.unlabelled(array.toFloats(), shape);
    }
}
