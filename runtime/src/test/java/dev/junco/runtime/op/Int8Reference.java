package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;

/**
 * int8 operators as the TensorFlow Lite 8-bit quantization specification and its reference kernels define them: one scalar integer after the other,
 * sharing no code with the runtime's operators and kernels.
 */
final class Int8Reference {
    final List<Object> data;
    final Node node;
    final Shape shape;
    final Quantization result;

    private Int8Reference(OpCase opCase) {
        Graph graph = opCase.graph();
        data = opCase.data();
        node = OpCase.node(graph);
        shape = node.output().shape();
        result = node.output().quantization();
    }

    /** The result of a case: a byte[], or a float[] where it is float32. */
    static List<Object> of(OpCase opCase) {
        if (Moved.knows(opCase)) {
            return Moved.of(opCase);
        }
        if (Int16Reference.knows(opCase)) {
            return List.of(Int16Reference.of(opCase));
        }
        Object result = new Int8Reference(opCase).run(opCase.attributes());
        return result instanceof Object[] several ? List.of(several) : List.of(result);
    }

    private Object run(Attributes attributes) {
        if (attributes instanceof FullyConnectedAttributes a) {
            return new Int8Products(this).dense(a);
        }
        if (attributes instanceof Conv2DAttributes a) {
            return new Int8Products(this).convolution(a);
        }
        if (attributes instanceof DepthwiseConv2DAttributes a) {
            return new Int8Products(this).depthwise(a);
        }
        if (attributes instanceof TransposeConv2DAttributes a) {
            return new Int8Products(this).transposed(a);
        }
        if (attributes instanceof Pool2DAttributes a) {
            return new Int8Images(this).pool(a);
        }
        if (attributes instanceof GlobalPool2DAttributes a) {
            return new Int8Images(this).globalPool(a);
        }
        if (attributes instanceof ConcatAttributes a) {
            return new Int8Images(this).concat(a.axis());
        }
        if (attributes instanceof PadAttributes a) {
            return new Int8Images(this).pad(a);
        }
        if (attributes instanceof NormalizationAttributes a) {
            return Int8L2.of(x(0), shape.elements(a.axis(), shape.rank()), zeroPoint(0));
        }
        if (attributes instanceof ResizeAttributes a) {
            return Int8Resize.linear(a, x(0), node.input(0).shape(), shape);
        }
        if (attributes instanceof SoftmaxAttributes a) {
            return a.log()
                    ? Int8LogSoftmax.of(x(0), shape.dim(-1), scale(0), a.beta())
                    : Int8Softmax.of(x(0), shape.dim(-1), scale(0), a.beta());
        }
        if (attributes instanceof DynamicQuantizeAttributes) {
            return new Int8Reductions(this).dynamic((float[]) data.get(0));
        }
        if (attributes instanceof ReduceAttributes a) {
            return new Int8Reductions(this).reduce(a);
        }
        if (attributes instanceof ArgAttributes a) {
            return new Int8Reductions(this).arg(a);
        }
        if (attributes instanceof TopKAttributes a) {
            return new Int8Reductions(this).topK(a);
        }
        if (attributes instanceof SelectAttributes
                || attributes instanceof CompareAttributes
                || attributes instanceof PReluAttributes
                || attributes instanceof CastAttributes) {
            return new Int8Choices(this).of(attributes);
        }
        if (attributes instanceof MatMulAttributes a) {
            return new Int8Products(this).matrices(a);
        }
        if (attributes instanceof LstmAttributes a) {
            return new Int8Recurrent(this).lstm(a);
        }
        if (attributes instanceof SvdfAttributes a) {
            return new Int8Recurrent(this).svdf(a);
        }
        if (attributes instanceof SelectAttributes
                || attributes instanceof CompareAttributes
                || attributes instanceof PReluAttributes
                || attributes instanceof CastAttributes) {
            return new Int8Choices(this).of(attributes);
        }
        return attributes instanceof BinaryAttributes a ? binary(a) : single(attributes);
    }

    /** Functions of one element. */
    private Object single(Attributes attributes) {
        if (attributes instanceof DequantizeAttributes) {
            float[] y = new float[shape.elements()];
            for (int i = 0; i < y.length; i++) {
                y[i] = scale(0) * (x(0)[i] - zeroPoint(0));
            }
            return y;
        }
        byte[] y = new byte[shape.elements()];
        for (int i = 0; i < y.length; i++) {
            y[i] = data.get(0) instanceof float[] floats ? quantized(floats[i]) : single(attributes, x(0)[i]);
        }
        return y;
    }

