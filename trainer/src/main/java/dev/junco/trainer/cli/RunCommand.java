package dev.junco.trainer.cli;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.Model;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.NpyFile;
import dev.junco.trainer.report.TextTable;
import dev.junco.trainer.report.TextTable.Align;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  junco run keywords.tflite word.npz --labels words.txt",
            "  junco run iris.junco flowers.csv --ignore species --out answers.npy"
        },
        description = "Runs a model on images, rows of a CSV file, or a NumPy array, and tells the answers by name: in"
                + " percent where they are probabilities, else as the numbers they are.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A Junco or TensorFlow Lite file.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "PNG, JPEG, GIF or BMP images; .csv files of features; .npy arrays, or .npz archives of"
                + " such, of one sample or more, of the shape of the model's input, axes of size 1 aside, or flat;"
                + " .bin images of a byte for each value. Arrays of int8 for a model with int8 input are taken as its"
                + " own quantised integers; all else is real numbers, which are scaled as the model says.")
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

    @Option(
            names = "--labels",
            paramLabel = "TEXT",
            description = "Names of the classes, a line each, where the model has none.")
    private Path labels;

    @Mixin
    private PixelRange pixels;

    @Option(names = "--planar", description = ".bin images hold one channel after the other.")
    private boolean planar;

    @Option(names = "--invert", description = "Turns images from dark on light into light on dark.")
    private boolean invert;

    @Option(
            names = "--out",
            paramLabel = "NPY",
            description = "Also writes all answers, of the first output, as a NumPy array [samples, numbers].")
    private Path out;

    @Override
    public Integer call() {
        Bounds.atLeast(spec, "--top", top, 1);
        Outputs.check(out);
        Outputs.checkSpares(out, file, labels);
        Outputs.checkSpares(out, inputs.toArray(new Path[0]));
        Diagnostics diagnostics = Diagnostics.of(spec);
        Model model = pixels.of(Labels.named(ModelFiles.read(file), labels));
        diagnostics.phase("loading the model", model.graph().nodes().size() + " operators");
        RunImages images = new RunImages(invert, planar);
        RunInputs reader = new RunInputs(model, ignored, images);
        TextTable table = new TextTable().column("input", Align.LEFT).column("answer", Align.LEFT);
        float[] all = new float[0];
        int width = 1;
        for (Path path : inputs) {
            Dataset samples = reader.read(path);
            Map<String, Predictions> outputs;
            try (Waiting _ = Waiting.during("running " + samples.size() + " samples")) {
                outputs = Predictions.ofAll(model, samples, 1);
            }
            String first = outputs.keySet().iterator().next();
            Predictions predictions = outputs.get(first);
            boolean named =
                    predictions.width() > 1 || !model.metadata().labels().isEmpty();
            boolean percent = named && Probabilities.are(model.graph(), first, predictions);
            diagnostics.phase("reading and running " + path, samples);
            List<String> names = Labels.of(model, predictions.classes());
            for (int i = 0; i < samples.size(); i++) {
                String name = samples.size() == 1 ? path.toString() : path + " [" + i + "]";
                Answers.add(table, name, outputs, i, answer(predictions, i, names, percent));
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
        images.tellResized(spec.commandLine().getErr());
        if (images.haveBeenRead()) {
            PixelRange.tellRaw(model, file, spec.commandLine().getErr());
        }
        PrintWriter console = spec.commandLine().getOut();
        console.print(table);
        console.flush();
        return 0;
    }

    private String answer(Predictions predictions, int sample, List<String> names, boolean percent) {
        if (predictions.width() == 1) {
            return percent
                    ? percent(names.get(predictions.label(sample)), predictions.probability(sample))
                    : String.format(Locale.ROOT, "%.6g", predictions.value(sample, 0));
        }
        return IntStream.range(0, predictions.width())
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -predictions.value(sample, index)))
                .limit(top)
                .map(index -> percent
                        ? percent(names.get(index), predictions.value(sample, index))
                        : names.get(index) + " = " + Answers.number(predictions.value(sample, index)))
                .collect(Collectors.joining("   "));
    }

    private static String percent(String name, double probability) {
        return String.format(Locale.ROOT, "%s %.1f %%", name, 100 * probability);
    }
}
