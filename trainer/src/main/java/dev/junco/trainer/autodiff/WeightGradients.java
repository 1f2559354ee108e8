package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.op.SumTo;

/** Gradients of weights (operand 1) and bias (operand 2, may be missing), which one node computes together. */
final class WeightGradients {
    private WeightGradients() {}

    /** The node's options, given whether the bias is wanted too. */
    interface Options {
        Attributes of(boolean bias);
    }

    /** Appends the gradients that are needed. */
    static void add(Node node, Value dy, Backward backward, Options options) {
        Value w = node.input(1);
        Value bias = node.inputs().size() > 2 && backward.needs(node.input(2)) ? node.input(2) : null;
        if (backward.needs(w)) {
            Node gradients = backward.addAll(node.name() + "/weights", options.of(bias != null), node.input(0), dy);
            backward.accumulate(w, gradients.output(0));
            if (bias != null) {
                backward.accumulate(bias, gradients.output(1));
            }
        } else if (bias != null) {
            backward.accumulate(bias, backward.add(node.name() + "/bias", new SumTo(bias.shape(), 1f), dy));
        }
    }
}
