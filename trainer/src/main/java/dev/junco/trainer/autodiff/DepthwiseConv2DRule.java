package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.trainer.op.DepthwiseInputGradient;
import dev.junco.trainer.op.DepthwiseWeightGradient;

/** As {@link Conv2DRule}, for each channel on its own. */
final class DepthwiseConv2DRule implements GradientRule<DepthwiseConv2DAttributes> {
    @Override
    public void apply(Node node, DepthwiseConv2DAttributes attributes, Value dy, Backward backward) {
        Value x = node.input(0);
        Value w = node.input(1);
        WeightGradients.add(node, dy, backward, bias -> new DepthwiseWeightGradient(attributes, w.shape(), bias));
        if (backward.needs(x)) {
            DepthwiseInputGradient input = new DepthwiseInputGradient(attributes, x.shape());
            backward.accumulate(x, backward.add(node.name() + "/input", input, dy, w));
        }
    }
}
