package dev.junco.trainer.autodiff;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.trainer.data.Random64;
import java.util.ArrayList;
import java.util.List;

/** Small networks for tests, drawn from a seed. */
final class NetworkSketch {
    private final GraphBuilder graph = new GraphBuilder("main", OperatorCatalog.standard());
    private final Random64 random;

    NetworkSketch(long seed) {
        random = new Random64(seed);
    }

    Value input(int... dims) {
        return graph.input(graph.freeName("x"), TensorSpec.float32(Shape.of(dims)));
    }

    /** A parameter, normal with deviation {@code scale} around {@code center}. */
    Value parameter(String name, double center, double scale, int... dims) {
        return graph.parameter(
                name, TensorSpec.float32(Shape.of(dims)), Constant.of(draw(center, scale, Shape.of(dims))));
    }

    private float[] draw(double center, double scale, Shape shape) {
        float[] elements = new float[shape.elements()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (center + scale * random.nextGaussian());
        }
        return elements;
    }

    Value add(String name, Attributes attributes, Value... inputs) {
        return graph.add(name, attributes, inputs);
    }

    Value dense(String name, Value x, int units, Activation activation) {
        int features = x.shape().elements(1, x.shape().rank());
        Value w = parameter(name + "/w", 0, 1 / Math.sqrt(features), units, features);
        return add(name, new FullyConnectedAttributes(activation), x, w, parameter(name + "/b", 0, 0.3, units));
    }

    Value conv(String name, Value x, int units, int kernelH, int kernelW, Conv2DAttributes attributes) {
        int channels = x.shape().dim(3) / attributes.groups();
        double scale = 1 / Math.sqrt(kernelH * kernelW * channels);
        Value w = parameter(name + "/w", 0, scale, units, kernelH, kernelW, channels);
        return add(name, attributes, x, w, parameter(name + "/b", 0, 0.3, units));
    }

    Value maxPool(String name, Value x) {
        return add(name, new Pool2DAttributes(PoolKind.MAX, 2, 2, 2, 2, Padding.VALID, false, Activation.NONE), x);
    }

    Value batchNorm(String name, Value x) {
        int channels = x.shape().dim(-1);
        Value gamma = parameter(name + "/gamma", 1, 0.2, channels);
        Value beta = parameter(name + "/beta", 0, 0.2, channels);
        Value mean = graph.constant(name + "/mean", Shape.of(channels), draw(0, 0.2, Shape.of(channels)));
        Value variance = graph.constant(name + "/variance", Shape.of(channels), draw(2, 0.2, Shape.of(channels)));
        return add(name, new BatchNormAttributes(1e-3f), x, gamma, beta, mean, variance);
    }

    Value dropout(String name, Value x, float rate) {
        return add(name, new DropoutAttributes(rate), x);
    }

    Value softmax(Value x) {
        return add("softmax", new SoftmaxAttributes(1f), x);
    }

    void output(String name, Value value) {
        graph.output(name, value);
    }

    Graph build(Value output) {
        graph.output("y", output);
        return graph.build();
    }

    /** Everything that a small image classifier has, for a batch of images of 12 × 12 pixels. */
    static Graph classifier(long seed, int batch) {
        NetworkSketch net = new NetworkSketch(seed);
        Value x = net.input(batch, 12, 12, 2);
        x = net.conv("c1", x, 5, 3, 3, Conv2DAttributes.of(1, 1, Padding.SAME, Activation.RELU));
        x = net.maxPool("p1", x);
        x = net.conv("c2", x, 7, 3, 3, Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE));
        x = net.batchNorm("n2", x);
        x = net.add("r2", new ActivationAttributes(Activation.RELU), x);
        x = net.conv("c3", x, 6, 3, 3, Conv2DAttributes.of(2, 2, Padding.SAME, Activation.RELU));
        x = net.dense("d1", x, 19, Activation.TANH);
        x = net.dropout("drop", x, 0.3f);
        return net.build(net.softmax(net.dense("d2", x, 4, Activation.NONE)));
    }

    /** Multilayer perceptron. */
    static Graph perceptron(long seed, int batch, int features, int hidden, int classes) {
        NetworkSketch net = new NetworkSketch(seed);
        Value h = net.dense("hidden", net.input(batch, features), hidden, Activation.RELU);
        return net.build(net.softmax(net.dense("classes", h, classes, Activation.NONE)));
    }

    static List<Integer> list(int... numbers) {
        List<Integer> list = new ArrayList<>();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }
}
