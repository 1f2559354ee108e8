package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models to write and read. */
final class Samples {
    static final LooseRules RULES = new LooseRules();

    private Samples() {}

    /** Every attributes record, with values that differ from all defaults, each enum constant at least once. */
    static List<Attributes> everyAttributes() {
        List<Attributes> all = new ArrayList<>(List.of(
                new FullyConnectedAttributes(Activation.RELU6),
                new Conv2DAttributes(2, 3, 4, 5, Padding.explicit(1, 2, 3, 4), 6, Activation.RELU),
                Conv2DAttributes.of(1, 1, Padding.SAME, Activation.NONE),
                new DepthwiseConv2DAttributes(2, 3, 4, 5, Padding.VALID, Activation.RELU_N1_TO_1),
                new Pool2DAttributes(PoolKind.AVERAGE, 2, 3, 4, 5, Padding.SAME, true, Activation.SIGMOID),
                new Pool2DAttributes(PoolKind.MAX, 1, 1, 1, 1, Padding.VALID, false, Activation.NONE),
                new GlobalPool2DAttributes(PoolKind.AVERAGE, true),
                new GlobalPool2DAttributes(PoolKind.MAX, false),
                new ConcatAttributes(1),
                new PadAttributes(List.of(0, 1, 2), List.of(3, 4, 5), Float.NEGATIVE_INFINITY),
                new PadAttributes(List.of(), List.of(), 0),
                new ReshapeAttributes(List.of(0, 7, -1)),
                new ReshapeAttributes(List.of()),
                new BatchNormAttributes(1e-3f),
                new LeakyReluAttributes(-0.25f),
                new SoftmaxAttributes(0),
                new SoftmaxAttributes(1),
                new QuantizeAttributes(),
                new DequantizeAttributes(),
                new DropoutAttributes(0.5f)));
        for (BinaryKind kind : BinaryKind.values()) {
            all.add(new BinaryAttributes(kind, Activation.RELU));
        }
        for (Activation function : Activation.values()) {
            all.add(new ActivationAttributes(function));
        }
        all.addAll(MoreSamples.attributes());
        all.add(new QuantizeAttributes(DType.INT16));
        return all;
    }

    /** A graph with every operator, role, storage and kind of quantisation. */
    static Graph everything(String name) {
        GraphBuilder g = new GraphBuilder(name, RULES);
        Value x = g.input("x", TensorSpec.float32(Shape.of(2, 3, 4)));
        Value w = g.parameter("w", TensorSpec.float32(Shape.of(2, 3)), Constant.of(1f, 2, 3, 4, 5, 6));
        Value scalar = g.constant("scalar", Shape.of(), 42);
        Value half = g.constant(
                "half",
                TensorSpec.float32(Shape.of(3)),
                Constant.of(Storage.FLOAT16, ByteBuffer.wrap(new byte[] {0, 0x3c, 0, 0x40, 1, 0}), Quantization.NONE));
        Value scaled = g.parameter(
                "scaled",
                TensorSpec.float32(Shape.of(2, 2)),
                Constant.of(
                        Storage.SCALED_INT8,
                        ByteBuffer.wrap(new byte[] {1, 2, 3, -4}),
                        Quantization.perAxis(new float[] {0.5f, 0.25f}, 1)));
        Value bytes = g.constant(
                "bytes",
                TensorSpec.int8(Shape.of(3), Quantization.perAxis(new float[] {1, 2, 3}, 0)),
                Constant.of(new byte[] {7, 8, 9}));
        Value bias = g.constant(
                "bias",
                new TensorSpec(DType.INT32, Shape.of(2), Quantization.perTensor(0.125f, 0)),
                Constant.of(new int[] {1 << 30, -1}));
        Value memory = g.state("memory", TensorSpec.float32(Shape.of(5)), null);
        Value started = g.state("started", TensorSpec.float32(Shape.of(2, 3)), Constant.of(1f, 2, 3, 4, 5, 6));
        Value last = x;
        int i = 0;
        for (Attributes attributes : everyAttributes()) {
            String node = "layer/" + i++ + "·ß😀";
            if (attributes instanceof DropoutAttributes) {
                last = g.addAll(node, attributes, last).output();
            } else if (attributes instanceof QuantizeAttributes) {
                int zeroPoint = ((QuantizeAttributes) attributes).type() == DType.INT8 ? -128 : 0;
                last = g.add(node, attributes, List.of(last), Quantization.perTensor(0.1f, zeroPoint));
            } else {
                last = g.add(node, attributes, last, w, half);
            }
        }
        Value other = g.addAll("named", new SoftmaxAttributes(2), List.of(scalar), List.of(), List.of("result"))
                .output();
        Value late = g.input("late", TensorSpec.int32(Shape.of(1)), List.of(77));
        g.output("y", last);
        g.output("again", last);
        g.output("other", other);
        for (Value value : List.of(scaled, bytes, bias, memory, started, late)) {
            g.output(value.name(), value);
        }
        return g.build();
    }

