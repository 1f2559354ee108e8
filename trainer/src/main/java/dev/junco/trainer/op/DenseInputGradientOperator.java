package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import dev.junco.runtime.op.ProductStep;
import java.util.List;

/** {@link DenseInputGradient}. */
final class DenseInputGradientOperator extends Operator<DenseInputGradient> {
    DenseInputGradientOperator() {
        super(DenseInputGradient.class, "DenseInputGradient");
    }

    @Override
    public List<TensorSpec> infer(DenseInputGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        return List.of(TensorSpec.float32(attributes.shape()));
    }

    @Override
    public long multiplyAdds(DenseInputGradient attributes, Node node) {
        return (long) attributes.shape().dim(0) * node.input(1).shape().elements();
    }

    @Override
    public void bind(DenseInputGradient attributes, Node node, Binding binding) {
        int batch = attributes.shape().dim(0);
        int units = node.input(1).shape().dim(0);
        int features = node.input(1).shape().dim(1);
        FloatRef dz = binding.floats(node.input(0));
        FloatRef dx = binding.floats(node.output());
        PackedWeights w = ProductStep.pack(binding, node.input(1), new Packing(units, features, 0, features, 1));
        RowSource a = RowSource.dense(dz.array(), dz.offset(), batch, units, units);
        FloatRef start = new FloatRef(new float[features], 0);
        binding.add(new ProductStep(binding, a, w, start, dx, features, Activation.NONE));
        if (attributes.through() != Activation.NONE) {
            FloatRef x = binding.floats(node.input(2));
            binding.add(new ActivationGradientStep(attributes.through(), dx, x, dx, batch * features));
        }
    }

    @Override
    public void evaluate(DenseInputGradient attributes, Node node, Doubles values) {
        double[] dz = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] dx = values.of(node.output());
        int units = node.input(1).shape().dim(0);
        int features = node.input(1).shape().dim(1);
        for (int i = 0; i < dx.length; i++) {
            double sum = 0;
            for (int o = 0; o < units; o++) {
                sum += dz[i / features * units + o] * w[o * features + i % features];
            }
            boolean masked = attributes.through() != Activation.NONE;
            dx[i] = masked ? sum * Slopes.of(attributes.through(), values.of(node.input(2))[i]) : sum;
        }
    }
}
