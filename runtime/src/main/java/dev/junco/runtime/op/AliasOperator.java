package dev.junco.runtime.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;

/**
 * An operator whose result has the operand's elements. Both are one piece of memory where the planner could arrange it, else the elements are copied.
 *
 * @param <A> its options
 */
abstract class AliasOperator<A extends Attributes> extends Operator<A> {
    AliasOperator(Class<A> attributesType, String name) {
        super(attributesType, name);
    }

    @Override
    public void check(A attributes, Node node) {
        super.check(attributes, node);
        if (!node.output().quantization().equals(node.input(0).quantization())) {
            throw new GraphException("result has quantisation " + node.output().quantization()
                    + ", expected that of the operand, " + node.input(0).quantization());
        }
    }

    @Override
    public final boolean isAlias(A attributes, Node node) {
        return true;
    }

    @Override
    public void bind(A attributes, Node node, Binding binding) {
        Value x = node.input(0);
        int elements = x.shape().elements();
        switch (x.type()) {
            case FLOAT32:
                FloatRef xf = binding.floats(x);
                FloatRef yf = binding.floats(node.output());
                copy(binding, xf.array(), xf.offset(), yf.array(), yf.offset(), elements);
                break;
            case INT8:
                ByteRef xb = binding.bytes(x);
                ByteRef yb = binding.bytes(node.output());
                copy(binding, xb.array(), xb.offset(), yb.array(), yb.offset(), elements);
                break;
            default:
                IntRef xi = binding.ints(x);
                IntRef yi = binding.ints(node.output());
                copy(binding, xi.array(), xi.offset(), yi.array(), yi.offset(), elements);
        }
    }

    private static void copy(Binding binding, Object from, int fromOffset, Object to, int toOffset, int elements) {
        if (from == to && fromOffset == toOffset) {
            return;
        }
        binding.add(new ElementwiseStep(elements, 1) {
            @Override
            protected void apply(int first, int n) {
                System.arraycopy(from, fromOffset + first, to, toOffset + first, n);
            }
        });
    }

    @Override
    public void evaluate(A attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        System.arraycopy(x, 0, values.of(node.output()), 0, x.length);
    }
}
