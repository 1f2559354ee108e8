package dev.junco.trainer.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.Operator;
import java.util.List;

/** {@link ActivationGradient}. */
final class ActivationGradientOperator extends Operator<ActivationGradient> {
    ActivationGradientOperator() {
        super(ActivationGradient.class, "ActivationGradient");
    }

    @Override
    public List<TensorSpec> infer(ActivationGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        requireSame(inputs.get(0), inputs.get(1));
        return List.of(TensorSpec.float32(inputs.get(0).shape()));
    }

    /** Throws unless both operands are float32 of one shape. */
    static void requireSame(Value a, Value b) {
        requireType(a, "operand", DType.FLOAT32);
        requireType(b, "operand", DType.FLOAT32);
        if (!a.shape().equals(b.shape())) {
            throw new GraphException("operands '" + a.name() + "' of shape " + a.shape() + " and '" + b.name()
                    + "' of shape " + b.shape() + " have to have one shape");
        }
    }

    @Override
    public boolean canRunInPlace(ActivationGradient attributes, Node node, int operand) {
        return true;
    }

    @Override
    public void bind(ActivationGradient attributes, Node node, Binding binding) {
        binding.add(new ActivationGradientStep(
                attributes.function(),
                binding.floats(node.input(0)),
                binding.floats(node.input(1)),
                binding.floats(node.output()),
                node.output().shape().elements()));
    }

    @Override
    public void evaluate(ActivationGradient attributes, Node node, Doubles values) {
        double[] dy = values.of(node.input(0));
        double[] y = values.of(node.input(1));
        double[] dx = values.of(node.output());
        for (int i = 0; i < dx.length; i++) {
            dx[i] = dy[i] * Slopes.of(attributes.function(), y[i]);
        }
    }
}
