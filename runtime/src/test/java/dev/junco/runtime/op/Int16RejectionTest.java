package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.RoundingKind;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What products and windows of int16 activations reject. */
class Int16RejectionTest {
    private static final FullyConnectedAttributes DENSE = new FullyConnectedAttributes(Activation.NONE);
    private static final Quantization ONE = Quantization.perTensor(1, 0);

    private final Rejections of = new Rejections();

    private Value x(double scale, int zeroPoint, int... dims) {
        return of.input(TensorSpec.int16(Shape.of(dims), Quantization.perTensor((float) scale, zeroPoint)));
    }

    private Value w(Quantization quantization, int... dims) {
        Shape shape = Shape.of(dims);
        return of.constant(TensorSpec.int8(shape, quantization), Constant.of(new byte[shape.elements()]));
    }

    private Value bias(int... dims) {
        Shape shape = Shape.of(dims);
        return of.constant(TensorSpec.int32(shape), Constant.of(new int[shape.elements()]));
    }

    private static Quantization axis(int axis, float... scales) {
        return Quantization.perAxis(scales, axis);
    }

    @Test
    void typesOfOperands() {
        Value shorts = of.constant(TensorSpec.int16(Shape.of(3, 4), ONE), Constant.of(new short[12]));
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), shorts), ONE, "weights 'c0' is INT16, expected INT8");
        Value floats = of.constant(TensorSpec.float32(Shape.of(3)), Constant.of(new float[3]));
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4), floats), ONE, "bias 'c2' is FLOAT32, expected INT32");
        Value bytes = of.input(TensorSpec.int8(Shape.of(1, 4), ONE));
        of.rejects(DENSE, List.of(bytes, shorts), ONE, "weights 'c0' is INT16, expected INT8");
    }

    @Test
    void shapesOfBiases() {
        String expected = "expected 3 (one a unit) or 3×2 (64 bits a unit)";
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4), bias(4)), ONE, "bias 'c2' has shape 4, " + expected);
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4), bias(2, 3)), ONE, "has shape 2×3, " + expected);
        Value bytes = of.input(TensorSpec.int8(Shape.of(1, 4), ONE));
        of.rejects(DENSE, List.of(bytes, w(ONE, 3, 4), bias(3, 2)), ONE, "has shape 3×2, expected 3 (one a unit)");
    }

    @Test
    void scalesOfProducts() {
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(Quantization.NONE, 3, 4)), ONE, "'c1' have quantisation none");
        of.rejects(
                DENSE,
                List.of(x(1, 0, 1, 4), w(axis(1, 1, 1, 1, 1), 3, 4)),
                ONE,
                "4 scales on axis 1, expected one scale or one for each index of axis 0");
        Quantization odd = Quantization.perTensor(1, 5);
        of.rejects(
                DENSE,
                List.of(x(1, 0, 1, 4), w(odd, 3, 4)),
                ONE,
                "weights 'c5' have zero point 5, expected 0 beside an int16 input");
        of.rejects(DENSE, List.of(x(1, 2, 1, 4), w(ONE, 3, 4)), ONE, "int16 tensor 'x6' has zero point 2, expected 0");
        of.rejects(
                DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4)), "int16 tensor 'node' has quantisation none, expected one");
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4)), odd, "'node' has zero point 5, expected 0");
        of.rejects(
                DENSE,
                List.of(x(2, 0, 1, 4), w(axis(0, 1, 1, 64), 3, 4)),
                ONE,
                "unit 2 scales its sums by 128.0, expected less than 128",
                "is the result's scale right?");
    }

    @Test
    void whatIsComputedOrFused() {
        Value weights = of.input(TensorSpec.int8(Shape.of(3, 4), ONE));
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), weights), ONE, "'x0' are computed; they have to be constant");
        Value bias = of.input(TensorSpec.int32(Shape.of(3, 2)));
        of.rejects(DENSE, List.of(x(1, 0, 1, 4), w(ONE, 3, 4), bias), ONE, "int32 bias 'x2' is computed");
        of.rejects(
                Conv2DAttributes.of(1, 1, Padding.SAME, Activation.TANH),
                List.of(x(1, 0, 1, 4, 4, 2), w(ONE, 3, 2, 2, 2)),
                ONE,
                "Conv2D 'node'",
                "TANH cannot be fused into an int16 operator; give it a node of its own");
        of.rejects(
                new DepthwiseConv2DAttributes(1, 1, 1, 1, Padding.SAME, Activation.SIGMOID),
                List.of(x(1, 0, 1, 4, 4, 2), w(ONE, 1, 2, 2, 2)),
                ONE,
                "SIGMOID cannot be fused into an int16 operator");
    }

    @Test
    void productsOfMatrices() {
        MatMulAttributes product = new MatMulAttributes(false, false, Activation.NONE);
        of.rejects(product, List.of(x(1, 0, 2, 4), w(ONE, 4, 2)), ONE, "b 'c1' is INT8, expected INT16");
        of.rejects(
                product,
                List.of(x(1, 0, 1, 1 << 18), x(1, 0, 1 << 18, 1)),
                ONE,
                "int16 product of depth 262144 scales its sums by 1.0, expected a depth of at most 131072");
        of.rejects(product, List.of(x(16, 0, 2, 4), x(8, 0, 4, 2)), ONE, "scales its sums by 128.0");
        of.rejects(product, List.of(x(1, 2, 2, 4), x(1, 0, 4, 2)), ONE, "has zero point 2, expected 0");
        of.rejects(
                new MatMulAttributes(false, false, Activation.TANH),
                List.of(x(1, 0, 2, 4), x(1, 0, 4, 2)),
                ONE,
                "TANH cannot be fused into an int16 operator; give it a node of its own");
    }

    @Test
    void images() {
        TransposeConv2DAttributes up = new TransposeConv2DAttributes(2, 2, 1, 1, 0, 0, 8, 8, 1, Activation.NONE);
        Value shorts = of.constant(TensorSpec.int16(Shape.of(3, 2, 2, 2), ONE), Constant.of(new short[24]));
        of.rejects(up, List.of(x(1, 0, 1, 4, 4, 2), shorts), ONE, "weights 'c0' is INT16, expected INT8");
        of.rejects(
                up, List.of(x(1, 0, 1, 4, 4, 2), w(ONE, 3, 2, 2, 2), bias(2)), ONE, "expected 3 (one a unit) or 3×2");
        ResizeAttributes odd =
                new ResizeAttributes(ResizeKind.LINEAR, CoordinateKind.HALF_PIXEL_ONE, RoundingKind.FLOOR, 8, 8, 0, 0);
        of.rejects(odd, List.of(x(1, 0, 1, 4, 4, 2)), ONE, "int16 LINEAR is defined for HALF_PIXEL");
    }

    @Test
    void windows() {
        Quantization two = Quantization.perTensor(2, 0);
        of.rejects(
                new GlobalPool2DAttributes(PoolKind.AVERAGE, true),
                List.of(x(1, 0, 1, 4, 4, 2)),
                two,
                "int16 pooling keeps the scale; operand has scale 1.0, zero point 0, result has scale 2.0");
        Pool2DAttributes tanh = new Pool2DAttributes(PoolKind.MAX, 2, 2, 1, 1, Padding.SAME, false, Activation.TANH);
        of.rejects(tanh, List.of(x(1, 0, 1, 4, 4, 2)), ONE, "TANH cannot be fused into an int16 operator");
        Pool2DAttributes counted =
                new Pool2DAttributes(PoolKind.AVERAGE, 2, 2, 1, 1, Padding.SAME, true, Activation.NONE);
        of.rejects(counted, List.of(x(1, 0, 1, 4, 4, 2)), ONE, "int16 average pooling divides by the cells inside");
    }
}
