package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.lang.reflect.Array;
import java.util.List;

/**
 * int16 operators as TensorFlow Lite's reference kernels for 16-bit activations and 8-bit weights define them, one integer after the other and without the
 * runtime's operators and kernels.
 */
final class Int16Reference {
    final List<Object> data;
    final Node node;
    final Shape shape;
    final Quantization result;

    private Int16Reference(OpCase opCase) {
        Graph graph = opCase.graph();
        data = opCase.data();
        node = OpCase.node(graph);
        shape = node.output().shape();
        result = node.output().quantization();
    }

    /** Whether a case computes with int16 values; choices, changes of type without a scale and memories of recurrent int8 operators are not meant. */
    static boolean knows(OpCase opCase) {
        Attributes attributes = opCase.attributes();
        boolean other = attributes instanceof LstmAttributes
                || attributes instanceof SvdfAttributes
                || attributes instanceof CastAttributes
                || attributes instanceof SelectAttributes;
        Node node = OpCase.node(opCase.graph());
        return !other && (node.input(0).type() == DType.INT16 || node.output().type() == DType.INT16);
    }

    static Object of(OpCase opCase) {
        return new Int16Reference(opCase).run(opCase.attributes());
    }

    private Object run(Attributes attributes) {
        if (attributes instanceof FullyConnectedAttributes a) {
            return new Int16Products(this).dense(a);
        }
        if (attributes instanceof Conv2DAttributes a) {
            return new Int16Products(this).convolution(a);
        }
        if (attributes instanceof DepthwiseConv2DAttributes a) {
            return new Int16Products(this).depthwise(a);
        }
        if (attributes instanceof Pool2DAttributes || attributes instanceof GlobalPool2DAttributes) {
            return new Int16Windows(this).pool(attributes);
        }
        if (attributes instanceof ReduceAttributes a) {
            return new Int16Windows(this).reduce(a);
        }
        if (attributes instanceof TransposeConv2DAttributes a) {
            return new Int16Products(this).transposed(a);
        }
        if (attributes instanceof MatMulAttributes a) {
            return new Int16Matrices(this).product(a);
        }
        if (attributes instanceof ResizeAttributes a) {
            return Int8Resize.linear(a, x(0), node.input(0).shape(), shape);
        }
        if (attributes instanceof SoftmaxAttributes a) {
            return new Int16Curves(scale(0)).softmax(x(0), shape.dim(-1), a.beta());
        }
        int n = shape.elements();
        Object y = node.output().type() == DType.INT16
                ? new short[n]
                : node.output().type() != DType.FLOAT32 ? new byte[n] : (Object) new float[n];
        for (int i = 0; i < n; i++) {
            if (y instanceof short[] shorts) {
                shorts[i] = (short) element(attributes, i);
            } else if (y instanceof byte[] bytes) {
                bytes[i] = (byte) element(attributes, i);
            } else if (attributes instanceof DequantizeAttributes) {
                ((float[]) y)[i] = (float) ((double) scale(0) * x(0)[i]);
            }
        }
        return y;
    }

    private long element(Attributes attributes, int i) {
        if (attributes instanceof CompareAttributes a) {
            return Int8Choices.holds(a.kind(), Integer.compare(x(0)[broadcast(0, i)], x(1)[broadcast(1, i)])) ? 1 : 0;
        }
        if (attributes instanceof BinaryAttributes a) {
            return within(binary(a, x(0)[broadcast(0, i)], x(1)[broadcast(1, i)]), a.activation());
        }
        if (data.get(0) instanceof float[] floats) {
            return quantized(floats[i]);
        }
        long x = Array.getLong(data.get(0), i) - node.input(0).quantization().zeroPoint();
        if (attributes instanceof QuantizeAttributes) {
            return within(
                    IntegerScaling.of((double) scale(0) / (double) result.scale())
                            .apply(x),
                    Activation.NONE);
        }
        if (attributes instanceof LeakyReluAttributes a) {
            // Both factors are computed in float32.
            double factor = x >= 0 ? scale(0) / result.scale() : scale(0) * a.alpha() / result.scale();
            return within(IntegerScaling.of(factor).apply(x), Activation.NONE);
        }
        if (attributes instanceof UnaryAttributes a) {
            return within(unary(a.function().kind(), (int) x), Activation.NONE);
        }
        Activation function = ((ActivationAttributes) attributes).function();
        return switch (function) {
            case TANH -> new Int16Curves(scale(0)).tanh((int) x);
            case SIGMOID -> new Int16Curves(scale(0)).logistic((int) x);
            default -> within(IntegerScaling.of(scale(0) / result.scale()).apply(x), function);
        };
    }

