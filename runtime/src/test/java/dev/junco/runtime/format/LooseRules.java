package dev.junco.runtime.format;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.OperatorRules;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import java.util.List;

/** Rules that let the format be tested without operators: a result looks like the first operand. */
final class LooseRules implements OperatorRules {
    @Override
    public String name(Attributes attributes) {
        return attributes.getClass().getSimpleName().replace("Attributes", "");
    }

    @Override
    public List<TensorSpec> infer(Attributes attributes, List<Value> inputs) {
        if (inputs.isEmpty()) {
            throw new GraphException("has no operand");
        }
        Value first = inputs.get(0);
        if (attributes instanceof QuantizeAttributes) {
            return List.of(new TensorSpec(((QuantizeAttributes) attributes).type(), first.shape(), Quantization.NONE));
        }
        if (attributes instanceof DequantizeAttributes) {
            return List.of(TensorSpec.float32(first.shape()));
        }
        TensorSpec same = new TensorSpec(first.type(), first.shape(), Quantization.NONE);
        if (attributes instanceof DropoutAttributes) {
            return List.of(same, TensorSpec.int32(first.shape()));
        }
        if (attributes instanceof ConcatAttributes) {
            int axis = ((ConcatAttributes) attributes).axis();
            return List.of(same.withShape(
                    first.shape().with(axis, Math.multiplyExact(first.shape().dim(axis), inputs.size()))));
        }
        return List.of(same);
    }

    @Override
    public void check(Node node) {}
}
