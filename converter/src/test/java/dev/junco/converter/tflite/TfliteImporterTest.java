package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ImportException;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.DType;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.kernel.KernelProviders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What becomes of a TensorFlow Lite file, on files of a few operators. Numbers of operators and fields are those of the schema. */
class TfliteImporterTest {
    private static final int ADD = 0;
    private static final int FULLY_CONNECTED = 9;
    private static final int MAX_POOL_2D = 17;
    private static final int RELU = 19;
    private static final int PACK = 83;
    private static final int WHILE = 119;
    private static final int UNIQUE = 103;

    private static ModelContent read(byte[] file) {
        return TfliteImporter.read(ByteBuffer.wrap(file), "small");
    }

    static Graph graph(byte[] file) {
        return read(file).signatures().get(0);
    }

    static double[] run(Graph graph, double... input) {
        return new TypedRun(graph, KernelProviders.plain()).run(List.of(input)).get(0);
    }

    static String refusal(byte[] file) {
        return assertThrows(ImportException.class, () -> read(file)).getMessage();
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @Test
    void namesAllThatIsMissingAtOnce() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 4);
        int a = file.tensor("a", SmallFile.FLOAT32, 4);
        int b = file.tensor("b", SmallFile.FLOAT32, 4);
        int c = file.tensor("c", SmallFile.FLOAT32, 4);
        file.operator(UNIQUE, null, new int[] {x}, a)
                .operator(UNIQUE, null, new int[] {a}, b)
                .custom("Sparkle", new byte[0], new int[] {b}, c);
        String message = refusal(file.bytes(new int[] {x}, c));
        assertTrue(message.contains("UNIQUE version 3 ('a', 'b')"), message);
        assertTrue(message.contains("custom operator 'Sparkle' version 1 ('c')"), message);
    }

    @Test
    void namesControlFlowAndUnsupportedTypesTogether() {
        SmallFile file = new SmallFile();
        int words = file.tensor("words", SmallFile.STRING, 4);
        int x = file.tensor("x", SmallFile.FLOAT32, 4);
        int y = file.tensor("y", SmallFile.FLOAT32, 4);
        file.operator(WHILE, null, new int[] {x}, y);
        String message = refusal(file.bytes(new int[] {words, x}, y));
        assertTrue(
                message.contains("WHILE version 3 'y': it repeats a subgraph until a computed condition ends it"),
                message);
        assertTrue(message.contains("input 'words': tensor 'words' has type STRING"), message);
    }

    @Test
    void refusesSparseWeights() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int w = file.add(new Table()
                .int32s(0, 1, 2)
                .int32(2, file.buffer(floats(1, 2)))
                .string(3, "w")
                .item(6, new Table()));
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 1);
        file.operator(FULLY_CONNECTED, new Table(), new int[] {x, w, -1}, y);
        assertTrue(refusal(file.bytes(new int[] {x}, y)).contains("tensor 'w' has sparse storage"));
    }

    @Test
    void refusesOtherFiles() {
        assertTrue(
                refusal("no model at all".getBytes(StandardCharsets.US_ASCII)).contains("TFL3"));
        assertTrue(refusal(FlatWriter.file("TFL3", new Table().int32(0, 2))).contains("schema version 2"));
    }

    @Test
    void unsignedBytesBecomeSignedOnes() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.UINT8, 0.5f, 130, 1, 2, 2, 1);
        int y = file.scaled("y", SmallFile.UINT8, 0.5f, 130, 1, 1, 1, 1);
        Table options =
                new Table().int8(0, 1).int32(1, 2).int32(2, 2).int32(3, 2).int32(4, 2);
        Graph graph =
                graph(file.operator(MAX_POOL_2D, options, new int[] {x}, y).bytes(new int[] {x}, y));
        Value input = graph.inputs().get(0);
        assertEquals(DType.INT8, input.type());
        assertEquals(2, input.quantization().zeroPoint());
        assertArrayEquals(new double[] {120}, run(graph, -128, 5, 120, 7));
    }

    @Test
    void signaturesGiveTheNames() {
        SmallFile file = new SmallFile();
        int x = file.tensor("serving_default_x:0", SmallFile.FLOAT32, 3);
        int y = file.tensor("StatefulPartitionedCall:0", SmallFile.FLOAT32, 3);
        file.operator(RELU, null, new int[] {x}, y).signature("serving_default", "image", x, "scores", y);
        Graph graph = graph(file.bytes(new int[] {x}, y));
        assertEquals("serving_default", graph.name());
        assertEquals("image", graph.inputs().get(0).name());
        assertEquals("scores", graph.outputNames().keySet().iterator().next());
    }

    @Test
    void eachSignatureBecomesAGraph() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 3);
        file.operator(RELU, null, new int[] {x}, y)
                .signature("first", "x", x, "y", y)
                .signature("second", "in", x, "out", y);
        ModelContent content = read(file.bytes(new int[] {x}, y));
        assertEquals(2, content.signatures().size());
        assertEquals("in", content.signatures().get(1).inputs().get(0).name());
    }

    @Test
    void tensorsOfOneNameAreTold() {
        SmallFile file = new SmallFile();
        int x = file.tensor("t", SmallFile.FLOAT32, 3);
        int y = file.tensor("t", SmallFile.FLOAT32, 3);
        int z = file.tensor("t", SmallFile.FLOAT32, 3);
        file.operator(RELU, null, new int[] {x}, y).operator(ADD, new Table(), new int[] {x, y}, z);
        assertArrayEquals(new double[] {2, -1, 6}, run(graph(file.bytes(new int[] {x}, z)), 1, -1, 3));
    }

    @Test
    void aShapeThatIsComputedIsKnown() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 6);
        int shape = file.tensor("shape", SmallFile.INT32, 2);
        int rank = file.tensor("rank", SmallFile.INT32);
        int parts = file.tensor("parts", SmallFile.INT32, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 6);
        Graph graph = graph(file.operator(77, null, new int[] {x}, shape)
                .operator(110, null, new int[] {shape}, rank)
                .operator(83, new Table().int32(0, 2), new int[] {rank, rank}, parts)
                .operator(69, null, new int[] {x, parts}, y)
                .bytes(new int[] {x}, y));
        assertEquals("2×6", graph.outputs().get(0).shape().toString());
        assertTrue(graph.nodes().stream().noneMatch(node -> node.output().type() == DType.INT32));
    }

    @Test
    void variablesBecomeStates() {
        Graph graph = graph(SmallFiles.lstm());
        List<Value> states = graph.values().stream()
                .filter(value -> value.role() == Role.STATE)
                .toList();
        assertEquals(List.of("h", "c"), states.stream().map(Value::name).toList());
    }

    @Test
    void activationsThatMeetInt8WeightsAreRounded() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 2);
        int w = file.constant("w", SmallFile.INT8, 0.5f, 0, new byte[] {2, 4, -6, 8}, 2, 2);
        int b = file.floats("b", new float[] {10, 20}, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 2);
        Graph graph = graph(file.operator(FULLY_CONNECTED, new Table(), new int[] {x, w, b}, y)
                .bytes(new int[] {x}, y));
        // 3 of 127 steps of 1/127 stand for 0.02; the second sample is exact.
        double[] answers = run(graph, 1, 0.02, 127, -64);
        double[] expected = {10 + 1 + 2 * 3 / 127.0, 20 - 3 + 4 * 3 / 127.0, 10 + 127 - 128, 20 - 381 - 256};
        assertArrayEquals(expected, answers, 1e-4);
    }

    @Test
    void anOutputThatIsAnInputPassesThroughANode() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 3);
        file.operator(RELU, null, new int[] {x}, y);
        Graph graph = graph(file.bytes(new int[] {x}, x, y));
        assertArrayEquals(new double[] {1, -1, 3}, run(graph, 1, -1, 3));
    }

    @Test
    void denseLayersReadAnyAxesAsRows() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2, 2);
        int w = file.floats("w", new float[] {1, 10}, 1, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 2, 1);
        Graph graph = graph(file.operator(FULLY_CONNECTED, new Table().int8(2, 1), new int[] {x, w, -1}, y)
                .bytes(new int[] {x}, y));
        assertEquals("1×2×1", graph.outputs().get(0).shape().toString());
        assertTrue(graph.nodes().stream().anyMatch(node -> node.attributes() instanceof FullyConnectedAttributes));
        assertArrayEquals(new double[] {21, 43}, run(graph, 1, 2, 3, 4));
    }

    @Test
    void labelsStandBehindTheModel() throws IOException {
        Table labels = new Table().string(0, "labels.txt").int8(2, 2);
        Table normalization = new Table().float32s(0, 127.5f).float32s(1, 127.5f, 64, 32);
        Table input = new Table()
                .string(0, "picture")
                .tables(4, List.of(new Table().int8(0, 1).item(1, normalization)));
        Table output = new Table().string(0, "probability").tables(6, List.of(labels));
        Table subgraph = new Table().tables(2, List.of(input)).tables(3, List.of(output));
        byte[] described = FlatWriter.file(
                "M001",
                new Table()
                        .string(0, "Flowers")
                        .string(1, "Tells flowers.")
                        .tables(3, List.of(subgraph))
                        .string(4, "A gardener")
                        .string(5, "MIT"));
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 3);
        file.operator(RELU, null, new int[] {x}, y).metadata("TFLITE_METADATA", described);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(file.bytes(new int[] {x}, y));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("labels.txt"));
            zip.write("rose\ntulip\nsunflower\n".getBytes(StandardCharsets.UTF_8));
        }
        Metadata metadata = read(out.toByteArray()).metadata();
        assertEquals("Flowers", metadata.name());
        assertEquals("MIT", metadata.licence());
        assertEquals(List.of("rose", "tulip", "sunflower"), metadata.labels());
        assertEquals("x", metadata.preprocessing().get(0).input());
        assertArrayEquals(
                new float[] {1 / 127.5f, 1 / 64f, 1 / 32f},
                metadata.preprocessing().get(0).scale());
    }
}
