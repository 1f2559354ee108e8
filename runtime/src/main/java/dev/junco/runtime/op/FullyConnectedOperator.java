package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.kernel.RowSource;
import java.util.List;

/** {@link FullyConnectedAttributes}. */
final class FullyConnectedOperator extends Operator<FullyConnectedAttributes> {
    FullyConnectedOperator() {
        super(FullyConnectedAttributes.class, "FullyConnected");
    }

    @Override
    public List<TensorSpec> infer(FullyConnectedAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        Value x = inputs.get(0);
        Value w = inputs.get(1);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        Products.requireWeights(x, w);
        requireRank(w, "weights", 2, "[units, features]");
        if (x.shape().rank() < 1) {
            throw new GraphException("input '" + x.name() + "' is a scalar, expected [batch, features]");
        }
        int features = x.shape().elements(1, x.shape().rank());
        if (features != w.shape().dim(1)) {
            throw new GraphException("input '" + x.name() + "' of shape " + x.shape() + " has " + features
                    + " features a sample, weights " + w.shape() + " [units, features] expect "
                    + w.shape().dim(1));
        }
        Products.checkBias(inputs, w.shape().dim(0));
        return List.of(new TensorSpec(
                x.type(), Shape.of(x.shape().dim(0), w.shape().dim(0)), dev.junco.runtime.Quantization.NONE));
    }

    @Override
    public void check(FullyConnectedAttributes attributes, Node node) {
        super.check(attributes, node);
        Products.checkQuantization(node, attributes.activation(), 0);
    }

    @Override
    public long multiplyAdds(FullyConnectedAttributes attributes, Node node) {
        return (long) node.input(0).shape().dim(0) * node.input(1).shape().elements();
    }

    /** A single sample is multiplied as bytes. */
    @Override
    public Widening widening(FullyConnectedAttributes attributes, Node node) {
        return node.input(0).shape().dim(0) > 1 ? Widening.EACH : Widening.NEVER;
    }

    @Override
    public void bind(FullyConnectedAttributes attributes, Node node, Binding binding) {
        Value x = node.input(0);
        int units = node.input(1).shape().dim(0);
        int features = node.input(1).shape().dim(1);
        int batch = x.shape().dim(0);
        if (x.type() == DType.INT8) {
            QuantizedProducts.bindDense(binding, node, attributes.activation(), batch, units);
            return;
        }
        if (x.type() == DType.INT16) {
            binding.add(Int16ProductStep.dense(binding, node, attributes.activation()));
            return;
        }
        FloatRef source = binding.floats(x);
        RowSource a = RowSource.dense(source.array(), source.offset(), batch, features, features);
        Packing packing = new Packing(features, units, 0, 1, features);
        PackedWeights packed = ProductStep.pack(binding, node.input(1), packing);
        FloatRef bias = Products.bias(binding, node, units);
        binding.add(new ProductStep(
                binding, a, packed, bias, binding.floats(node.output()), units, attributes.activation()));
    }

    @Override
    public void evaluate(FullyConnectedAttributes attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] y = values.of(node.output());
        int units = node.input(1).shape().dim(0);
        int features = node.input(1).shape().dim(1);
        for (int i = 0; i < y.length; i++) {
            int sample = i / units;
            int unit = i % units;
            double sum = Products.biasOf(node, values, unit);
            for (int k = 0; k < features; k++) {
                sum += x[sample * features + k] * w[unit * features + k];
            }
            y[i] = attributes.activation().apply(sum);
        }
    }
}
