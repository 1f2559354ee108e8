package dev.junco.runtime.plan;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Graphs of random operators over random earlier values: in-place chains, aliases of aliases, values used twice and never, inputs and constants that
 * are outputs, two element types, scratch.
 */
final class RandomGraphs {
    private static final Quantization SCALE = Quantization.perTensor(0.05f, 3);

    private final Random random;
    private final GraphBuilder builder = new GraphBuilder("random", OperatorCatalog.standard());
    private final List<Value> values = new ArrayList<>();

    private RandomGraphs(long seed) {
        random = new Random(seed);
    }

    static Graph of(long seed) {
        return new RandomGraphs(seed).build(false);
    }

    /** The same graph, of which every value is an output as well. */
    static Graph open(long seed) {
        return new RandomGraphs(seed).build(true);
    }

    private Graph build(boolean open) {
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            values.add(builder.input("x" + i, TensorSpec.float32(shape())));
        }
        if (random.nextBoolean()) {
            values.add(builder.input("q", TensorSpec.int8(shape(), SCALE)));
        }
        Shape constant = shape();
        float[] elements = new float[constant.elements()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i % 7 - 3;
        }
        values.add(builder.constant("constant", constant, elements));
        int nodes = 1 + random.nextInt(25);
        for (int i = 0; i < nodes; i++) {
            values.add(node("node" + i));
        }
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            builder.output("y" + i, i == 0 ? values.get(values.size() - 1) : any());
        }
        for (int i = 0; i < values.size() && open; i++) {
            builder.output("value" + i, values.get(i));
        }
        return builder.build();
    }

    private Shape shape() {
        return Shape.of(1 + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(5));
    }

    /** Mostly a late value, which makes chains. */
    private Value any() {
        int back = random.nextBoolean() ? random.nextInt(Math.min(3, values.size())) : random.nextInt(values.size());
        return values.get(values.size() - 1 - back);
    }

    private Value node(String name) {
        Value x = any();
        switch (random.nextInt(13)) {
            case 0:
                return add(name, new ReshapeAttributes(List.of(x.shape().dim(0), -1, 1, 1)), x);
            case 1:
                return add(name, new DropoutAttributes(0.1f), x);
            case 2:
                return binary(name, x);
            case 3:
                return add(name, new ConcatAttributes(random.nextInt(4)), x, x);
            case 4:
                return add(name, new PadAttributes(List.of(0, 1, 0, 0), List.of(0, 0, 0, 1), 1), x);
            case 5:
                return add(name, x.type() == DType.INT8 ? new DequantizeAttributes() : new QuantizeAttributes(), x);
            case 6:
                return x.type() == DType.INT8 ? add(name, new DropoutAttributes(0), x) : softmax(name, x);
            case 7:
                return convolution(name, x);
            case 8:
                return pool(name, x);
            case 9:
                return x.type() == DType.INT8 ? depthwise(name, x) : softmax(name, x);
            case 10:
                return add(name, x.type() == DType.INT8 ? new QuantizeAttributes() : new DropoutAttributes(0), x);
            case 11:
                return add(name, new LeakyReluAttributes(-0.5f), x);
            default:
                return add(
                        name, new ActivationAttributes(random.nextBoolean() ? Activation.RELU6 : Activation.TANH), x);
        }
    }

    private Value softmax(String name, Value x) {
        return add(name, new SoftmaxAttributes(1), x);
    }

    /** Two values of one type that broadcast; often the same value, or one that shares its memory. */
    private Value binary(String name, Value a) {
        List<Value> fitting = new ArrayList<>();
        for (Value b : values) {
            boolean fits = b.type() == a.type();
            for (int axis = 0; axis < 4; axis++) {
                int m = a.shape().dim(axis);
                int n = b.shape().dim(axis);
                fits &= m == n || m == 1 || n == 1;
            }
            if (fits) {
                fitting.add(b);
            }
        }
        Value b = fitting.get(random.nextInt(fitting.size()));
        BinaryKind kind = BinaryKind.values()[random.nextInt(3)];
        return random.nextBoolean()
                ? add(name, new BinaryAttributes(kind, Activation.RELU6), a, b)
                : add(name, new BinaryAttributes(kind, Activation.RELU6), b, a);
    }

    private Value pool(String name, Value x) {
        PoolKind kind = random.nextBoolean() ? PoolKind.MAX : PoolKind.AVERAGE;
        return add(name, new Pool2DAttributes(kind, 2, 2, 1, 1, Padding.SAME, false, Activation.RELU6), x);
    }

    private Value int8Weights(String name, int... dims) {
        byte[] weights = new byte[Shape.of(dims).elements()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (random.nextInt(255) - 127);
        }
        return builder.parameter(
                name + "/w", TensorSpec.int8(Shape.of(dims), Quantization.perTensor(0.003f, 0)), Constant.of(weights));
    }

    private Value depthwise(String name, Value x) {
        Value w = int8Weights(name, 1, 2, 3, x.shape().dim(3));
        Activation activation = random.nextBoolean() ? Activation.NONE : Activation.RELU;
        return add(name, new DepthwiseConv2DAttributes(1, 1, 1, 1, Padding.SAME, activation), x, w);
    }

    private Value convolution(String name, Value x) {
        int channels = x.shape().dim(3);
        if (x.type() == DType.INT8) {
            int size = 1 + random.nextInt(3);
            Activation activation = random.nextBoolean() ? Activation.NONE : Activation.RELU;
            Value w = int8Weights(name, 1 + random.nextInt(20), size, size, channels);
            return add(name, Conv2DAttributes.of(1, 1, Padding.SAME, activation), x, w);
        }
        float[] weights = new float[2 * 3 * 3 * channels];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian() * 0.2f;
        }
        Value w = builder.parameter(name + "/w", TensorSpec.float32(Shape.of(2, 3, 3, channels)), Constant.of(weights));
        return add(name, Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE), x, w);
    }

    private Value add(String name, Attributes attributes, Value... operands) {
        boolean quantized = attributes instanceof QuantizeAttributes
                || operands[0].type() == DType.INT8 && !(attributes instanceof DequantizeAttributes);
        return builder.add(name, attributes, List.of(operands), quantized ? SCALE : Quantization.NONE);
    }
}
