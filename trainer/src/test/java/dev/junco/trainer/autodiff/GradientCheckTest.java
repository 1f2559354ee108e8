package dev.junco.trainer.autodiff;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.regularizer.L1;
import dev.junco.trainer.regularizer.L2;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against central differences, and float32 kernels against double gradients. */
class GradientCheckTest {
    private static final long SEED = 20_240_611;

    /** One network with one node under test; gradients of its input and its weights are checked. */
    record Case(String name, Function<NetworkSketch, Value> build, Loss loss) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Function<NetworkSketch, Value> build) {
        return new Case(name, build, new MeanSquaredError());
    }

    private static Case conv(String name, int[] x, int units, int kernelH, int kernelW, Conv2DAttributes attributes) {
        return of("Conv2D " + name, net -> net.conv("c", net.input(x), units, kernelH, kernelW, attributes));
    }

    static Stream<Case> convolutions() {
        int[] image = {2, 7, 6, 3};
        Padding odd = Padding.explicit(2, 1, 0, 3);
        return Stream.of(
                conv("3×3 same", image, 5, 3, 3, Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE)),
                conv("3×2 valid", image, 4, 3, 2, Conv2DAttributes.of(1, 1, Padding.VALID, Activation.TANH)),
                conv("1×1", image, 17, 1, 1, Conv2DAttributes.of(1, 1, Padding.VALID, Activation.NONE)),
                conv("1×1 stride 2", image, 4, 1, 1, Conv2DAttributes.of(2, 2, Padding.VALID, Activation.NONE)),
                conv("3×3 stride 2", image, 5, 3, 3, Conv2DAttributes.of(2, 2, Padding.SAME, Activation.NONE)),
                conv("2×3 stride 3×2", image, 5, 2, 3, Conv2DAttributes.of(3, 2, Padding.SAME, Activation.SIGMOID)),
                conv("explicit", image, 3, 3, 3, Conv2DAttributes.of(1, 1, odd, Activation.NONE)),
                conv("explicit stride 2", image, 3, 3, 4, Conv2DAttributes.of(2, 3, odd, Activation.NONE)),
                conv(
                        "padding beyond the filter",
                        image,
                        2,
                        2,
                        1,
                        Conv2DAttributes.of(1, 1, Padding.explicit(3, 4, 2, 2), Activation.NONE)),
                conv("dilated", image, 4, 3, 2, new Conv2DAttributes(1, 1, 2, 3, Padding.SAME, 1, Activation.NONE)),
                conv(
                        "dilated and strided",
                        image,
                        4,
                        3,
                        3,
                        new Conv2DAttributes(2, 2, 2, 1, Padding.SAME, 1, Activation.NONE)),
                conv(
                        "in groups",
                        new int[] {2, 5, 4, 6},
                        9,
                        3,
                        3,
                        new Conv2DAttributes(1, 1, 1, 1, Padding.SAME, 3, Activation.NONE)),
                conv(
                        "in groups, strided",
                        new int[] {2, 5, 6, 4},
                        4,
                        2,
                        3,
                        new Conv2DAttributes(2, 2, 1, 2, Padding.SAME, 2, Activation.NONE)),
                conv(
                        "over many pixels",
                        new int[] {3, 23, 19, 2},
                        3,
                        3,
                        3,
                        Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE)),
                of(
                        "Conv2D without bias",
                        net -> net.add(
                                "c",
                                Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE),
                                net.input(2, 5, 5, 2),
                                net.parameter("w", 0, 0.3, 3, 3, 3, 2))));
    }

    private static Case depthwise(String name, int multiplier, int sh, int sw, int dh, int dw, Padding padding) {
        return of(
                "DepthwiseConv2D " + name,
                net -> net.add(
                        "d",
                        new DepthwiseConv2DAttributes(sh, sw, dh, dw, padding, Activation.TANH),
                        net.input(3, 7, 6, 5),
                        net.parameter("w", 0, 0.5, 1, 3, 2, 5 * multiplier),
                        net.parameter("b", 0, 0.3, 5 * multiplier)));
    }

    static Stream<Case> depthwiseConvolutions() {
        return Stream.of(
                depthwise("same", 1, 1, 1, 1, 1, Padding.SAME),
                depthwise("strided", 1, 2, 3, 1, 1, Padding.SAME),
                depthwise("dilated", 1, 1, 1, 2, 3, Padding.VALID),
                depthwise("multiplied", 3, 2, 1, 1, 2, Padding.SAME),
                depthwise("padded", 1, 1, 2, 1, 1, Padding.explicit(2, 0, 1, 3)));
    }

    private static Case pool(String name, PoolKind kind, int wh, int ww, int sh, int sw, Padding padding) {
        Pool2DAttributes attributes = new Pool2DAttributes(kind, wh, ww, sh, sw, padding, false, Activation.NONE);
        return of(kind + " " + name, net -> net.add("p", attributes, net.input(2, 7, 6, 19)));
    }

    static Stream<Case> poolings() {
        Padding odd = Padding.explicit(1, 0, 1, 1);
        return Stream.of(
                pool("2×2", PoolKind.MAX, 2, 2, 2, 2, Padding.VALID),
                pool("2×2 same", PoolKind.MAX, 2, 2, 2, 2, Padding.SAME),
                pool("overlapping", PoolKind.MAX, 3, 3, 2, 1, Padding.SAME),
                pool("with gaps", PoolKind.MAX, 2, 1, 3, 2, Padding.VALID),
                pool("padded", PoolKind.MAX, 3, 2, 3, 2, odd),
                pool("2×2", PoolKind.AVERAGE, 2, 2, 2, 2, Padding.VALID),
                pool("overlapping", PoolKind.AVERAGE, 3, 3, 2, 1, Padding.SAME),
                of(
                        "AVERAGE counting padding",
                        net -> net.add(
                                "p",
                                new Pool2DAttributes(PoolKind.AVERAGE, 3, 2, 2, 2, odd, true, Activation.TANH),
                                net.input(2, 7, 6, 3))),
                of(
                        "MAX with activation",
                        net -> net.add(
                                "p",
                                new Pool2DAttributes(
                                        PoolKind.MAX, 2, 2, 2, 2, Padding.VALID, false, Activation.SIGMOID),
                                net.input(2, 6, 6, 3))),
                of(
                        "global maximum",
                        net -> net.add("p", new GlobalPool2DAttributes(PoolKind.MAX, false), net.input(2, 5, 4, 3))),
                of(
                        "global mean",
                        net -> net.add(
                                "p", new GlobalPool2DAttributes(PoolKind.AVERAGE, true), net.input(2, 5, 4, 3))));
    }

    private static Case binary(BinaryKind kind, int[] a, int[] b) {
        return of(
                kind + " " + a.length + " " + b.length,
                net -> net.add(
                        "z", new BinaryAttributes(kind, Activation.TANH), net.input(a), net.parameter("b", 0, 1, b)));
    }

    static Stream<Case> elementwise() {
        return Stream.of(
                binary(BinaryKind.ADD, new int[] {3, 4, 5}, new int[] {3, 4, 5}),
                binary(BinaryKind.ADD, new int[] {3, 4, 5}, new int[] {5}),
                binary(BinaryKind.SUBTRACT, new int[] {3, 4, 5}, new int[] {4, 1}),
                binary(BinaryKind.SUBTRACT, new int[] {4, 1}, new int[] {3, 4, 5}),
                binary(BinaryKind.MULTIPLY, new int[] {3, 4, 5}, new int[] {3, 4, 5}),
                binary(BinaryKind.MULTIPLY, new int[] {3, 1, 5}, new int[] {4, 1}),
                binary(BinaryKind.MULTIPLY, new int[] {3, 4}, new int[] {1}),
                of("square", net -> {
                    Value x = net.input(3, 5);
                    return net.add("z", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), x, x);
                }),
                of("value with three users", net -> {
                    Value x = net.dense("d", net.input(3, 5), 4, Activation.RELU);
                    Value a = net.add("a", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.SIGMOID), x, x);
                    return net.add("z", new BinaryAttributes(BinaryKind.SUBTRACT, Activation.NONE), a, x);
                }),
                activation(Activation.RELU),
                activation(Activation.RELU6),
                activation(Activation.RELU_N1_TO_1),
                activation(Activation.SIGMOID),
                activation(Activation.TANH),
                of("LeakyRelu", net -> net.add("a", new LeakyReluAttributes(0.2f), net.input(3, 37))),
                of("Softmax", net -> net.add("s", new SoftmaxAttributes(0.7f), net.input(3, 4, 7))),
                of("Dropout", net -> net.dropout("d", net.input(3, 67), 0.4f)),
                of("FullyConnected", net -> net.dense("d", net.input(3, 2, 5), 19, Activation.NONE)),
                of("FullyConnected, wide", net -> net.dense("d", net.input(5, 300), 51, Activation.SIGMOID)),
                of("BatchNorm", net -> net.batchNorm("n", net.input(7, 3, 21))),
                of("BatchNorm of many rows", net -> net.batchNorm("n", net.input(70, 3, 4, 2))));
    }

    private static Case activation(Activation function) {
        return of(function + "", net -> {
            Value wide = net.dense("d", net.input(3, 5), 37, Activation.NONE);
            Value scaled = net.add(
                    "m", new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), wide, net.parameter("f", 5, 1, 1));
            return net.add("a", new ActivationAttributes(function), scaled);
        });
    }

    static Stream<Case> layouts() {
        return Stream.of(
                of(
                        "Reshape",
                        net -> net.dense(
                                "d",
                                net.add("r", new ReshapeAttributes(NetworkSketch.list(0, 2, -1)), net.input(3, 4, 5)),
                                3,
                                Activation.TANH)),
                of("Concat", net -> {
                    Value x = net.input(2, 3, 4);
                    Value y = net.dense("d", x, 12, Activation.TANH);
                    Value z = net.add("r", new ReshapeAttributes(NetworkSketch.list(2, 3, 4)), y);
                    return net.add("c", new ConcatAttributes(1), x, z, net.input(2, 1, 4), x);
                }),
                of(
                        "Concat of last axis",
                        net -> net.add("c", new ConcatAttributes(2), net.input(2, 3, 4), net.input(2, 3, 1))),
                of(
                        "Pad",
                        net -> net.add(
                                "p",
                                new PadAttributes(NetworkSketch.list(0, 1, 2), NetworkSketch.list(1, 0, 3), 0.5f),
                                net.input(2, 3, 4))));
    }

    static Stream<Case> losses() {
        return Stream.of(
                loss(new MeanSquaredError(), Activation.NONE, false),
                loss(new BinaryCrossEntropy(), Activation.SIGMOID, false),
                loss(new BinaryCrossEntropy(true), Activation.NONE, false),
                loss(new BinaryCrossEntropy(), Activation.NONE, true),
                loss(new CategoricalCrossEntropy(), Activation.NONE, true),
                loss(new CategoricalCrossEntropy(true), Activation.NONE, false),
                loss(new CategoricalCrossEntropy(), Activation.SIGMOID, false),
                loss(new SparseCategoricalCrossEntropy(), Activation.NONE, true),
                loss(new SparseCategoricalCrossEntropy(true), Activation.NONE, false),
                loss(new SparseCategoricalCrossEntropy(), Activation.SIGMOID, false),
                new Case(
                        "sigmoid of its own",
                        net -> net.add(
                                "a",
                                new ActivationAttributes(Activation.SIGMOID),
                                net.dense("d", net.input(3, 5), 4, Activation.NONE)),
                        new BinaryCrossEntropy()));
    }

    private static Case loss(Loss loss, Activation activation, boolean softmax) {
        return new Case(
                loss + " " + activation + (softmax ? " softmax" : ""),
                net -> {
                    Value z = net.dense("d", net.input(4, 6), 5, activation);
                    return softmax ? net.softmax(z) : z;
                },
                loss);
    }

    @ParameterizedTest
    @MethodSource({"convolutions", "depthwiseConvolutions", "poolings", "elementwise", "layouts", "losses"})
    void ruleAgreesWithDifferences(Case c) {
        NetworkSketch net = new NetworkSketch(SEED);
        Graph network = net.build(c.build().apply(net));
        check(network, c.loss(), TrainingOptions.ofSeed(SEED));
    }

    @Test
    void wholeClassifierAgreesWithDifferences() {
        check(
                NetworkSketch.classifier(SEED, 3),
                new SparseCategoricalCrossEntropy(),
                TrainingOptions.ofSeed(SEED)
                        .regularizers(Map.of("c1/w", new L2(0.01f), "d1/w", new L2(0.1f), "d2/w", new L1(0.05f))));
    }

    @Test
    void frozenPartsHaveNoGradient() {
        TrainingOptions options =
                TrainingOptions.ofSeed(SEED).frozen(Set.of("c1/w", "c1/b", "n2/gamma", "n2/beta", "d1/w", "c3/b"));
        Graph network = NetworkSketch.classifier(SEED, 3);
        check(network, new SparseCategoricalCrossEntropy(), options);
        TrainingGraph training = TrainingGraph.withoutUpdates(network, new SparseCategoricalCrossEntropy(), options);
        assertTrue(training.gradients().keySet().equals(Set.of("c2/w", "c2/b", "c3/w", "d1/b", "d2/w", "d2/b")));
        assertFalse(
                training.graph().nodes().stream().anyMatch(node -> node.name().contains("gradient/c1")));
    }

    private static void check(Graph network, Loss loss, TrainingOptions options) {
        GradientCheck check = GradientCheck.of(network, loss, options);
        check(check);
        KernelProviders.vector().ifPresent(vector -> check(check.samples(1).kernels(KernelSource.fixed(vector))));
    }

    private static void check(GradientCheck check) {
        List<GradientCheck.Error> errors = check.run();
        assertFalse(errors.isEmpty());
        for (GradientCheck.Error error : errors) {
            assertTrue(error.passes(), () -> "seed " + SEED + ": " + error + " of " + errors);
        }
    }
}
