package dev.junco.runtime;

import static dev.junco.runtime.TensorBufferTest.echo;
import static dev.junco.runtime.TensorBufferTest.rejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the metadata of a file do for its tensors: raw values go in through the preprocessing, classes come out by name. */
class TensorMetadataTest {
    private static final float[] SIX = {1, -2, 3.5f, 0, 5, -6.25f};

    @Test
    void rawValuesGoThroughThePreprocessingOfTheFile() {
        Metadata metadata = Metadata.EMPTY.withPreprocessing(List.of(
                new Preprocessing("f", new float[] {1, 2, 3}, new float[] {10, 100, 1000}),
                new Preprocessing("b", new float[] {128}, new float[] {0.5f}),
                new Preprocessing("i", new float[] {1, 2}, new float[] {1, 1})));
        Interpreter prepared = echo(InterpreterOptions.DEFAULT, metadata);
        prepared.input("f").setRaw(1, 2, 3, 2, 3, 4);
        assertArrayEquals(
                new float[] {0, 0, 0, 10, 100, 1000}, prepared.input("f").toArray());
        prepared.input("f").setRawBytes((byte) 255, (byte) 2, (byte) 128, (byte) 1, (byte) 1, (byte) 1);
        assertArrayEquals(
                new float[] {2540, 0, 125000, 0, -100, -2000},
                prepared.input("f").toArray());
        ByteBuffer pixels = ByteBuffer.allocateDirect(8).put(new byte[] {9, (byte) 200, 0, 127, (byte) 128, 1, 2, 9});
        ((Buffer) pixels).position(1).limit(7);
        prepared.input("b").setRawBytes(pixels);
        assertArrayEquals(
                new float[] {36, -64, -0.5f, 0, -63.5f, -63},
                prepared.input("b").toArray());
        assertEquals(7, pixels.position());
        prepared.input("s").setRaw(SIX);
        assertArrayEquals(SIX, prepared.input("s").toArray());
        rejects(
                IllegalStateException.class,
                () -> prepared.input("i").setRaw(SIX),
                "preprocessing of 'i' has 2 means, but the last axis of its shape 2×3 has 3");
    }

    @Test
    void theLikeliestClassesAreNamed() {
        Interpreter named = echo(InterpreterOptions.DEFAULT, Metadata.EMPTY.withLabels(List.of("cat", "dog", "owl")));
        named.input("f").set(0.25f, 0.5f, 0.25f, 9, 9, 9);
        named.run();
        Tensor output = named.output("f-out");
        assertEquals("[dog 0.5000, cat 0.2500, owl 0.2500]", output.top(7).toString());
        assertEquals(new Classification(1, "dog", 0.5f), output.top(1).get(0));
        assertEquals("owl", output.label(2));
        int[] indices = new int[2];
        output.top(3, 3, indices);
        assertArrayEquals(new int[] {0, 1}, indices);
        Interpreter plain = echo(InterpreterOptions.DEFAULT, Metadata.EMPTY);
        plain.input("f").set(SIX);
        plain.run();
        assertEquals(
                "[2 3.5000, 0 1.0000, 1 -2.0000]", plain.output("f-out").top(3).toString());
        rejects(IllegalArgumentException.class, () -> output.top(0), "0 likeliest");
        rejects(IndexOutOfBoundsException.class, () -> output.label(3), "has 3 classes, not class 3");
        rejects(IndexOutOfBoundsException.class, () -> output.top(0, 1, indices), "the 2 largest of 1 elements");
        rejects(IndexOutOfBoundsException.class, () -> output.top(5, 2, indices), "lie outside");
    }

    @Test
    void rankingAgreesWithSorting() {
        Interpreter tolerant = echo(InterpreterOptions.DEFAULT.withNaN(true), Metadata.EMPTY);
        Tensor f = tolerant.input("f");
        f.set(Float.NaN, 3, -1, 3, Float.NaN, 8);
        int[] all = new int[6];
        f.top(0, 6, all);
        assertArrayEquals(new int[] {5, 1, 3, 2, 0, 4}, all);
        for (int k = 0; k <= 6; k++) {
            int[] some = new int[k];
            f.top(0, 6, some);
            for (int i = 0; i < k; i++) {
                assertEquals(all[i], some[i]);
            }
        }
    }
}
