package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.UnsupportedModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Each rule of the schema is checked, and its message tells where, what was found and what was expected. */
class DamagedFieldTest {
    private static final byte[] RICH = ModelWriter.toBytes(Samples.rich());

    @Test
    void tellsWhereWhatAndWhy() {
        assertEquals(
                "damaged model: its content does not match its SHA-256. It was changed in storage or on its way; fetch"
                        + " or write it again",
                changed("planner", (b, at) -> b.putInt(at, 9), false));
        assertTrue(Forge.read(Arrays.copyOf(RICH, 999)).contains("found 999 bytes, expected " + RICH.length));
        refuses(
                "graphs[0].name",
                (b, at) -> b.putInt(at, 1 << 30),
                "(graphs[0].name): found string of 1073741829 bytes");
    }

    @Test
    void rejectsNumbersOutOfRange() {
        BiConsumer<ByteBuffer, Integer> negative = (b, at) -> b.putInt(at, -2);
        refuses("graphs[0].tensors[0].shape[1]", (b, at) -> b.putInt(at, 0), "found 0, expected 1 to 2147483647");
        refuses("graphs[0].tensors[0].shape[1]", negative, "found -2");
        refuses("graphs[0].tensors[0].shape[1]", (b, at) -> b.putInt(at, 1 << 30), "2^31 elements or more");
        refuses("graphs[0].tensors[0].shape", (b, at) -> b.putInt(at, 9), "vector of 9 elements, expected at most 8");
        refuses("graphs[0].tensors[1].role", (b, at) -> b.put(at, (byte) 5), "found 5, expected 0 to 4");
        refuses("graphs[0].tensors[5].type", (b, at) -> b.put(at, (byte) 5), "found 5, expected 0 to 4");
        refuses("graphs[0].tensors[3].storage", (b, at) -> b.put(at, (byte) 200), "found 200");
        refuses("graphs[0].tensors[1].buffer", negative, "found -2");
        refuses("graphs[0].tensors[1].buffer", (b, at) -> b.putInt(at, 77), "less than the");
        refuses("graphs[0].operators[1].options.stride_h", negative, "(graphs[0].operators[1].options.stride_h)");
        refuses("graphs[0].operators[1].options.padding.top", negative, "padding.top");
        refuses("graphs[0].operators[19].options.rate", (b, at) -> b.putFloat(at, 1), "found 1, expected 0");
        refuses("graphs[0].operators[13].options.epsilon", (b, at) -> b.putFloat(at, Float.NaN), "found NaN");
        refuses("planner", negative, "planner");
    }

    @Test
    void rejectsWrongQuantisation() {
        String scale = "graphs[0].tensors[5].quantization.scales[1]";
        refuses(scale, (b, at) -> b.putFloat(at, 0), "found 0");
        refuses(scale, (b, at) -> b.putFloat(at, Float.NaN), "found NaN");
        refuses(scale, (b, at) -> b.putFloat(at, Float.POSITIVE_INFINITY), "found Infinity");
        refuses(scale, (b, at) -> b.putFloat(at, -1), "found -1");
        refuses("graphs[0].tensors[5].quantization.axis", (b, at) -> b.putInt(at, 7), "less than the rank, 1");
        refuses("graphs[0].tensors[4].quantization.axis", (b, at) -> b.putInt(at, -1), "found 2 scales, expected 1");
        refuses("graphs[0].tensors[5].quantization.scales", (b, at) -> b.putInt(at, 2), "found 2 scales, expected 3");
        refuses("graphs[0].tensors[6].storage", (b, at) -> b.put(at, (byte) 2), "expected one of INT32");
        refuses("graphs[0].tensors[26].quantization.zero_points[0]", (b, at) -> b.putInt(at, -129), "found -129");
    }

