package dev.junco.trainer.cli;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.Model;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.report.ConfusionMatrix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code junco evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco evaluate MODEL --data=DATA [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {"  junco evaluate clothes.junco --data bundled --confusion confusion.png"},
        description = "Runs a model over data: accuracy and confusion matrix, or the error of a regression.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A Junco or TensorFlow Lite file.")
    private Path file;

    @Mixin
    private DataOptions data;

    @Mixin
    private PixelRange pixels;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private Integer threads;

    @Option(names = "--confusion", paramLabel = "PNG", description = "Draws the confusion matrix.")
    private Path picture;

    @Override
    public Integer call() {
        Bounds.atLeast(spec, "--threads", threads, 1);
        Outputs.check(picture);
        Outputs.checkSpares(picture, file);
        Outputs.checkSpares(picture, data.files());
        Diagnostics diagnostics = Diagnostics.of(spec);
        Model model = pixels.of(ModelFiles.read(file));
        diagnostics.phase("loading the model", model.graph().nodes().size() + " operators");
        Dataset raw = data.loadForMeasuring(model);
        Dataset samples = ModelData.prepare(raw, model);
        if (raw.featureShape().rank() > 1) {
            PixelRange.tellRaw(model, file, spec.commandLine().getErr());
        }
        diagnostics.phase("reading the data", samples);
        Predictions predictions;
        try (Waiting _ = Waiting.during("running " + samples.size() + " samples")) {
            predictions = Predictions.of(
                    model, samples, threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        }
        diagnostics.phase("running", samples.size() + " samples");
        PrintWriter out = spec.commandLine().getOut();
        if (samples.isClassification()) {
            classification(out, model, samples, predictions);
        } else {
            regression(out, samples, predictions);
        }
        out.flush();
        return 0;
    }

    private void classification(PrintWriter out, Model model, Dataset samples, Predictions predictions) {
        List<String> names = Labels.of(model, Math.max(predictions.classes(), samples.classes()));
        ConfusionMatrix matrix = new ConfusionMatrix(names);
        for (int i = 0; i < samples.size(); i++) {
            matrix.add(samples.label(i), predictions.label(i));
        }
        out.println(samples.size() + " samples, accuracy " + Sizes.percent(matrix.accuracy()));
        out.println();
        out.print(matrix.report());
        out.println();
        out.print(matrix);
        if (picture != null) {
            matrix.write(picture);
            out.println("Wrote " + picture);
        }
    }

    private static void regression(PrintWriter out, Dataset samples, Predictions predictions) {
        int width = samples.targetWidth();
        float[] target = new float[width];
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < samples.size(); i++) {
            samples.copyTargets(i, target, 0);
            for (int j = 0; j < width; j++) {
                double error = predictions.value(i, j) - target[j];
                absolute += Math.abs(error);
                squared += error * error;
            }
        }
        double count = (double) samples.size() * width;
        out.printf(
                Locale.ROOT,
                "%d samples, mean absolute error %.5f, root mean squared error %.5f%n",
                samples.size(),
                absolute / count,
                Math.sqrt(squared / count));
    }
}
