package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.trainer.kernel.GradientKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.List;

/** {@link LeakyReluGradient}. */
final class LeakyReluGradientOperator extends Operator<LeakyReluGradient> {
    LeakyReluGradientOperator() {
        super(LeakyReluGradient.class, "LeakyReluGradient");
    }

    @Override
    public List<TensorSpec> infer(LeakyReluGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        ActivationGradientOperator.requireSame(inputs.get(0), inputs.get(1));
        return List.of(inputs.get(0).spec());
    }

    @Override
    public boolean canRunInPlace(LeakyReluGradient attributes, Node node, int operand) {
        return true;
    }

    @Override
    public void bind(LeakyReluGradient attributes, Node node, Binding binding) {
        GradientKernels kernels = TrainingKernels.fastest().gradient();
        FloatRef dy = binding.floats(node.input(0));
        FloatRef x = binding.floats(node.input(1));
        FloatRef dx = binding.floats(node.output());
        binding.add(new ElementwiseStep(node.output().shape().elements(), 2) {
            @Override
            protected void apply(int first, int n) {
                kernels.leakyRelu(
                        dy.array(),
                        dy.offset() + first,
                        x.array(),
                        x.offset() + first,
                        dx.array(),
                        dx.offset() + first,
                        n,
                        attributes.alpha());
            }
        });
    }

    @Override
    public void evaluate(LeakyReluGradient attributes, Node node, Doubles values) {
        double[] dy = values.of(node.input(0));
        double[] x = values.of(node.input(1));
        double[] dx = values.of(node.output());
        for (int i = 0; i < dx.length; i++) {
            dx[i] = x[i] >= 0 ? dy[i] : attributes.alpha() * dy[i];
        }
    }
}