    private byte single(Attributes attributes, byte x) {
        int value = x - zeroPoint(0);
        if (attributes instanceof UnaryAttributes a) {
            return new Int8Unary(this).of(a.function(), x);
        }
        if (attributes instanceof QuantizeAttributes) {
            return within(
                    IntegerScaling.of((double) scale(0) / (double) result.scale())
                            .apply(value),
                    Activation.NONE);
        }
        if (attributes instanceof LeakyReluAttributes a) {
            // Both factors are computed in float32.
            double factor = value >= 0 ? scale(0) / result.scale() : scale(0) * a.alpha() / result.scale();
            return within(IntegerScaling.of(factor).apply(value), Activation.NONE);
        }
        if (attributes instanceof ActivationAttributes a && !a.function().isClamp()) {
            double real = a.function().apply((double) scale(0) * value);
            return within(Math.round(real / result.scale()), Activation.NONE);
        }
        if (attributes instanceof ActivationAttributes a) {
            return within(IntegerScaling.of(scale(0) / result.scale()).apply(value), a.function());
        }
        if (attributes instanceof ReshapeAttributes || attributes instanceof DropoutAttributes) {
            return x;
        }
        throw new AssertionError("no int8 reference for " + attributes);
    }

    private byte[] binary(BinaryAttributes attributes) {
        byte[] z = new byte[shape.elements()];
        for (int i = 0; i < z.length; i++) {
            if (attributes.kind() == BinaryKind.MINIMUM || attributes.kind() == BinaryKind.MAXIMUM) {
                boolean least = attributes.kind() == BinaryKind.MINIMUM;
                byte left = x(0)[broadcast(0, i)];
                byte right = x(1)[broadcast(1, i)];
                z[i] = left < right == least ? left : right;
                continue;
            }
            int a = x(0)[broadcast(0, i)] - zeroPoint(0);
            int b = x(1)[broadcast(1, i)] - zeroPoint(1);
            z[i] = within(arithmetic(attributes, a, b), attributes.activation());
        }
        return z;
    }

    private int arithmetic(BinaryAttributes attributes, int a, int b) {
        if (attributes.kind() == BinaryKind.MULTIPLY) {
            return IntegerScaling.of(scale(0) * scale(1) / result.scale()).apply((long) a * b);
        }
        double twice = 2 * Math.max(scale(0), scale(1));
        if (attributes.kind() == BinaryKind.SQUARED_DIFFERENCE) {
            int difference = IntegerScaling.of(scale(0) / twice).apply(a << 7)
                    - IntegerScaling.of(scale(1) / twice).apply(b << 7);
            return IntegerScaling.of(twice * twice / (16384.0 * result.scale())).apply(difference * difference);
        }
        int left = IntegerScaling.of(scale(0) / twice).apply((long) a << 20);
        int right = IntegerScaling.of(scale(1) / twice).apply((long) b << 20);
        int sum = attributes.kind() == BinaryKind.ADD ? left + right : left - right;
        return IntegerScaling.of(twice / ((1 << 20) * (double) result.scale())).apply(sum);
    }

    /** Index in operand {@code operand} of the element that belongs to element {@code i} of the result. */
    int broadcast(int operand, int i) {
        Shape own = node.input(operand).shape();
        int index = 0;
        int stride = 1;
        int rest = i;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int position = rest % shape.dim(axis);
            rest /= shape.dim(axis);
            int ownAxis = axis - shape.rank() + own.rank();
            if (ownAxis >= 0) {
                index += own.dim(ownAxis) == 1 ? 0 : position * stride;
                stride *= own.dim(ownAxis);
            }
        }
        return index;
    }

    byte[] x(int operand) {
        return (byte[]) data.get(operand);
    }

    float scale(int operand) {
        return node.input(operand).quantization().scale();
    }

    int zeroPoint(int operand) {
        return node.input(operand).quantization().zeroPoint();
    }

    /** A float32 value in the result's scale, halves away from zero; NaN is 0. */
    byte quantized(float value) {
        double steps = value / result.scale();
        double rounded = Double.isNaN(steps) ? 0 : Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps);
        return (byte) Math.max(-128, Math.min(127, rounded + result.zeroPoint()));
    }

    /** Steps of the result's scale from 0, as int8 within the bounds of an activation. */
    byte within(long steps, Activation activation) {
        long value = steps + result.zeroPoint();
        long lo = activation.lower() == Float.NEGATIVE_INFINITY ? -128 : quantized(activation.lower());
        long hi = activation.upper() == Float.POSITIVE_INFINITY ? 127 : quantized(activation.upper());
        return (byte) Math.max(lo, Math.min(hi, value));
    }
}
