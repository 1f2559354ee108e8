package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import java.util.List;

/**
 * What all updates share: operand 0 is the weight, 1 its gradient, 2 the learning rate; nodes have no result.
 *
 * @param <A> its options
 */
abstract class UpdateOperator<A extends Attributes> extends Operator<A> {
    UpdateOperator(Class<A> attributesType, String name) {
        super(attributesType, name);
    }

    /** Number of operands. */
    abstract int operands(A attributes);

    /** Whether operand {@code index} is a slot. */
    abstract boolean isSlot(A attributes, int index);

    @Override
    public List<TensorSpec> infer(A attributes, List<Value> inputs) {
        requireOperands(inputs, operands(attributes), operands(attributes));
        Value w = inputs.get(0);
        ActivationGradientOperator.requireSame(w, inputs.get(1));
        for (int i = 0; i < inputs.size(); i++) {
            boolean changes = i == 0 || isSlot(attributes, i);
            if (changes
                    && (inputs.get(i).role() != Role.STATE
                            || !inputs.get(i).spec().equals(w.spec()))) {
                throw new GraphException("operand '" + inputs.get(i).name() + "' is "
                        + inputs.get(i).role() + " " + inputs.get(i).spec() + ", expected a STATE " + w.spec());
            }
        }
        return List.of();
    }

    /** The elements of a state, which are an array of their own. */
    static float[] state(Binding binding, Node node, int operand) {
        FloatRef ref = binding.floats(node.input(operand));
        if (ref.offset() != 0) {
            throw new IllegalStateException("state '" + node.input(operand).name() + "' does not begin its array");
        }
        return ref.array();
    }

    /** The factor of the gradient where there is one: a scalar 1 otherwise. */
    static FloatRef scale(Binding binding, Node node, boolean scaled) {
        return scaled ? binding.floats(node.input(node.inputs().size() - 1)) : new FloatRef(new float[] {1f}, 0);
    }

    static float scalar(FloatRef ref) {
        return ref.array()[ref.offset()];
    }
}
