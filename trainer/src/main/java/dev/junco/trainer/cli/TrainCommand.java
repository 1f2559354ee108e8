package dev.junco.trainer.cli;

import dev.junco.runtime.graph.GraphException;
import dev.junco.trainer.Evaluation;
import dev.junco.trainer.Fit;
import dev.junco.trainer.History;
import dev.junco.trainer.Network;
import dev.junco.trainer.Trainer;
import dev.junco.trainer.callback.Callback;
import dev.junco.trainer.callback.EarlyStopping;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.data.Split;
import dev.junco.trainer.data.TrainTest;
import dev.junco.trainer.report.TrainingCurve;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code junco train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a network on IDX or CSV data and writes it as a .junco file.")
final class TrainCommand implements Callable<Integer> {
    /** How features are brought to scale before training; the file records it. */
    enum Scaling {
        /** Pixels to 0 … 1, columns of tables to mean 0 and variance 1. */
        AUTO,
        NONE,
        /** Divided by 255. */
        PIXELS,
        STANDARDIZE,
        MIN_MAX
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Where the network comes from. */
    private static final class Source {
        @Option(names = "--preset", description = "A network that comes with Junco: mlp, cnn or quickstart.")
        private String preset;

        @Option(names = "--network", paramLabel = "YAML", description = "A file that describes the network.")
        private Path file;

        @Option(names = "--continue", paramLabel = "MODEL", description = "A .junco file from an earlier training.")
        private Path model;
    }

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "The .junco file to write.")
    private Path out;

    @Option(names = "--epochs", description = "Passes over the data (default: the description's).")
    private Integer epochs;

    @Option(names = "--batch", description = "Samples of a step (default: the description's).")
    private Integer batch;

    @Option(names = "--learning-rate", description = "Length of a step (default: the description's).")
    private Float learningRate;

    @Option(
            names = "--validation",
            description = "Share of the training data kept for validation (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private double validation;

    @Option(
            names = "--patience",
            description = "Ends training after so many epochs without better validation, and keeps the best weights.")
    private Integer patience;

    @Option(
            names = "--scaling",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "AUTO")
    private Scaling scaling;

    @Option(
            names = "--seed",
            description = "The same seed gives the same file (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(names = "--threads", description = "Threads of a step (default: all processors); never changes the result.")
    private Integer threads;

    @Option(names = "--curve", paramLabel = "PNG", description = "Draws loss and metrics over the epochs.")
    private Path curve;

    @Override
    public Integer call() {
        if (validation < 0 || validation >= 1) {
            throw new DataException("--validation is " + validation + ", expected a share from 0 to less than 1.");
        }
        if (patience != null && validation == 0) {
            throw new DataException("--patience needs --validation, a share of the training data to judge by.");
        }
        Outputs.check(out);
        Outputs.check(curve);
        TrainTest loaded = data.load();
        Split split = loaded.train().isClassification()
                ? loaded.train().stratifiedSplit(validation, 0, seed)
                : loaded.train().split(validation, 0, seed);
        Normalization normalization = normalization(split.train());
        split = split.normalized(normalization);
        Dataset test = loaded.test() == null ? null : loaded.test().normalized(normalization);

        NetworkDescription description = describe();
        Network network = source.model != null ? Network.load(source.model) : fitting(description, split.train());
        PrintWriter console = spec.commandLine().getOut();
        console.print(network.summary());
        console.println(split.train().size() + " training samples, "
                + split.validation().size() + " for validation"
                + (test == null ? "" : ", " + test.size() + " for the test"));
        console.flush();

        Trainer trainer = Training.trainer(network, description, learningRate, split.train())
                .seed(seed)
                .verbose()
                .callbacks(callbacks(split.train().isClassification()));
        if (threads != null) {
            trainer.threads(threads);
        }
        Fit fit = Fit.epochs(epochs == null ? description.training().epochs() : epochs)
                .batch(batch == null ? description.training().batch() : batch)
                .validation(split.validation().size() == 0 ? null : split.validation());
        History history = trainer.fit(split.train(), fit);
        network.save(out);
        if (curve != null) {
            draw(history);
        }
        if (test != null) {
            Evaluation evaluation = trainer.evaluate(test);
            console.println("Test: " + Training.describe(evaluation));
        }
        console.println("Wrote " + out + (curve == null ? "" : " and " + curve));
        console.flush();
        return 0;
    }

    private NetworkDescription describe() {
        if (source.preset != null) {
            return NetworkDescription.preset(source.preset);
        }
        return source.file != null ? NetworkDescription.read(source.file) : NetworkDescription.preset("mlp");
    }

    private Network fitting(NetworkDescription description, Dataset train) {
        try {
            return description.build(train.featureShape(), seed);
        } catch (GraphException e) {
            throw new DataException(
                    "The network does not fit samples of shape " + train.featureShape() + ": " + e.getMessage()
                            + ". --shape gives the samples another shape.",
                    e);
        }
    }

    private Normalization normalization(Dataset train) {
        boolean image = train.featureShape().rank() == 3;
        return switch (scaling) {
            case NONE -> Normalization.none();
            case PIXELS -> Normalization.scale(1f / 255);
            case STANDARDIZE -> standardize(train, image);
            case MIN_MAX -> Normalization.minMax(train, image ? Normalization.Axis.ALL : Normalization.Axis.FEATURE);
            case AUTO -> image ? Normalization.minMax(train, Normalization.Axis.ALL) : standardize(train, false);
        };
    }

    private static Normalization standardize(Dataset train, boolean image) {
        return Normalization.standardize(train, image ? Normalization.Axis.CHANNEL : Normalization.Axis.FEATURE);
    }

    private Callback[] callbacks(boolean classification) {
        List<Callback> callbacks = new ArrayList<>();
        if (patience != null) {
            callbacks.add(new EarlyStopping(classification ? "val_accuracy" : "val_loss", patience));
        }
        return callbacks.toArray(new Callback[0]);
    }

    private void draw(History history) {
        TrainingCurve picture = new TrainingCurve();
        for (String name : history.epochs().get(0).keySet()) {
            if (!name.startsWith("val_")) {
                picture.panel(name, history.values(name), history.values("val_" + name));
            }
        }
        picture.write(curve);
    }
}
