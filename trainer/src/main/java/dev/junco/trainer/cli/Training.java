package dev.junco.trainer.cli;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.graph.Graph;
import dev.junco.trainer.Evaluation;
import dev.junco.trainer.Network;
import dev.junco.trainer.Trainer;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.metric.Accuracy;
import dev.junco.trainer.metric.MeanAbsoluteError;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Optimizer;
import dev.junco.trainer.optimizer.Sgd;
import java.util.Locale;
import java.util.StringJoiner;

/** What a command needs to train and to judge a network. */
final class Training {
    private Training() {}

    /** A trainer with the loss and metrics that suit the data, and the description's optimiser. */
    static Trainer trainer(Network network, NetworkDescription description, Float learningRate, Dataset data) {
        float rate = learningRate == null ? description.training().learningRate() : learningRate;
        Optimizer optimizer = switch (description.training().optimizer()) {
            case "sgd" -> new Sgd(rate);
            case "momentum" -> new Sgd(rate, description.training().momentum());
            default -> new Adam(rate);
        };
        Trainer trainer = Trainer.of(network).optimizer(optimizer).loss(loss(network.graph(), data));
        return data.isClassification() ? trainer.metrics(new Accuracy()) : trainer.metrics(new MeanAbsoluteError());
    }

    /** Whether a file was trained to predict numbers. */
    static boolean isRegression(Metadata metadata) {
        return new MeanSquaredError().name().equals(metadata.properties().get("training.loss"));
    }

    /** Squared error for numbers; cross-entropy for classes, binary where there is one output. */
    static Loss loss(Graph graph, Dataset data) {
        if (!data.isClassification()) {
            return new MeanSquaredError();
        }
        return graph.outputs().get(0).shape().dim(-1) == 1
                ? new BinaryCrossEntropy()
                : new SparseCategoricalCrossEntropy();
    }

    /** Values on one line: {@code loss 0.3412, accuracy 88.31 %}. */
    static String describe(Evaluation evaluation) {
        StringJoiner text = new StringJoiner(", ");
        evaluation
                .values()
                .forEach((name, value) -> text.add(name + " "
                        + (name.equals("accuracy")
                                ? Sizes.percent(value)
                                : String.format(Locale.ROOT, "%.4f", value))));
        return text.toString();
    }
}
