package dev.junco.trainer.cli;

import dev.junco.converter.ConversionReport;
import dev.junco.converter.Converter;
import dev.junco.converter.Precision;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import dev.junco.trainer.Fit;
import dev.junco.trainer.History;
import dev.junco.trainer.Network;
import dev.junco.trainer.data.BundledData;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.data.TrainTest;
import dev.junco.trainer.report.PredictionGrid;
import dev.junco.trainer.report.TrainingCurve;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code junco quickstart}. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco quickstart [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {"  junco quickstart --folder /tmp/first"},
        description =
                "Trains a small convolutional network on bundled pictures of clothes, converts it to int8, and runs"
                        + " it.")
final class QuickstartCommand implements Callable<Integer> {
    private static final int GRID_COLUMNS = 6;
    private static final int GRID_IMAGES = 24;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "junco-quickstart")
    private Path folder;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data (default: the network's).")
    private Integer epochs;

    @Override
    public Integer call() throws IOException {
        Bounds.atLeast(spec, "--epochs", epochs, 1);
        makeFolder();
        PrintWriter out = spec.commandLine().getOut();
        TrainTest data = BundledData.fashionMnistSmall().normalized(Normalization.scale(1f / 255));
        Dataset test = data.test();
        out.println("1. Training on " + Sizes.grouped(data.train().size()) + " pictures of clothes, "
                + Sizes.grouped(test.size())
                + " kept for the test");
        NetworkDescription description = NetworkDescription.preset("quickstart");
        Network network = description.build(data.train(), 1);
        out.print(network.summary());
        out.flush();
        int passes = epochs == null ? description.training().epochs() : epochs;
        History history = Training.trainer(network, description, null, data.train())
                .verbose()
                .fit(
                        data.train(),
                        Fit.epochs(passes).batch(description.training().batch()).validation(test));
        Path trained = folder.resolve("trained.junco");
        Path float32 = folder.resolve("float32.junco");
        Path int8 = folder.resolve("int8.junco");
        network.save(trained);
        new TrainingCurve()
                .panel("loss", history.values("loss"), history.values("val_loss"))
                .panel("accuracy", history.values("accuracy"), history.values("val_accuracy"))
                .write(folder.resolve("training.png"));

        out.println();
        out.println("2. Converting for a device");
        Model source = network.model();
        out.flush();
        ConversionReport report;
        try (Waiting _ = Waiting.during("converting and measuring")) {
            Converter.from(source).evaluate(ModelData.samples(test)).write(float32);
            report = Converter.from(source)
                    .quantize(Precision.INT8)
                    .calibrate(ModelData.samples(data.train()))
                    .evaluate(ModelData.samples(test))
                    .maxAccuracyDrop(0.01)
                    .write(int8);
        }
        out.print(report);

        out.println();
        out.println("3. Running");
        out.flush();
        run(out, "float32", float32, test);
        run(out, "int8", int8, test);
        draw(Model.load(int8), test);
        out.println();
        out.println("Look at " + folder.resolve("predictions.png") + " and " + folder.resolve("training.png") + ".");
        out.println("Next: ./junco inspect " + int8 + "    ./junco benchmark " + int8);
        out.flush();
        return 0;
    }

    private void makeFolder() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataException(folder + ": is a file, expected a folder; choose another with --folder.");
        }
        Files.createDirectories(folder);
    }

    private static void run(PrintWriter out, String name, Path file, Dataset test) {
        Model model = Model.load(file);
        Predictions predictions =
                Predictions.of(model, test, Runtime.getRuntime().availableProcessors());
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            right += predictions.label(i) == test.label(i) ? 1 : 0;
        }
        Interpreter interpreter = model.interpreter();
        Latency latency = Latency.measure(interpreter, 500, 1500);
        out.printf(
                Locale.ROOT,
                "   %-8s accuracy %s   file %s   latency %s (median, one thread)   %.0f bytes allocated a run%s%n",
                name,
                Sizes.percent((double) right / test.size()),
                Sizes.bytes(model.fileBytes()),
                Sizes.micros(latency.p50()),
                latency.allocated(),
                latency.settled() ? "" : ", faster kernels still being prepared");
        out.flush();
    }

    private void draw(Model model, Dataset test) {
        Dataset shown = test.shuffled(1).take(GRID_IMAGES);
        Predictions predictions = Predictions.of(model, shown, 1);
        Dataset pixels = shown.normalized(Normalization.none());
        PredictionGrid grid = new PredictionGrid(GRID_COLUMNS);
        for (int i = 0; i < shown.size(); i++) {
            float[] image = new float[shown.featureCount()];
            pixels.copyFeatures(i, image, 0);
            String predicted = test.labelNames().get(predictions.label(i));
            grid.add(
                    image,
                    shown.featureShape(),
                    predicted,
                    predictions.probability(i),
                    test.labelNames().get(shown.label(i)));
        }
        grid.write(folder.resolve("predictions.png"));
    }
}
