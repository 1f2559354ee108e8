package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.ReductionKernels;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Broadcast;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import java.util.Arrays;
import java.util.List;

/** {@link SumTo}. */
final class SumToOperator extends Operator<SumTo> {
    SumToOperator() {
        super(SumTo.class, "SumTo");
    }

    @Override
    public List<TensorSpec> infer(SumTo attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        if (!Broadcast.result(x.shape(), attributes.shape()).equals(x.shape())) {
            throw new GraphException("cannot sum " + x.shape() + " to " + attributes.shape());
        }
        return List.of(TensorSpec.float32(attributes.shape()));
    }

    @Override
    public void bind(SumTo attributes, Node node, Binding binding) {
        FloatRef x = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.output());
        binding.add(new Sum(binding, Broadcast.of(node.input(0).shape(), attributes.shape()), x, y, node, attributes));
    }

    /** One unit: sums over broadcast axes are short in practice. */
    private static final class Sum extends Step {
        private final Binding binding;
        private final Broadcast broadcast;
        private final FloatRef x;
        private final FloatRef y;
        private final int elements;
        private final float factor;

        Sum(Binding binding, Broadcast broadcast, FloatRef x, FloatRef y, Node node, SumTo attributes) {
            super(node.input(0).shape().elements());
            this.binding = binding;
            this.broadcast = broadcast;
            this.x = x;
            this.y = y;
            this.elements = attributes.shape().elements();
            this.factor = attributes.factor();
        }

        @Override
        public int units() {
            return 1;
        }

        @Override
        public void run(int from, int to, int worker) {
            ReductionKernels reduction = binding.kernels().kernels().reduction();
            Arrays.fill(y.array(), y.offset(), y.offset() + elements, 0f);
            boolean[] varies = broadcast.bVaries();
            int inner = broadcast.inner();
            for (int row = 0; row < broadcast.outer(); row++) {
                int at = x.offset() + row * inner;
                int into = y.offset() + broadcast.start(varies, row);
                if (varies[varies.length - 1]) {
                    reduction.addColumns(x.array(), at, 1, inner, y.array(), into);
                } else {
                    y.array()[into] += reduction.sum(x.array(), at, inner);
                }
            }
            if (factor != 1f) {
                binding.kernels()
                        .kernels()
                        .elementwise()
                        .multiplyScalar(y.array(), y.offset(), factor, y.array(), y.offset(), elements);
            }
        }
    }

    @Override
    public void evaluate(SumTo attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        Broadcast broadcast = Broadcast.of(node.input(0).shape(), attributes.shape());
        Arrays.fill(y, 0);
        for (int i = 0; i < x.length; i++) {
            y[broadcast.position(broadcast.bVaries(), i)] += attributes.factor() * x[i];
        }
    }
}
