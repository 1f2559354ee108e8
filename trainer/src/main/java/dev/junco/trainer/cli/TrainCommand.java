package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
import dev.junco.runtime.graph.GraphException;
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
        sortOptions = false,
        customSynopsis = {
            "junco train (--preset=NAME | --network=YAML | --continue=MODEL)",
            "                   --data=DATA --out=MODEL [OPTIONS]"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  junco train --preset mlp --data bundled --out clothes.junco --curve c.png",
            "  junco train --network iris.yaml --data iris.csv --label species --out i.junco",
            "  ",
            "  where iris.yaml is for example:",
            "  ",
            "  layers:",
            "    - dense: {units: 32, activation: relu}",
            "    - dropout: 0.2",
            "    - output",
            "  training: {optimizer: adam, learning_rate: 0.001, epochs: 20, batch: 32}"
        },
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
        @Option(
                names = "--preset",
                paramLabel = "NAME",
                description = "A network that comes with Junco: mlp, cnn or quickstart.")
        private String preset;

        @Option(names = "--network", paramLabel = "YAML", description = "A file that describes the network.")
        private Path file;

        @Option(names = "--continue", paramLabel = "MODEL", description = "A .junco file from an earlier training.")
        private Path model;
    }

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "The .junco file to write.")
    private Path out;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the data (default: what the network's description says, or 10).")
    private Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Samples of a step (default: what the description says, or 64).")
    private Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Length of a step (default: what the description says, or 0.001).")
    private Float learningRate;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of the training data kept for validation (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private double validation;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Ends training after so many epochs without better validation, and keeps the best weights.")
    private Integer patience;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            description = "How features are brought to scale; the file records it: none, pixels (divided by 255),"
                    + " standardize, min_max, or auto: pixels to 0 … 1, columns of tables to mean 0 and variance 1"
                    + " (default).")
    private Scaling scaling;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same file (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of a step (default: all processors); never changes the result.")
    private Integer threads;

    @Option(names = "--curve", paramLabel = "PNG", description = "Draws loss and metrics over the epochs.")
    private Path curve;

    @Override
    public Integer call() {
        checkOptions();
        Outputs.check(out, curve);
        Outputs.checkSpares(out, source.file); // a training may go on in the file that it continues
        Outputs.checkSpares(out, data.files());
        Outputs.checkSpares(curve, source.file, source.model);
        Outputs.checkSpares(curve, data.files());
        Diagnostics diagnostics = Diagnostics.of(spec);
        NetworkDescription description = describe();
        Model earlier = source.model == null ? null : Model.load(source.model);
        TrainTest loaded = earlier == null ? data.load() : data.loadFor(earlier);
        diagnostics.phase("reading the data", loaded.train());
        Split split = loaded.train().isClassification()
                ? loaded.train().stratifiedSplit(validation, 0, seed)
                : loaded.train().split(validation, 0, seed);
        split = earlier == null ? split.normalized(normalization(split.train())) : prepared(split, earlier);
        Dataset test = loaded.test() == null ? null : prepared(loaded.test(), split.train(), earlier);
        Network network = earlier == null ? fitting(description, split.train()) : Network.of(earlier);
        if (network.trainableCount() == 0) {
            throw new DataException("The network has no weights to train"
                    + (earlier == null
                            ? "."
                            : ": " + source.model + " was converted for a device. Start from the"
                                    + " file that training wrote."));
        }
        diagnostics.phase("making the network", network.graph().nodes().size() + " operators");
        tell(network, split, test);

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
        diagnostics.phase("training", history.epochs().size() + " epochs");
        network.save(out);
        diagnostics.phase("writing", out);
        PrintWriter console = spec.commandLine().getOut();
        if (test != null) {
            console.println("Test: " + Training.describe(trainer.evaluate(test)));
        }
        console.println("Wrote " + out);
        if (curve != null) {
            draw(history);
            console.println("Wrote " + curve);
        }
        console.flush();
        return 0;
    }

    private void checkOptions() {
        Bounds.atLeast(spec, "--epochs", epochs, 1);
        Bounds.atLeast(spec, "--batch", batch, 1);
        Bounds.atLeast(spec, "--threads", threads, 1);
        Bounds.atLeast(spec, "--patience", patience, 1);
        Bounds.positive(spec, "--learning-rate", learningRate);
        if (!(validation >= 0 && validation < 1)) {
            throw Bounds.wrong(
                    spec,
                    "--validation is " + validation + ", expected a share from 0 to less than 1, for example 0.1");
        }
        if (source.preset != null && !NetworkDescription.PRESETS.contains(source.preset)) {
            throw Bounds.wrong(
                    spec,
                    "--preset is '" + source.preset + "', expected one of "
                            + String.join(", ", NetworkDescription.PRESETS));
        }
        if (patience != null && validation == 0) {
            throw Bounds.wrong(spec, "--patience needs --validation, a share of the training data to judge by");
        }
        if (scaling != null && source.model != null) {
            throw Bounds.wrong(spec, "--scaling does not go with --continue, which keeps the scaling of its model");
        }
    }

    private void tell(Network network, Split split, Dataset test) {
        PrintWriter console = spec.commandLine().getOut();
        console.print(network.summary());
        console.println(Sizes.grouped(split.train().size()) + " samples to train on"
                + (split.validation().size() == 0
                        ? ""
                        : ", " + Sizes.grouped(split.validation().size()) + " for validation")
                + (test == null ? "" : ", " + Sizes.grouped(test.size()) + " for the test"));
        console.flush();
    }

    /** Data to go on with: scaled as the file says. */
    private static Split prepared(Split split, Model model) {
        Dataset train = ModelData.prepare(split.train(), model);
        return new Split(train, ModelData.prepare(split.validation(), model), split.test());
    }

    private static Dataset prepared(Dataset test, Dataset train, Model earlier) {
        return earlier == null ? test.normalized(train.normalization()) : ModelData.prepare(test, earlier);
    }

    private NetworkDescription describe() {
        if (source.preset != null) {
            return NetworkDescription.preset(source.preset);
        }
        return source.file != null ? NetworkDescription.read(source.file) : NetworkDescription.preset("mlp");
    }

    private Network fitting(NetworkDescription description, Dataset train) {
        try {
            return description.build(train, seed);
        } catch (GraphException e) {
            throw new DataException(
                    "The network does not fit samples of shape " + train.featureShape() + ": " + e.getMessage()
                            + ". --shape gives the samples another shape.",
                    e);
        }
    }

    private Normalization normalization(Dataset train) {
        boolean image = train.featureShape().rank() == 3;
        return switch (scaling == null ? Scaling.AUTO : scaling) {
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
