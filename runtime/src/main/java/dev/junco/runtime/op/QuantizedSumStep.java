package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.kernel.QuantizedSum;

/** The sum of two widened int8 values of one shape. */
final class QuantizedSumStep extends ElementwiseStep {
    /** An element takes as long as so many multiply-adds. */
    private static final int COST = 2;

    private final Binding binding;
    private final QuantizedSum sum;
    private final FloatRef a;
    private final FloatRef b;
    private final FloatRef z;

    QuantizedSumStep(Binding binding, Node node, BinaryAttributes attributes) {
        super(node.output().shape().elements(), COST);
        this.binding = binding;
        this.sum = QuantizedBinaryStep.sum(node, attributes.activation());
        this.a = binding.floats(node.input(0));
        this.b = binding.floats(node.input(1));
        this.z = binding.floats(node.output());
    }

    /** Whether a node can have widened operands. */
    static boolean serves(BinaryAttributes attributes, Node node) {
        return attributes.kind() == BinaryKind.ADD
                && node.input(0).shape().equals(node.input(1).shape());
    }

    @Override
    public Object kernel() {
        return binding.kernels().kernels().widened();
    }

    @Override
    protected void apply(int first, int n) {
        binding.kernels()
                .kernels()
                .widened()
                .add(
                        sum,
                        a.array(),
                        a.offset() + first,
                        b.array(),
                        b.offset() + first,
                        z.array(),
                        z.offset() + first,
                        n);
    }
}
