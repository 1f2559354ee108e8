package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.trainer.op.Conv2DInputGradient;
import dev.junco.trainer.op.Conv2DWeightGradient;

/** y = x ⋆ w + b: dw correlates x with dy, dx convolves dy with w. */
final class Conv2DRule implements GradientRule<Conv2DAttributes> {
    @Override
    public void apply(Node node, Conv2DAttributes attributes, Value dy, Backward backward) {
        Value x = node.input(0);
        Value w = node.input(1);
        WeightGradients.add(node, dy, backward, bias -> new Conv2DWeightGradient(attributes, w.shape(), bias));
        if (backward.needs(x)) {
            Activation through = backward.claim(x);
            Conv2DInputGradient input = new Conv2DInputGradient(attributes, x.shape(), through);
            String name = node.name() + "/input";
            backward.accumulate(
                    x,
                    through == Activation.NONE
                            ? backward.add(name, input, dy, w)
                            : backward.add(name, input, dy, w, x));
        }
    }
}
