package dev.junco.trainer.cli;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;

/** Tells outputs that are probabilities, which can be shown in percent, from any other numbers, such as raw scores. */
final class Probabilities {
    /** How far from 1 the numbers of a sample may add up; int8 rounds each of them. */
    private static final double TOLERANCE = 0.02;

    private Probabilities() {}

    /** Whether an output is computed by softmax or a sigmoid, or looks as if: from 0 to 1, and in sum 1. */
    static boolean are(Graph graph, String output, Predictions answers) {
        return areComputed(graph, output) || addUp(answers);
    }

    private static boolean areComputed(Graph graph, String output) {
        Node[] producers = graph.producers();
        Node node = producers[graph.value(graph.outputNames().get(output)).id()];
        while (node != null && keepsMeaning(node.attributes())) {
            node = producers[node.input(0).id()];
        }
        return node != null && givesProbabilities(node.attributes());
    }

    /** Whether the same numbers come out, in another form. */
    private static boolean keepsMeaning(Attributes attributes) {
        return attributes instanceof ReshapeAttributes
                || attributes instanceof DequantizeAttributes
                || attributes instanceof QuantizeAttributes
                || attributes instanceof CastAttributes;
    }

    private static boolean givesProbabilities(Attributes attributes) {
        return switch (attributes) {
            case SoftmaxAttributes softmax -> !softmax.log();
            case ActivationAttributes activation -> activation.function() == Activation.SIGMOID;
            case UnaryAttributes unary -> unary.function().kind() == ScalarFunction.Kind.SIGMOID;
            default -> false;
        };
    }

    private static boolean addUp(Predictions answers) {
        float[] values = answers.values();
        for (int from = 0; from < values.length; from += answers.width()) {
            double sum = 0;
            for (int i = from; i < from + answers.width(); i++) {
                if (!(values[i] >= 0 && values[i] <= 1)) {
                    return false;
                }
                sum += values[i];
            }
            if (Math.abs(sum - 1) > TOLERANCE) {
                return false;
            }
        }
        return answers.width() > 1;
    }
}
