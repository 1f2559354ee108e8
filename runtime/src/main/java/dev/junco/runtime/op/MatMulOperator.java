package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import java.util.List;

/** {@link MatMulAttributes}. */
final class MatMulOperator extends Operator<MatMulAttributes> {
    MatMulOperator() {
        super(MatMulAttributes.class, "MatMul");
    }

    @Override
    public List<TensorSpec> infer(MatMulAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Value a = inputs.get(0);
        Value b = inputs.get(1);
        requireType(a, "a", DType.FLOAT32, DType.INT8, DType.INT16);
        requireType(b, "b", a.type());
        requireMatrices(a, "a");
        requireMatrices(b, "b");
        return List.of(new TensorSpec(a.type(), MatMulGeometry.result(attributes, a, b), Quantization.NONE));
    }

    static void requireMatrices(Value value, String role) {
        if (value.shape().rank() < 2) {
            throw new GraphException(role + " '" + value.name() + "' has shape " + value.shape()
                    + ", expected at least two axes [batch…, rows, columns]; reshape a vector to one row or column");
        }
    }

    @Override
    public void check(MatMulAttributes attributes, Node node) {
        super.check(attributes, node);
        if (node.output().type() == DType.FLOAT32) {
            return;
        }
        requireQuantization(node.input(0));
        requireQuantization(node.input(1));
        requireSymmetric(node);
        if (node.output().type() == DType.INT16) {
            Int16MatMulStep.check(node, MatMulGeometry.of(attributes, node.inputs()).k);
        }
        try {
            FixedPoint.multiplier(productScale(node));
        } catch (IllegalArgumentException e) {
            throw tooFarApart(node.input(0).quantization(), node.output().quantization(), e);
        }
        if (!attributes.activation().isClamp()) {
            throw new GraphException("activation " + attributes.activation()
                    + " cannot be fused into an " + (node.output().type() == DType.INT8 ? "int8" : "int16")
                    + " operator; give it a node of its own");
        }
    }

    /** TensorFlow Lite multiplies the operands' scales in float32. */
    static double productScale(Node node) {
        float product = node.input(0).quantization().scale()
                * node.input(1).quantization().scale();
        return (double) product / (double) node.output().quantization().scale();
    }

    @Override
    public long multiplyAdds(MatMulAttributes attributes, Node node) {
        return (long) node.output().shape().elements() * node.input(0).shape().dim(attributes.transposeA() ? -2 : -1);
    }

    @Override
    public int[] scratch(MatMulAttributes attributes, Node node) {
        return node.output().type() == DType.INT8
                ? new int[] {
                    node.input(0).shape().elements(), node.input(1).shape().elements()
                }
                : new int[0];
    }

    @Override
    public void bind(MatMulAttributes attributes, Node node, Binding binding) {
        MatMulGeometry geometry = MatMulGeometry.of(attributes, node.inputs());
        if (node.output().type() == DType.INT8) {
            QuantizedMatMulStep.bind(binding, node, attributes.activation(), geometry);
            return;
        }
        if (node.output().type() == DType.INT16) {
            binding.add(new Int16MatMulStep(binding, node, attributes.activation(), geometry));
            return;
        }
        FloatRef a = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.output());
        if (geometry.matrices > 1) {
            MatMulStep.bind(binding, geometry, a, node.input(1), y, attributes.activation());
            return;
        }
        PackedWeights b = ProductStep.pack(binding, node.input(1), geometry.packing(0, 0, geometry.k));
        FloatRef zeros = new FloatRef(new float[geometry.n], 0);
        binding.add(new ProductStep(
                binding, geometry.rows(a, 0, 0, geometry.k), b, zeros, y, geometry.n, attributes.activation()));
    }

    @Override
    public void evaluate(MatMulAttributes attributes, Node node, Doubles values) {
        MatMulGeometry g = MatMulGeometry.of(attributes, node.inputs());
        double[] a = values.of(node.input(0));
        double[] b = values.of(node.input(1));
        double[] y = values.of(node.output());
        for (int i = 0; i < y.length; i++) {
            int batch = i / g.n / g.m;
            double sum = 0;
            for (int p = 0; p < g.k; p++) {
                sum += a[g.inA(batch, i / g.n % g.m, p)] * b[g.inB(batch, p, i % g.n)];
            }
            y[i] = attributes.activation().apply(sum);
        }
    }
}
