package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements in and out of tensors as arrays of every type, as buffers, raw, and as memory itself. */
class TensorBufferTest {
    private static final float[] SIX = {1, -2, 3.5f, 0, 5, -6.25f};

    private final Interpreter echo = echo(InterpreterOptions.DEFAULT, Metadata.EMPTY);

    /** A model that gives back its inputs: f, b, i, s, t for float32, int8, int32, int16, bool. */
    static Interpreter echo(InterpreterOptions options, Metadata metadata) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Shape shape = Shape.of(2, 3);
        List<Value> inputs = List.of(
                builder.input("f", TensorSpec.float32(shape)),
                builder.input("b", TensorSpec.int8(shape, Quantization.perTensor(0.5f, 3))),
                builder.input("i", TensorSpec.int32(shape)),
                builder.input("s", TensorSpec.int16(shape, Quantization.perTensor(0.25f, 0))),
                builder.input("t", TensorSpec.bool(shape)));
        inputs.forEach(input -> builder.output(input.name() + "-out", input));
        return Model.of(builder.build(), metadata).interpreter(options);
    }

    static void rejects(Class<? extends Exception> type, Runnable action, String part) {
        String message = assertThrows(type, action::run).getMessage();
        assertTrue(message != null && message.contains(part), "'" + message + "' lacks '" + part + "'");
    }

    /** Every kind of buffer of the elements after two others and before one. */
    private static List<ByteBuffer> buffers(int bytes) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            buffers.add(ByteBuffer.allocate(bytes).order(order));
            buffers.add(ByteBuffer.allocateDirect(bytes).order(order));
            ByteBuffer outer = ByteBuffer.allocate(bytes + 5);
            ((Buffer) outer).position(5);
            buffers.add(outer.slice().order(order));
        }
        return buffers;
    }

    @Test
    void floatBuffersOfEveryKindGoInAndOut() {
        for (ByteBuffer bytes : buffers(9 * 4)) {
            FloatBuffer buffer = bytes.asFloatBuffer();
            buffer.put(99).put(99).put(SIX).put(99);
            ((Buffer) buffer).position(2).limit(8);
            echo.input("f").set(buffer);
            assertEquals(8, buffer.position());
            assertArrayEquals(SIX, echo.input("f").toArray(), bytes.toString());
            echo.run();
            ((Buffer) buffer).clear().position(1).limit(9);
            echo.output("f-out").copyTo(buffer);
            assertEquals(7, buffer.position());
            float[] found = new float[9];
            buffer.get(0, found);
            assertArrayEquals(new float[] {99, 1, -2, 3.5f, 0, 5, -6.25f, -6.25f, 99}, found);
        }
        FloatBuffer heap = FloatBuffer.wrap(SIX);
        echo.input("f").set(heap.asReadOnlyBuffer());
        assertEquals(0, heap.position());
    }

    @Test
    void realNumbersOfABufferBecomeIntegersOfEveryType() {
        echo.input("b").set(FloatBuffer.wrap(SIX));
        assertArrayEquals(
                new float[] {1, -2, 3.5f, 0, 5, -6.5f}, echo.input("b").toArray());
        echo.input("s").set(FloatBuffer.wrap(SIX));
        assertArrayEquals(SIX, echo.input("s").toArray());
        echo.input("i").set(FloatBuffer.wrap(SIX));
        assertArrayEquals(new float[] {1, -2, 4, 0, 5, -6}, echo.input("i").toArray());
        echo.input("t").set(FloatBuffer.wrap(SIX));
        assertArrayEquals(new float[] {1, 1, 1, 0, 1, 1}, echo.input("t").toArray());
        FloatBuffer out = FloatBuffer.allocate(6);
        echo.input("b").copyTo(out);
        assertArrayEquals(new float[] {1, -2, 3.5f, 0, 5, -6.5f}, out.array());
    }

    @Test
    void integersOutsideTheirTypeAreHeldAtItsEnds() {
        echo.input("s").set(1e9f, -1e9f, 8191.75f, -8192, 0.124f, 0.126f);
        short[] shorts = new short[6];
        echo.input("s").copyInt16To(shorts);
        assertArrayEquals(new short[] {32767, -32768, 32767, -32768, 0, 1}, shorts);
        echo.input("i").set(1e20f, -1e20f, 2.5f, -2.5f, 0.4f, 16777216);
        int[] ints = new int[6];
        echo.input("i").copyInt32To(ints);
        assertArrayEquals(new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 3, -3, 0, 16777216}, ints);
    }

    @Test
    void arraysOfEachTypeGoInAndOutAsTheyAre() {
        echo.input("b").setInt8((byte) 1, (byte) 2, (byte) 3, (byte) -4, (byte) 5, (byte) 6);
        echo.input("i").setInt32(1, 2, 3, -4, Integer.MIN_VALUE, 6);
        echo.input("s").setInt16((short) 1, (short) 2, (short) 3, (short) -4, (short) 5, Short.MIN_VALUE);
        echo.input("t").setBool(true, false, true, true, false, false);
        echo.run();
        byte[] bytes = new byte[6];
        echo.output("b-out").copyInt8To(bytes);
        assertArrayEquals(new byte[] {1, 2, 3, -4, 5, 6}, bytes);
        int[] ints = new int[6];
        echo.output("i-out").copyInt32To(ints);
        assertArrayEquals(new int[] {1, 2, 3, -4, Integer.MIN_VALUE, 6}, ints);
        short[] shorts = new short[6];
        echo.output("s-out").copyInt16To(shorts);
        assertArrayEquals(new short[] {1, 2, 3, -4, 5, Short.MIN_VALUE}, shorts);
        boolean[] truth = new boolean[6];
        echo.output("t-out").copyBoolTo(truth);
        assertArrayEquals(new boolean[] {true, false, true, true, false, false}, truth);
        assertEquals(1, echo.output("t-out").get(0));
    }

    @Test
    void typesThatDoNotMatchAreRejected() {
        Class<IllegalStateException> type = IllegalStateException.class;
        rejects(type, () -> echo.input("f").setInt32(new int[6]), "tensor 'f' is float32 2×3, not int32");
        rejects(type, () -> echo.input("i").setInt16(new short[6]), "not int16");
        rejects(type, () -> echo.input("s").setBool(new boolean[6]), "not bool");
        rejects(type, () -> echo.input("t").setInt8(new byte[6]), "not int8");
        rejects(type, () -> echo.input("t").asByteBuffer(), "tensor 't' is bool 2×3, not int8");
        rejects(type, () -> echo.input("b").asFloatBuffer(), "not float32");
        rejects(type, () -> echo.output("f-out").set(FloatBuffer.wrap(SIX)), "is an output");
        rejects(type, () -> echo.output("b-out").set(ByteBuffer.allocate(6)), "is an output");
        Class<IllegalArgumentException> length = IllegalArgumentException.class;
        rejects(length, () -> echo.input("f").set(FloatBuffer.allocate(5)), "the buffer has 5");
        rejects(length, () -> echo.input("i").setInt32(1, 2), "values has 2");
        rejects(
                length,
                () -> echo.input("s").set(ByteBuffer.allocate(11)),
                "tensor 's' is int16 2×3 = 12 bytes, in the buffer remain 11");
        rejects(length, () -> echo.input("f").copyTo(FloatBuffer.allocate(5)), "has room for 5");
        rejects(
                length,
                () -> echo.input("f").copyTo(ByteBuffer.allocate(23)),
                "= 24 bytes, the buffer has room for 23");
    }

    @Test
    void byteBuffersHoldElementsOfTheTensorsOwnType() {
        echo.input("f").set(SIX);
        echo.input("b").setInt8((byte) 1, (byte) 2, (byte) 3, (byte) -4, (byte) 5, (byte) 6);
        echo.input("i").setInt32(1, 2, 3, -4, Integer.MIN_VALUE, 6);
        echo.input("s").setInt16((short) 1, (short) 2, (short) 3, (short) -4, (short) 5, Short.MIN_VALUE);
        echo.input("t").setBool(true, false, true, true, false, false);
        for (Tensor tensor : echo.inputs().values()) {
            float[] expected = tensor.toArray();
            int bytes = (int) tensor.spec().bytes();
            for (ByteBuffer buffer : buffers(bytes + 3)) {
                ((Buffer) buffer).position(2);
                tensor.copyTo(buffer);
                assertEquals(bytes + 2, buffer.position());
                tensor.set(new float[6]);
                ((Buffer) buffer).position(2).limit(bytes + 2);
                tensor.set(buffer);
                assertEquals(bytes + 2, buffer.position());
                assertArrayEquals(expected, tensor.toArray(), tensor + " through " + buffer);
            }
        }
        echo.input("t").set(ByteBuffer.wrap(new byte[] {0, 1, 2, -1, 0, 1}));
        assertArrayEquals(new float[] {0, 1, 1, 1, 0, 1}, echo.input("t").toArray());
        ByteBuffer little = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        echo.input("f").copyTo(little);
        assertEquals(Float.floatToIntBits(1), little.getInt(0));
    }

    @Test
    void nanIsRefusedOnEveryWayInAndNothingIsSet() {
        Tensor f = echo.input("f");
        f.set(SIX);
        float[] bad = SIX.clone();
        bad[4] = Float.NaN;
        ByteBuffer bytes = ByteBuffer.allocate(24);
        bytes.asFloatBuffer().put(bad);
        String part = "element 4 of tensor 'f' would be NaN";
        Class<IllegalArgumentException> type = IllegalArgumentException.class;
        FloatBuffer floats = FloatBuffer.wrap(bad);
        rejects(type, () -> f.set(bad), part);
        rejects(type, () -> f.set(bad, 4, 4, 1), part);
        rejects(type, () -> f.set(floats), part);
        rejects(type, () -> f.set(bytes), part);
        rejects(type, () -> f.setRaw(bad), part);
        rejects(type, () -> echo.input("b").set(bad), "element 4 of tensor 'b' would be NaN");
        assertEquals(0, floats.position());
        assertEquals(0, bytes.position());
        assertArrayEquals(SIX, f.toArray());
        Interpreter tolerant = echo(InterpreterOptions.DEFAULT.withNaN(true), Metadata.EMPTY);
        tolerant.input("f").set(floats);
        assertTrue(Float.isNaN(tolerant.input("f").get(4)));
    }

    @Test
    void infinityIsANumber() {
        echo.input("f").set(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -0f, 1, 2);
        assertEquals(Float.NEGATIVE_INFINITY, echo.input("f").get(1));
    }

    @Test
    void theMemoryItselfIsSharedAndCheckedBeforeARun() {
        Tensor f = echo.input("f");
        FloatBuffer memory = f.asFloatBuffer();
        assertEquals(6, memory.remaining());
        memory.put(SIX);
        assertArrayEquals(SIX, f.toArray());
        assertSame(memory, f.asFloatBuffer());
        assertEquals(0, memory.position());
        echo.run();
        FloatBuffer result = echo.output("f-out").asFloatBuffer();
        assertEquals(-6.25f, result.get(5));
        assertThrows(ReadOnlyBufferException.class, () -> result.put(0, 1));
        assertFalse(result.hasArray());
        memory.put(3, Float.NaN);
        rejects(IllegalArgumentException.class, echo::run, "element 3 of tensor 'f' would be NaN");
        memory.put(3, 7);
        echo.run();
        assertEquals(7, result.get(3));
        echo.input("b").asByteBuffer().put(0, (byte) 4);
        assertEquals(0.5f, echo.input("b").get(0));
        echo.input("i").asIntBuffer().put(0, 4);
        assertEquals(4, echo.input("i").get(0));
        echo.input("s").asShortBuffer().put(0, (short) 4);
        assertEquals(1, echo.input("s").get(0));
    }
}
