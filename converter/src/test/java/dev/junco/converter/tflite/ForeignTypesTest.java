package dev.junco.converter.tflite;

import static dev.junco.converter.tflite.TfliteImporterTest.graph;
import static dev.junco.converter.tflite.TfliteImporterTest.refusal;
import static dev.junco.converter.tflite.TfliteImporterTest.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constants of types that Junco has not: float16, int4, int64. */
class ForeignTypesTest {
    private static final int DEQUANTIZE = 6;
    private static final int FULLY_CONNECTED = 9;
    private static final int RESHAPE = 22;

    @Test
    void halfPrecisionWeightsStaySmall() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1, 2);
        int half = file.constant("half", SmallFile.FLOAT16, new byte[] {0, 0x3C, 0, 0x40}, 1, 2);
        int w = file.tensor("w", SmallFile.FLOAT32, 1, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 1, 1);
        file.operator(DEQUANTIZE, null, new int[] {half}, w)
                .operator(FULLY_CONNECTED, new Table(), new int[] {x, w, -1}, y);
        Graph graph = graph(file.bytes(new int[] {x}, y));
        assertEquals(1, graph.nodes().size());
        assertEquals(Storage.FLOAT16, graph.nodes().get(0).input(1).constant().storage());
        assertArrayEquals(new double[] {3 + 2 * 5}, run(graph, 3, 5));
    }

    @Test
    void fourBitWeightsAreUnpackedLowHalfFirst() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 1, 0, 1, 3);
        int w = file.constant("w", SmallFile.INT4, 1, 0, new byte[] {(byte) 0x7F, 0x08}, 1, 3);
        int y = file.scaled("y", SmallFile.INT8, 1, 0, 1, 1);
        file.operator(FULLY_CONNECTED, new Table(), new int[] {x, w, -1}, y);
        Graph graph = graph(file.bytes(new int[] {x}, y));
        assertArrayEquals(
                new byte[] {-1, 7, -8}, graph.nodes().get(0).input(1).constant().int8s());
        assertArrayEquals(new double[] {-1 + 14 - 24}, run(graph, 1, 2, 3));
    }

    @Test
    void integersOf64BitsAreNarrowed() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 3);
        ByteBuffer shape = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(6)
                .putLong(-1);
        int to = file.constant("shape", SmallFile.INT64, shape.array(), 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 6, 1);
        Graph graph = graph(file.operator(RESHAPE, null, new int[] {x, to}, y).bytes(new int[] {x}, y));
        assertEquals(new ReshapeAttributes(List.of(6, 1)), graph.nodes().get(0).attributes());
        shape.putLong(0, 1L << 40);
        assertTrue(refusal(file.bytes(new int[] {x}, y)).contains("holds the int64 1099511627776"));
    }
}
