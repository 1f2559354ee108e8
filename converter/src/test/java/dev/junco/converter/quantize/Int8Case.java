package dev.junco.converter.quantize;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A use of an operator behind a convolution whose result is {@code [1, 6, 6, 4]}.
 *
 * @param name of the case
 * @param decibels least signal-to-noise ratio of what the use gives: 8 bits over the whole range are about 40, less where a few large values make the range wide
 * @param use adds a node named {@code node} behind x, and what is needed to see it
 */
record Int8Case(String name, double decibels, Use use) {
    /** Adds nodes. */
    interface Use {
        /** The values to look at; the first may be a result of {@code node}. */
        List<Value> of(Net net, Value x);
    }

    @Override
    public String toString() {
        return name;
    }

    static Int8Case of(double decibels, Attributes attributes) {
        String name = attributes.toString().replaceAll("Attributes|ScalarFunction", "");
        return new Int8Case(name, decibels, (net, x) -> List.of(net.add("node", attributes, x)));
    }

    static Int8Case one(String name, double decibels, java.util.function.BiFunction<Net, Value, Value> use) {
        return new Int8Case(name, decibels, (net, x) -> List.of(use.apply(net, x)));
    }

    static Value ints(Net net, String name, Shape shape, int... values) {
        return net.builder.constant(name, TensorSpec.int32(shape), Constant.of(values));
    }

    static Value constant(Net net, int... dims) {
        Shape shape = Shape.of(dims);
        return net.builder.constant("constant", shape, net.normal(shape.elements(), 1));
    }

    /** The class of each pixel, which indexes something. */
    static Value classes(Net net, Value x) {
        return net.add("classes", new ArgAttributes(ExtremeKind.MAX, 3, false, false), x);
    }

    static Value pixels(Net net, Value x) {
        return net.add("pixels", new ReshapeAttributes(List.of(1, 36, 4)), x);
    }

    static List<Int8Case> all() {
        List<Int8Case> all = new ArrayList<>(products());
        all.addAll(Int8Movement.cases());
        all.addAll(functions());
        all.addAll(arithmetic());
        return all;
    }

    private static List<Int8Case> products() {
        return List.of(
                one("FullyConnected", 25, (net, x) -> net.dense("node", x, 5, Activation.RELU)),
                one("Conv2D", 25, (net, x) -> net.conv("node", x, 5, 3, Padding.SAME, Activation.NONE)),
                one("DepthwiseConv2D", 25, (net, x) -> net.depthwise("node", x, 2, Padding.VALID, Activation.RELU6)),
                one(
                        "TransposeConv2D",
                        25,
                        (net, x) -> net.add(
                                "node",
                                new TransposeConv2DAttributes(2, 2, 1, 1, 0, 0, 13, 13, 1, Activation.NONE),
                                x,
                                net.weight("w", 0.3, 3, 3, 3, 4),
                                net.weight("b", 0.2, 3))),
                one(
                        "MatMul of two activations",
                        25,
                        (net, x) -> net.add(
                                "node",
                                new MatMulAttributes(false, true, Activation.NONE),
                                pixels(net, x),
                                net.add(
                                        "tanh",
                                        new ActivationAttributes(Activation.TANH),
                                        net.add("same", new ReshapeAttributes(List.of(1, 36, 4)), x)))),
                one(
                        "MatMul of a constant",
                        25,
                        (net, x) -> net.add(
                                "node",
                                new MatMulAttributes(false, false, Activation.RELU),
                                pixels(net, x),
                                constant(net, 1, 4, 7))));
    }

    private static List<Int8Case> functions() {
        List<Int8Case> cases = new ArrayList<>();
        for (Activation function : Activation.values()) {
            if (function != Activation.NONE) {
                // What lies between keeps it from becoming part of the convolution.
                cases.add(one(
                        function.toString(),
                        25,
                        (net, x) -> net.add(
                                "node",
                                new ActivationAttributes(function),
                                net.add("turned", new TransposeAttributes(List.of(0, 2, 1, 3)), x))));
            }
        }
        for (ScalarFunction.Kind kind : ScalarFunction.Kind.values()) {
            if (kind.compareTo(ScalarFunction.Kind.TANH) > 0) {
                cases.add(function(kind));
            }
        }
        cases.add(of(25, new LeakyReluAttributes(0.2f)));
        cases.add(of(25, new SoftmaxAttributes(1)));
        cases.add(of(25, new NormalizationAttributes(NormalizationKind.L2, 3, 0, 1e-6f)));
        cases.add(one(
                "PRelu",
                25,
                (net, x) -> net.add(
                        "node",
                        new PReluAttributes(),
                        x,
                        net.builder.constant("slope", Shape.of(4), 0.1f, -0.3f, 0.5f, 0))));
        return cases;
    }