    @Test
    void rejectsWrongArenas() {
        refuses("graphs[0].arena.float32_bytes", (b, at) -> b.putLong(at, -4), "found -4");
        refuses("graphs[0].arena.float32_bytes", (b, at) -> b.putLong(at, 1026), "multiples of 4");
        refuses("graphs[0].arena.int32_bytes", (b, at) -> b.putLong(at, 1L << 33), "arena.int32_bytes");
        refuses("graphs[0].arena.int8_bytes", (b, at) -> b.putLong(at, Long.MAX_VALUE), "arena.int8_bytes");
    }

    @Test
    void rejectsWrongBlobs() {
        refuses("buffers[1]", (b, at) -> b.putLong(at, 32), "found 32, expected a multiple of 64");
        refuses("buffers[1]", (b, at) -> b.putLong(at, 0), "found 0, expected a multiple of 64 from");
        refuses("buffers[1]", (b, at) -> b.putLong(at + 8, Long.MAX_VALUE), "buffers[1].bytes");
        refuses("buffers[1]", (b, at) -> b.putLong(at, Long.MAX_VALUE / 64 * 64), "buffers[1].bytes");
        refuses("buffers[1]", (b, at) -> b.putLong(at + 8, 8), "expected");
        refuses("seal", (b, at) -> b.putLong(at + 8, b.getLong(at + 8) - 64), "damaged model");
        refuses("seal", (b, at) -> b.putLong(at + 8, 1), "multiple of 64");
        refuses("seal", (b, at) -> b.putLong(at, Long.MIN_VALUE), "expected -9223372036854775808");
    }

    @Test
    void rejectsNamesUsedTwice() {
        refuses("graphs[1].name", rename("main"), "found 'main', expected a name of its own");
        refuses("graphs[0].tensors[1].name", rename("x"), "tensors[1].name: found 'x', expected a name of its own");
        refuses("graphs[0].outputs[1].name", rename("bytes"), "found 'bytes', expected a name of its own");
    }

    private static BiConsumer<ByteBuffer, Integer> rename(String name) {
        byte[] bytes = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        return (b, at) -> b.putInt(at, name.length()).position(at + 4).put(bytes);
    }

    @Test
    void rejectsGraphsOutOfOrder() {
        refuses("graphs[0].operators[0].inputs[0]", (b, at) -> b.putInt(at, 9), "expected a tensor before 9");
        refuses("graphs[0].operators[0].inputs[0]", (b, at) -> b.putInt(at, 1 << 30), "expected a tensor before");
        refuses("graphs[0].operators[0].outputs[0]", (b, at) -> b.putInt(at, 10), "tensors[9].role");
        refuses("graphs[0].operators[0].outputs[0]", (b, at) -> b.putInt(at, 0), "expected a tensor before 0");
        refuses("graphs[0].operators[1].outputs[0]", (b, at) -> b.putInt(at, 9), "tensors from 10");
        refuses("graphs[0].tensors[9].role", (b, at) -> b.put(at, (byte) 3), "expected ACTIVATION tensor 9");
        refuses("graphs[0].outputs[1].tensor", (b, at) -> b.putInt(at, 999), "less than the");
        refuses("graphs[0].tensors[9].shape[0]", (b, at) -> b.putInt(at, 1), "its operator computes float32 2×3×4");
    }

    @Test
    void rejectsWrongText() {
        refuses("metadata.labels[0]@", (b, at) -> b.putInt(at, 4), "shares bytes");
        refuses("metadata.name", (b, at) -> b.put(at + 5, (byte) 0xff), "no UTF-8");
        refuses("metadata.name", (b, at) -> b.putInt(at, 2), "string ends with");
        refuses("metadata.properties[1].key", (b, at) -> b.put(at + 4, (byte) 'z'), "ascending keys");
        refuses("metadata.preprocessing[1].mean", (b, at) -> b.putInt(at, 2), "2 means and 3 scales");
        refuses("metadata.preprocessing[1].mean[0]", (b, at) -> b.putFloat(at, Float.NaN), "found NaN");
    }