    /** Metadata with all fields. */
    static Metadata metadata() {
        return new Metadata(
                "näme",
                "A model. 𝄞",
                "test 1.0",
                "CC0",
                List.of("a", "", "a"),
                List.of(
                        new Preprocessing("x", new float[] {127.5f}, new float[] {1 / 127.5f}),
                        new Preprocessing("late", new float[] {1, 2, 3}, new float[] {4, 5, -6})),
                Map.of("training.seed", "42", "evidence.accuracy", "", "", "empty key"));
    }

    /** Two signatures with shared weights, metadata, arenas. */
    static ModelContent rich() {
        return new ModelContent(
                List.of(everything("main"), everything("second")),
                List.of(new ArenaSize(1024, 77, 4, 0), new ArenaSize(0, 0, 0, 0)),
                3,
                metadata(),
                recording());
    }

    /** Some elements of each input and output of {@link #everything}. */
    static Recording recording() {
        Constant some = Constant.of(1f, -2, 3);
        Graph graph = everything("main");
        List<Constant> outputs = new ArrayList<>();
        List<Float> tolerances = new ArrayList<>();
        for (Value output : graph.outputs()) {
            outputs.add(
                    switch (output.type()) {
                        case FLOAT32 -> output.shape().elements() < 3 ? Constant.of(7f) : some;
                        case INT8 -> Constant.of((byte) 7);
                        case INT16 -> Constant.of((short) 7);
                        default -> Constant.of(7);
                    });
            tolerances.add(output.type() == DType.FLOAT32 ? 0.5f : 0);
        }
        return new Recording(List.of(some, Constant.of(5)), outputs, tolerances);
    }

    /** One signature with everything. */
    static ModelContent single() {
        return new ModelContent(List.of(everything("main")), rich().arenas().subList(0, 1), 3, metadata(), recording());
    }

    /** The smallest model that computes something. */
    static ModelContent small() {
        GraphBuilder g = new GraphBuilder("main", RULES);
        Value x = g.input("x", TensorSpec.float32(Shape.of(1, 2)));
        Value w = g.parameter("w", TensorSpec.float32(Shape.of(1, 2)), Constant.of(0.5f, -2));
        g.output("y", g.add("fc", new FullyConnectedAttributes(Activation.RELU), x, w));
        return new ModelContent(List.of(g.build()), List.of(new ArenaSize(64, 0, 0, 0)), 1, Metadata.EMPTY);
    }

    /** A model without nodes and constants. */
    static ModelContent identity() {
        GraphBuilder g = new GraphBuilder("", RULES);
        g.output("x", g.input("x", TensorSpec.float32(Shape.of())));
        return new ModelContent(List.of(g.build()), List.of(new ArenaSize(0, 0, 0, 0)), 0, Metadata.EMPTY);
    }
}
