package dev.junco.converter;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import java.util.Random;

/** Builds small networks with random weights, layer by layer. */
public final class Net {
    /** The graph so far, for what this class has no method for. */
    public final GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());

    private final Random random;

    /** An empty network whose weights come from a seed. */
    public Net(long seed) {
        random = new Random(seed);
    }

    public Value input(int... dims) {
        return builder.input("x", TensorSpec.float32(Shape.of(dims)));
    }

    public float[] normal(int n, double deviation) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    public Value weight(String name, double deviation, int... dims) {
        Shape shape = Shape.of(dims);
        return builder.parameter(name, TensorSpec.float32(shape), Constant.of(normal(shape.elements(), deviation)));
    }

    public Value dense(String name, Value x, int units, Activation activation) {
        int features = x.shape().elements(1, x.shape().rank());
        return builder.add(
                name,
                new FullyConnectedAttributes(activation),
                x,
                weight(name + "/kernel", Math.sqrt(2.0 / features), units, features),
                weight(name + "/bias", 0.1, units));
    }

    public Value conv(String name, Value x, int units, int kernel, Padding padding, Activation activation) {
        int channels = x.shape().dim(3);
        return builder.add(
                name,
                Conv2DAttributes.of(1, 1, padding, activation),
                x,
                weight(
                        name + "/kernel",
                        Math.sqrt(2.0 / (kernel * kernel * channels)),
                        units,
                        kernel,
                        kernel,
                        channels),
                weight(name + "/bias", 0.1, units));
    }

    public Value depthwise(String name, Value x, int multiplier, Padding padding, Activation activation) {
        int units = x.shape().dim(3) * multiplier;
        return builder.add(
                name,
                new DepthwiseConv2DAttributes(1, 1, 1, 1, padding, activation),
                x,
                weight(name + "/kernel", 0.4, 1, 3, 3, units),
                weight(name + "/bias", 0.1, units));
    }

    public Value batchNorm(String name, Value x) {
        int channels = x.shape().dim(-1);
        float[] variance = normal(channels, 1);
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.2f + Math.abs(variance[i]);
        }
        TensorSpec spec = TensorSpec.float32(Shape.of(channels));
        return builder.add(
                name,
                new BatchNormAttributes(1e-3f),
                x,
                weight(name + "/gamma", 1, channels),
                weight(name + "/beta", 0.5, channels),
                weight(name + "/mean", 0.5, channels),
                builder.parameter(name + "/variance", spec, Constant.of(variance)));
    }

    public Value activation(String name, Value x, Activation function) {
        return builder.add(name, new ActivationAttributes(function), x);
    }

    public Value maxPool(String name, Value x) {
        return builder.add(
                name, new Pool2DAttributes(PoolKind.MAX, 2, 2, 2, 2, Padding.VALID, false, Activation.NONE), x);
    }

    public Graph outputs(Value... values) {
        for (int i = 0; i < values.length; i++) {
            builder.output(i == 0 ? "y" : "y" + i, values[i]);
        }
        return builder.build();
    }

    /** A convolutional classifier of 8×8×3 images with everything that a simplification removes. */
    public static Graph classifier(long seed) {
        Net net = new Net(seed);
        Value x = net.input(1, 8, 8, 3);
        Value a = net.conv("conv1", x, 8, 3, Padding.SAME, Activation.NONE);
        a = net.activation("relu1", net.batchNorm("norm1", a), Activation.RELU);
        a = net.depthwise("depthwise", a, 2, Padding.SAME, Activation.NONE);
        a = net.activation("relu2", net.batchNorm("norm2", a), Activation.RELU6);
        a = net.maxPool("pool", a);
        a = net.builder.add("drop", new DropoutAttributes(0.3f), a);
        a = net.builder.add("flat", ReshapeAttributes.FLATTEN, a);
        a = net.dense("dense1", a, 24, Activation.RELU);
        a = net.dense("dense2", a, 5, Activation.NONE);
        return net.outputs(net.builder.add("probabilities", new SoftmaxAttributes(1), a));
    }

    /** All outputs of a graph for one input, one after the other. */
    public static float[][] run(Graph graph, float[] x) {
        Interpreter interpreter =
                Model.of(graph, Metadata.EMPTY).interpreter(InterpreterOptions.DEFAULT.withKernels(KernelChoice.PLAIN));
        interpreter.input().set(x);
        interpreter.run();
        return interpreter.outputs().values().stream()
                .map(tensor -> tensor.toArray())
                .toArray(float[][]::new);
    }

    /** The node with a name, or null. */
    public static Node node(Graph graph, String name) {
        return graph.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The classes of all nodes' options in order, without "Attributes". */
    public static List<String> operators(Graph graph) {
        return graph.nodes().stream()
                .map(Node::attributes)
                .map(Attributes::getClass)
                .map(type -> type.getSimpleName().replace("Attributes", ""))
                .toList();
    }

    /** A node of any kind. */
    public Value add(String name, Attributes attributes, Value... inputs) {
        return builder.add(name, attributes, inputs);
    }
}