    @Test
    void rejectsSharedAndCyclicObjects() {
        refuses("graphs[0].tensors[1]@", (b, at) -> b.putInt(at, -4), "expected a multiple of 4 inside");
        byte[] file = RICH.clone();
        int first = Forge.position(RICH, "graphs[0].tensors") + 4;
        ByteBuffer bytes = Forge.open(file);
        bytes.putInt(first + 4, bytes.getInt(first) - 4);
        String message = Forge.read(Forge.reseal(file, Forge.seal(RICH)));
        assertTrue(message.contains("(graphs[0].tensors[1]): found table that shares bytes"), message);
    }

    @Test
    void rejectsTablesBeyondSignedShorts() {
        // FlatBuffers for Java would read such a size as negative and take every field for absent.
        refuses(
                "graphs@",
                (b, at) -> {
                    int table = b.getInt(0);
                    b.putShort(table - b.getInt(table), (short) 0x8000);
                },
                "vtable of 32768 bytes");
    }

    @Test
    void namesAllThatIsMissingAtOnce() {
        byte[] file = RICH.clone();
        ByteBuffer bytes = Forge.open(file);
        bytes.put(Forge.position(RICH, "operator_kinds[15].options"), (byte) 201);
        bytes.put(Forge.position(RICH, "operator_kinds[14].options"), (byte) 200);
        bytes.putInt(Forge.position(RICH, "minimum_runtime"), 123456);
        Forge.reseal(file, Forge.seal(RICH));
        JuncoException e = assertThrows(
                UnsupportedModelException.class, () -> ModelReader.read(ByteBuffer.wrap(file), Samples.RULES));
        assertEquals(
                "the model needs what this runtime, 0.1.0, lacks: junco-runtime 12.34.56 or newer, operator Dequantize,"
                        + " operator Dropout. Update junco-runtime",
                e.getMessage());
    }

    @Test
    void tellsOtherFormatVersions() {
        for (int version : new int[] {2, 1000, Integer.MAX_VALUE}) {
            String message = changed("format_version", (b, at) -> b.putInt(at, version), false);
            assertTrue(message.contains("format version " + version), message);
        }
        assertTrue(changed("format_version", (b, at) -> b.putInt(at, -1), false).startsWith("damaged model"));
    }

    @Test
    void rejectsWrongRecordings() {
        refuses("self_test.inputs[0]", (b, at) -> b.putInt(at, 77), "self_test.inputs[0]: found 77, expected less");
        refuses("self_test.inputs[1]", (b, at) -> b.putInt(at, -1), "found -1, expected 0");
        refuses("self_test.inputs[1]", (b, at) -> b.putInt(at, 0), "bytes, expected a multiple of 4 up to 4");
        refuses("self_test.inputs", (b, at) -> b.putInt(at, 1), "found 1 inputs, 9 outputs and 9 tolerances");
        refuses("self_test.outputs[3]", (b, at) -> b.putInt(at, 77), "self_test.outputs[3]: found 77");
        refuses("self_test.outputs", (b, at) -> b.putInt(at, 8), "8 outputs and 9 tolerances, expected 2, 9 and 9");
        refuses("self_test.outputs@", (b, at) -> b.putInt(at, 0), "self_test.outputs");
        refuses("self_test.tolerances[0]", (b, at) -> b.putFloat(at, -1), "found -1, expected 0");
        refuses("self_test.tolerances[0]", (b, at) -> b.putFloat(at, Float.NaN), "found NaN");
        refuses("self_test.tolerances", (b, at) -> b.putInt(at, 2), "9 outputs and 2 tolerances");
    }

    private static void refuses(String path, BiConsumer<ByteBuffer, Integer> damage, String message) {
        String found = changed(path, damage, true);
        assertNotNull(found, path + " was accepted");
        assertTrue(found.contains(message), found);
    }

    private static String changed(String path, BiConsumer<ByteBuffer, Integer> damage, boolean reseal) {
        byte[] file = RICH.clone();
        damage.accept(Forge.open(file), Forge.position(RICH, path));
        return Forge.read(reseal ? Forge.reseal(file, Forge.seal(RICH)) : file);
    }
}