    /** Functions over what a sigmoid gives, moved into their domain where it is smaller. */
    private static Int8Case function(ScalarFunction.Kind kind) {
        // A whole number of steps comes out wrong by a whole one where the operand lies near the edge between two.
        boolean stepped = List.of("FLOOR", "CEIL", "ROUND", "SIGN", "SHRINK", "THRESHOLDED_RELU")
                .contains(kind.name());
        float alpha = kind == ScalarFunction.Kind.CLIP ? -0.5f : stepped ? 0.3f : 1;
        ScalarFunction function = new ScalarFunction(kind, alpha, stepped ? 0.1f : 1.2f);
        float least = stepped ? -1.5f : kind == ScalarFunction.Kind.ACOSH ? 1.5f : 0.4f;
        ScalarFunction domain = new ScalarFunction(ScalarFunction.Kind.AFFINE, stepped ? 3 : 0.5f, least);
        return one(
                kind.toString(),
                stepped ? 12 : 25,
                (net, x) -> net.add(
                        "node",
                        new UnaryAttributes(function),
                        net.add(
                                "domain",
                                new UnaryAttributes(domain),
                                net.add("sigmoid", new ActivationAttributes(Activation.SIGMOID), x))));
    }

    private static List<Int8Case> arithmetic() {
        List<Int8Case> cases = new ArrayList<>();
        for (BinaryKind kind : List.of(
                BinaryKind.ADD,
                BinaryKind.SUBTRACT,
                BinaryKind.MULTIPLY,
                BinaryKind.MINIMUM,
                BinaryKind.MAXIMUM,
                BinaryKind.SQUARED_DIFFERENCE)) {
            cases.add(one(
                    kind + " of a constant",
                    22,
                    (net, x) -> net.add(
                            "node", new BinaryAttributes(kind, Activation.NONE), x, constant(net, 1, 6, 6, 4))));
            cases.add(one(
                    kind + " of two activations",
                    22,
                    (net, x) -> net.add(
                            "node",
                            new BinaryAttributes(kind, Activation.RELU),
                            x,
                            net.add("cos", new UnaryAttributes(ScalarFunction.of(ScalarFunction.Kind.COS)), x))));
        }
        for (ReduceKind kind : List.of(ReduceKind.SUM, ReduceKind.MEAN, ReduceKind.MAX, ReduceKind.MIN)) {
            cases.add(of(15, new ReduceAttributes(kind, List.of(1, 2), true)));
            cases.add(of(22, new ReduceAttributes(kind, List.of(3), false)));
        }
        cases.add(one(
                "Select by comparison",
                25,
                (net, x) -> net.add(
                        "select",
                        new SelectAttributes(),
                        net.add(
                                "node",
                                new CompareAttributes(CompareKind.GREATER),
                                x,
                                net.builder.constant("zero", Shape.of(1), 0)),
                        x,
                        net.builder.constant("other", Shape.of(1), -0.1f))));
        cases.add(one(
                "Select",
                25,
                (net, x) -> net.add(
                        "node",
                        new SelectAttributes(),
                        net.builder.constant(
                                "which", TensorSpec.bool(Shape.of(4)), Constant.of(true, false, true, false)),
                        x,
                        net.add("relu", new ActivationAttributes(Activation.RELU), x))));
        cases.add(new Int8Case(
                "TopK",
                28,
                (net, x) -> List.of(net.builder
                        .addAll("node", new TopKAttributes(ExtremeKind.MAX, 2), x)
                        .output(0))));
        // The index itself says little: two elements may be as good as equal. What lies there says all.
        cases.add(one(
                "Arg",
                25,
                (net, x) -> net.add(
                        "there",
                        new GatherAttributes(2, 2),
                        pixels(net, x),
                        net.add(
                                "node",
                                new ArgAttributes(ExtremeKind.MAX, 2, true, false),
                                net.add("same", new ReshapeAttributes(List.of(1, 36, 4)), x)))));
        return cases;
    }
}
