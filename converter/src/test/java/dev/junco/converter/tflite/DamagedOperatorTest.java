package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ImportException;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.graph.Graph;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Operators whose operands, results and options contradict each other are refused with what was found and what was expected. */
class DamagedOperatorTest {
    private static final int ADD = 0;
    private static final int STRIDED_SLICE = 45;
    private static final int CAST = 53;
    private static final int PACK = 83;
    private static final int NO_TYPE = 77;

    private static void assertRefusal(String expected, byte[] file) {
        String message = TfliteImporterTest.refusal(file);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void resultsOfUnknownType() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2);
        int y = file.tensor("y", NO_TYPE, 2);
        assertRefusal(
                "CAST version 3 'y': its result 0 'y' has type 77, expected one of the 23 types of the schema",
                file.operator(CAST, new Table(), new int[] {x}, y).bytes(new int[] {x}, y));

        file = new SmallFile();
        x = file.tensor("x", SmallFile.FLOAT32, 2);
        y = file.tensor("y", NO_TYPE, 2);
        assertRefusal(
                "ADD version 3 'y': its result 0 'y' has type 77",
                file.operator(ADD, new Table(), new int[] {x, x}, y).bytes(new int[] {x}, y));
    }

    @Test
    void operandsOfUnknownType() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1);
        int c = file.constant("c", NO_TYPE, new byte[4], 1);
        int y = file.tensor("y", SmallFile.FLOAT32, 1);
        assertRefusal(
                "constant 'c': tensor 'c' has type 77",
                file.operator(ADD, new Table(), new int[] {x, c}, y).bytes(new int[] {x}, y));
    }

    @Test
    void packedTensorsOfDifferentRank() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 3);
        int one = file.floats("one", new float[] {1});
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 2, 3);
        assertRefusal(
                "PACK version 3 'y': operand 1 has shape scalar, expected 2×3 as the first one has",
                file.operator(PACK, new Table().int32(0, 2).int32(1, 1), new int[] {x, one}, y)
                        .bytes(new int[] {x}, y));
    }

    @Test
    void packedTensorsOnAnAxisThatIsNotThere() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 2, 3);
        assertRefusal(
                "PACK version 3 'y': axis 3 of a tensor of rank 3",
                file.operator(PACK, new Table().int32(0, 2).int32(1, 3), new int[] {x, x}, y)
                        .bytes(new int[] {x}, y));
    }

    private static byte[] slice(int ellipsis, int... begins) {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 3);
        int begin = file.ints("begin", begins);
        int end = file.ints("end", begins.clone());
        int stride = file.ints("stride", begins.clone());
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 3);
        Table options = new Table().int32(2, ellipsis);
        return file.operator(STRIDED_SLICE, options, new int[] {x, begin, end, stride}, y)
                .bytes(new int[] {x}, y);
    }

    @Test
    void moreBeginsThanAxes() {
        assertRefusal("STRIDED_SLICE version 3 'y': more entries than the input 2×3 has axes", slice(0, 1, 1, 1));
        assertRefusal("more than one entry for \"all axes in between\", ellipsis_mask is 3", slice(3, 1, 1));
    }

    private static byte[] states(int type, int zeroPoint, int elements) {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", type, 0.5f, zeroPoint, 1, elements);
        int state = file.add(new Table()
                .int32s(0, 1, elements)
                .int8(1, type)
                .string(3, "state")
                .item(4, SmallFile.scale(0.5f, zeroPoint))
                .int8(5, 1));
        int y = file.scaled("y", type, 0.5f, zeroPoint, 1, elements);
        return file.operator(ADD, new Table(), new int[] {x, state}, y).bytes(new int[] {x}, y);
    }

    /** Bytes whose zero is 0 are not kept at all; others are within the limit that the size of the file sets. */
    @Test
    void statesFarLargerThanTheirFile() {
        assertRefusal("takes far more memory than its", states(SmallFile.INT8, 3, Integer.MAX_VALUE));
        Graph graph = TfliteImporterTest.graph(states(SmallFile.UINT8, 128, 1 << 24));
        assertEquals("1×16777216", graph.outputs().get(0).shape().toString());
    }

    /** Real zeros are bytes of the zero point. */
    @Test
    void statesStartFromTheirZeroPoint() {
        for (int zeroPoint : new int[] {0, 3}) {
            double[] sum = TfliteImporterTest.run(TfliteImporterTest.graph(states(SmallFile.INT8, zeroPoint, 2)), 5, 9);
            assertEquals(5, sum[0]);
            assertEquals(9, sum[1]);
        }
    }

    @Test
    void errorsThatNoCheckForesawNameTheOperator() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 1);
        int y = file.tensor("y", SmallFile.FLOAT32, 1);
        byte[] bytes = file.operator(ADD, new Table(), new int[] {x, x}, y).bytes(new int[] {x}, y);
        TfliteFile parsed = TfliteReader.read(new FlatBytes(ByteBuffer.wrap(bytes)));
        Subgraph main = parsed.subgraphs().get(0);
        Assembly assembly = new Assembly(null, main.tensors(), new Literals(parsed.bytes()), null);
        RuntimeException cause = new IndexOutOfBoundsException("Index 7");
        ImportException error =
                GraphImport.unforeseen(new Operation(assembly, main.operators().get(0)), cause);
        assertSame(cause, error.getCause());
        assertTrue(error.getMessage().contains("ADD version 3 'y' has operands, results or options that do not"));
    }
}
