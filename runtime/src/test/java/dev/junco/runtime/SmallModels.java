package dev.junco.runtime;

import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import java.util.Random;

/** Models for the tests of the public face. */
final class SmallModels {
    private final GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
    private final Random random = new Random(7);

    private static final Constant SHARED = Constant.of(1f, 2, 3, 4, 5, 6);

    private SmallModels() {}

    /** A convolutional classifier of 12×12 images, input {@code image}, output {@code probabilities} of 10 classes. */
    static Graph classifier() {
        return new SmallModels().makeClassifier();
    }

    private Graph makeClassifier() {
        Value image = builder.input("image", TensorSpec.float32(Shape.of(1, 12, 12, 3)));
        Value conv = builder.add(
                "conv", Conv2DAttributes.of(1, 1, Padding.SAME, Activation.RELU), image, w(24, 3, 3, 3), w(24));
        DepthwiseConv2DAttributes each = new DepthwiseConv2DAttributes(1, 1, 1, 1, Padding.SAME, Activation.RELU6);
        Value depthwise = builder.add("depthwise", each, conv, w(1, 3, 3, 24), w(24));
        Pool2DAttributes half = new Pool2DAttributes(PoolKind.MAX, 2, 2, 2, 2, Padding.VALID, false, Activation.NONE);
        Value pool = builder.add("pool", half, depthwise);
        Value flat = builder.add("flat", ReshapeAttributes.FLATTEN, pool);
        Value logits = builder.add("logits", new FullyConnectedAttributes(Activation.NONE), flat, w(10, 864), w(10));
        builder.output("probabilities", builder.add("softmax", new SoftmaxAttributes(1), logits));
        return builder.build();
    }

    /** sum = a + b of 4 int8 values, all of scale 0.5 and zero point 3. */
    static Graph int8Sum() {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Quantization scale = Quantization.perTensor(0.5f, 3);
        Value a = builder.input("a", TensorSpec.int8(Shape.of(1, 4), scale));
        Value b = builder.input("b", TensorSpec.int8(Shape.of(1, 4), scale));
        BinaryAttributes add = new BinaryAttributes(BinaryKind.ADD, Activation.NONE);
        builder.output("sum", builder.add("sum", add, List.of(a, b), scale));
        return builder.build();
    }

    /**
     * A recurrent network whose state goes on from run to run: x [batch 1, up to 40 in time, 6 features] gives probabilities [1, time, 5].
     */
    static Graph recurrent(int time) {
        SmallModels models = new SmallModels();
        GraphBuilder builder = models.builder;
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, time, 6)), List.of(0, 40, 0));
        LstmAttributes lstm = new LstmAttributes(
                false,
                true,
                false,
                false,
                false,
                0,
                0,
                ScalarFunction.SIGMOID,
                ScalarFunction.TANH,
                ScalarFunction.TANH);
        Value h = builder.state("h", TensorSpec.float32(Shape.of(1, 16)), null);
        Value c = builder.state("c", TensorSpec.float32(Shape.of(1, 16)), null);
        Value y = builder.addAll("lstm", lstm, x, models.w(64, 6), models.w(64, 16), models.w(64), h, c)
                .output();
        Value rows = builder.add("rows", new ReshapeAttributes(List.of(-1, 16)), y);
        Value dense = builder.add("dense", new FullyConnectedAttributes(Activation.NONE), rows, models.w(5, 16));
        builder.output("probabilities", builder.add("softmax", new SoftmaxAttributes(1), dense));
        return builder.build();
    }

    /** Through int8 and back: y is x in steps of 0.25, within −32 to 31.75. */
    static Graph rounding(int values) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, values)));
        Value q = builder.add("q", new QuantizeAttributes(), List.of(x), Quantization.perTensor(0.25f, 0));
        builder.output("y", builder.add("y", new DequantizeAttributes(), q));
        return builder.build();
    }

    private Value w(int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.2f;
        }
        String name = builder.freeName("w");
        return builder.parameter(name, TensorSpec.float32(shape), Constant.of(values));
    }

    static float[] image(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[12 * 12 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    /** A product, for models of several signatures. */
    static Graph encode() {
        GraphBuilder builder = new GraphBuilder("encode", OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, 3)));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(2, 3)), SHARED);
        builder.output("code", builder.add("code", new FullyConnectedAttributes(Activation.NONE), x, w));
        return builder.build();
    }

    /** The same product, doubled. */
    static Graph twice() {
        GraphBuilder builder = new GraphBuilder("twice", OperatorCatalog.standard());
        Value in = builder.input("in", TensorSpec.float32(Shape.of(1, 3)));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(2, 3)), SHARED);
        Value code = builder.add("code", new FullyConnectedAttributes(Activation.NONE), in, w);
        builder.output("out", builder.add("sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), code, code));
        return builder.build();
    }
}