    private long unary(ScalarFunction.Kind kind, int x) {
        float to = result.scale();
        Int16Curves curves = new Int16Curves(scale(0));
        return switch (kind) {
            case ABS -> IntegerScaling.of(scale(0) / to).apply(Math.abs(x));
            case SQRT -> x <= 0 ? 0 : (long) ((float) StrictMath.sqrt(scale(0) * x) / to);
            case EXP -> curves.interpolated(to, v -> (float) StrictMath.exp(v), x);
            case LOG -> curves.interpolated(to, v -> v <= 0 ? -32768 * to : (float) StrictMath.log(v), x);
            case RSQRT -> curves.interpolated(to, v -> v <= 0 ? 32767 * to : (float) (1 / StrictMath.sqrt(v)), x);
            default -> throw new AssertionError("no int16 reference for " + kind);
        };
    }

    private long binary(BinaryAttributes attributes, int a, int b) {
        double twice = 2 * Math.max(scale(0), scale(1));
        long left = IntegerScaling.of(scale(0) / twice).apply((long) a << 15);
        long right = IntegerScaling.of(scale(1) / twice).apply((long) b << 15);
        IntegerScaling sum = IntegerScaling.of(twice / ((1 << 15) * (double) result.scale()));
        return switch (attributes.kind()) {
            case ADD -> sum.apply(left + right);
            case SUBTRACT -> sum.apply(left - right);
            case MULTIPLY ->
                IntegerScaling.of(scale(0) * scale(1) / result.scale()).apply((long) a * b);
            case MINIMUM -> Math.min(a, b);
            case MAXIMUM -> Math.max(a, b);
            default -> throw new AssertionError("no int16 reference for " + attributes);
        };
    }

    /** Index in operand {@code operand} of the element that belongs to element {@code i} of the result. */
    int broadcast(int operand, int i) {
        Shape own = node.input(operand).shape();
        int index = 0;
        for (int axis = 0; axis < own.rank(); axis++) {
            int at = shape.rank() - own.rank() + axis;
            int position = i / shape.elements(at + 1, shape.rank()) % shape.dim(at);
            index = index * own.dim(axis) + (own.dim(axis) == 1 ? 0 : position);
        }
        return index;
    }

    short[] x(int operand) {
        return (short[]) data.get(operand);
    }

    float scale(int operand) {
        return node.input(operand).quantization().scale();
    }

    /** A float32 value in the result's scale, halves away from zero; NaN is 0. */
    private long quantized(float value) {
        double steps = value / result.scale();
        double rounded = Double.isNaN(steps) ? 0 : Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps);
        return (long) Math.max(-32768, Math.min(32767, rounded));
    }

    /** Steps of the result's scale as an int16 within the bounds of an activation, or as an int8 with a zero point. */
    long within(long steps, Activation activation) {
        if (node.output().type() == DType.INT8) {
            return Math.max(-128, Math.min(127, steps + result.zeroPoint()));
        }
        long lo = activation.lower() == Float.NEGATIVE_INFINITY ? -32768 : quantized(activation.lower());
        long hi = activation.upper() == Float.POSITIVE_INFINITY ? 32767 : quantized(activation.upper());
        return Math.max(lo, Math.min(hi, steps));
    }
}
