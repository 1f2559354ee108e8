package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.trainer.op.DenseInputGradient;
import dev.junco.trainer.op.DenseWeightGradient;

/** y = x · wᵀ + b: dw = dyᵀ · x, db = Σ dy, dx = dy · w. */
final class DenseRule implements GradientRule<FullyConnectedAttributes> {
    @Override
    public void apply(Node node, FullyConnectedAttributes attributes, Value dy, Backward backward) {
        Value x = node.input(0);
        Value w = node.input(1);
        WeightGradients.add(node, dy, backward, bias -> new DenseWeightGradient(bias));
        if (backward.needs(x)) {
            Activation through = backward.claim(x);
            DenseInputGradient input = new DenseInputGradient(x.shape(), through);
            String name = node.name() + "/input";
            backward.accumulate(
                    x,
                    through == Activation.NONE
                            ? backward.add(name, input, dy, w)
                            : backward.add(name, input, dy, w, x));
        }
    }
}
