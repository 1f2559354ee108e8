package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.trainer.op.BatchNormGradient;
import dev.junco.trainer.op.BatchNormTraining;
import dev.junco.trainer.op.FixedNormGradient;

/** Batch normalisation by the batch's own statistics, and by given ones. */
final class NormalizationRules {
    private NormalizationRules() {}

    static void byBatch(Node node, BatchNormTraining attributes, Value dy, Backward backward) {
        Value x = node.input(0);
        Node gradients = backward.addAll(
                node.name(), new BatchNormGradient(), dy, x, node.input(1), node.output(1), node.output(2));
        for (int i = 0; i < 3; i++) {
            if (backward.needs(node.input(i))) {
                backward.accumulate(node.input(i), gradients.output(i));
            }
        }
    }

    static void byGiven(Node node, BatchNormAttributes attributes, Value dy, Backward backward) {
        for (int i = 1; i < 5; i++) {
            if (backward.needs(node.input(i))) {
                throw new GraphException("batch normalisation '" + node.name() + "' has '"
                        + node.input(i).name() + "' computed by trained nodes; it can only be a weight of its own");
            }
        }
        FixedNormGradient gradient = new FixedNormGradient(attributes.epsilon());
        backward.accumulate(node.input(0), backward.add(node.name(), gradient, dy, node.input(1), node.input(4)));
    }
}
