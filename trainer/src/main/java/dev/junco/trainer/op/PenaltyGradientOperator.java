package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.trainer.regularizer.L1;
import dev.junco.trainer.regularizer.L2;
import java.util.List;

/** {@link PenaltyGradient}. */
final class PenaltyGradientOperator extends Operator<PenaltyGradient> {
    PenaltyGradientOperator() {
        super(PenaltyGradient.class, "PenaltyGradient");
    }

    @Override
    public List<TensorSpec> infer(PenaltyGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        ActivationGradientOperator.requireSame(inputs.get(0), inputs.get(1));
        return List.of(inputs.get(0).spec());
    }

    @Override
    public boolean canRunInPlace(PenaltyGradient attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public void bind(PenaltyGradient attributes, Node node, Binding binding) {
        FloatRef g = binding.floats(node.input(0));
        FloatRef w = binding.floats(node.input(1));
        FloatRef sum = binding.floats(node.output());
        binding.add(new ElementwiseStep(node.output().shape().elements(), 2) {
            @Override
            protected void apply(int first, int n) {
                int to = sum.offset() + first;
                if (sum.array() != g.array() || sum.offset() != g.offset()) {
                    System.arraycopy(g.array(), g.offset() + first, sum.array(), to, n);
                }
                int at = w.offset() + first;
                switch (attributes.regularizer()) {
                    case L2 l2 ->
                        binding.kernels()
                                .kernels()
                                .elementwise()
                                .axpy(2 * l2.lambda(), w.array(), at, sum.array(), to, n);
                    case L1 l1 -> {
                        for (int i = 0; i < n; i++) {
                            sum.array()[to + i] += l1.lambda() * Math.signum(w.array()[at + i]);
                        }
                    }
                }
            }
        });
    }

    @Override
    public void evaluate(PenaltyGradient attributes, Node node, Doubles values) {
        double[] g = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] sum = values.of(node.output());
        for (int i = 0; i < sum.length; i++) {
            sum[i] = g[i] + attributes.regularizer().derivative(w[i]);
        }
    }
}
