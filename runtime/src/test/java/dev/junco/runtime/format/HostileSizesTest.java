package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.OperatorRules;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.RoundingKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.MemoryPlanner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files whose tensors have sizes that a file may have, but whose operators would need scratch beyond all bounds. */
class HostileSizesTest {
    /** Whoever writes such a file claims that its results are right. */
    private record Claims(List<TensorSpec> results) implements OperatorRules {
        @Override
        public String name(Attributes attributes) {
            return "Claimed";
        }

        @Override
        public List<TensorSpec> infer(Attributes attributes, List<Value> inputs) {
            return results;
        }

        @Override
        public void check(Node node) {}
    }

    private static TensorSpec floats(int... dims) {
        return TensorSpec.float32(Shape.of(dims));
    }

    /** Loads a file of one node; the first operand is an input, the others are zeros. */
    private static void refuses(
            Attributes attributes, List<TensorSpec> operands, List<TensorSpec> results, String part) {
        GraphBuilder builder = new GraphBuilder("g", new Claims(results));
        List<Value> values = new ArrayList<>();
        for (TensorSpec spec : operands) {
            values.add(
                    values.isEmpty()
                            ? builder.input("x", spec)
                            : builder.constant(
                                    "c" + values.size(),
                                    spec,
                                    Constant.of(new float[spec.shape().elements()])));
        }
        Node node = builder.addAll("node", attributes, values, List.of(), List.of());
        builder.output("y", node.output());
        ModelContent content = new ModelContent(
                List.of(builder.build()), List.of(new ArenaSize(4, 0, 0, 0)), MemoryPlanner.VERSION, Metadata.EMPTY);
        byte[] file = ModelWriter.toBytes(content);
        assertTrue(file.length < 1 << 20, "a small file");
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> Model.load(file));
        assertTrue(e.getMessage().contains("operator 'node' cannot work"), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** Each arena has a size in the file, and each is compared with what the graph needs. */
    @Test
    void sizesOfArenas() {
        GraphBuilder builder = new GraphBuilder("g", OperatorCatalog.standard());
        Quantization scale = Quantization.perTensor(1, 0);
        Value x = builder.input("x", TensorSpec.int16(Shape.of(4), scale));
        builder.output("y", builder.add("y", new LeakyReluAttributes(0.5f), List.of(x), scale));
        ArenaSize right =
                MemoryPlanner.plan(builder.build(), OperatorCatalog.standard()).size();
        for (int arena = 0; arena < 4; arena++) {
            ArenaSize wrong = new ArenaSize(
                    right.float32Bytes() + (arena == 0 ? 4 : 0),
                    right.int8Bytes() + (arena == 1 ? 1 : 0),
                    right.int32Bytes() + (arena == 2 ? 4 : 0),
                    right.int16Bytes() + (arena == 3 ? 2 : 0));
            byte[] file = ModelWriter.toBytes(
                    new ModelContent(List.of(builder.build()), List.of(wrong), MemoryPlanner.VERSION, Metadata.EMPTY));
            ModelFormatException e = assertThrows(ModelFormatException.class, () -> Model.load(file), "arena " + arena);
            assertTrue(e.getMessage().contains("but it needs " + right), e.getMessage());
        }
    }

    @Test
    void gatesOfAllTimes() {
        int units = 128;
        List<TensorSpec> simple =
                List.of(floats(1, 1 << 24, 1), floats(units, 1), floats(units, units), floats(units), floats(1, units));
        List<TensorSpec> states = List.of(floats(1, units), floats(1, units));
        String part = "make gates of 2147483648 elements for all times, expected at most 2^31-1";
        refuses(new SimpleRnnAttributes(false, false, ScalarFunction.TANH), simple, states, part);
        units = 64;
        List<TensorSpec> gated = List.of(
                floats(1, 12_000_000, 1),
                floats(3 * units, 1),
                floats(3 * units, units),
                floats(3 * units),
                floats(3 * units),
                floats(1, units));
        GruAttributes gru = new GruAttributes(false, false, true, ScalarFunction.SIGMOID, ScalarFunction.TANH);
        refuses(gru, gated, List.of(floats(1, units), floats(1, units)), "make gates of 2304000000 elements");
    }

    @Test
    void statisticsOfChannels() {
        TensorSpec x = floats(1 << 16, 1, 1 << 13);
        refuses(
                new NormalizationAttributes(NormalizationKind.INSTANCE, 1, 1, 1e-3f),
                List.of(x, floats(1 << 13), floats(1 << 13)),
                List.of(x),
                "has 2147483648 statistics of its channels, expected at most 2^31-1");
    }

    @Test
    void rowsBetweenTheAxesOfAnImage() {
        refuses(
                new ResizeAttributes(
                        ResizeKind.LINEAR, CoordinateKind.HALF_PIXEL, RoundingKind.FLOOR, 1, 1 << 16, 0, 0),
                List.of(floats(1, 1 << 16, 1, 1)),
                List.of(floats(1, 1, 1 << 16, 1)),
                "make 4294967296 elements between rows and columns");
    }
}
