package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static dev.junco.trainer.data.TestFiles.bytes;
import static dev.junco.trainer.data.TestFiles.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFileTest {
    /** Two images of 2×3 pixels. */
    private static final byte[] IMAGES =
            bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 250, 251, 252, 253, 254, 255);

    private static final byte[] LABELS = bytes(0, 0, 8, 1, 0, 0, 0, 2, 0, 4);

    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void readsImagesAndLabels() throws IOException {
        Dataset data = IdxFile.dataset(file("images", IMAGES), file("labels", LABELS));
        assertEquals(2, data.size());
        assertEquals(Shape.of(2, 3, 1), data.featureShape());
        assertEquals(5, data.classes());
        assertEquals(4, data.label(1));
        float[] pixels = new float[6];
        data.copyFeatures(1, pixels, 0);
        assertArrayEquals(new float[] {250, 251, 252, 253, 254, 255}, pixels);
    }

    @Test
    void contentTellsGzipNotTheName() throws IOException {
        Dataset data = IdxFile.dataset(file("images", gzip(IMAGES)), file("labels.gz", LABELS));
        assertEquals(2, data.size());
    }

    @Test
    void findsTheFourUsualNames() throws IOException {
        file("train-images-idx3-ubyte", IMAGES);
        file("train-labels-idx1-ubyte.gz", gzip(LABELS));
        file("t10k-images.idx3-ubyte", IMAGES);
        assertRefused(() -> IdxFile.folder(folder), "t10k-labels-idx1-ubyte");
        file("t10k-labels-idx1-ubyte", bytes(0, 0, 8, 1, 0, 0, 0, 2, 0, 1));
        TrainTest both = IdxFile.folder(folder);
        assertEquals(5, both.train().classes());
        assertEquals(5, both.test().classes());
        assertRefused(() -> IdxFile.folder(folder.resolve("absent")), "no folder", "absent");
    }

    @Test
    void readsEveryType() throws IOException {
        assertArrayEquals(new float[] {-1}, floats(bytes(0, 0, 9, 1, 0, 0, 0, 1, 255)));
        assertArrayEquals(new float[] {-2}, floats(bytes(0, 0, 11, 1, 0, 0, 0, 1, 255, 254)));
        assertArrayEquals(new float[] {258}, floats(bytes(0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 1, 2)));
        assertArrayEquals(new float[] {1.5f}, floats(bytes(0, 0, 13, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0)));
        assertArrayEquals(new float[] {1.5f}, floats(bytes(0, 0, 14, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0)));
    }

    private float[] floats(byte[] content) throws IOException {
        return IdxFile.read(file("values", content)).toFloats();
    }

    static Stream<Arguments> damage() throws IOException {
        byte[] packed = gzip(IMAGES);
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1;
        byte[] wrongType = IMAGES.clone();
        wrongType[2] = 10;
        byte[] hugeAxis = IMAGES.clone();
        hugeAxis[4] = 0x7F;
        byte[] negativeAxis = IMAGES.clone();
        negativeAxis[4] = -1;
        byte[] zeroAxis = IMAGES.clone();
        zeroAxis[7] = 0;
        byte[] many = bytes(0, 0, 8, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
        return Stream.of(
                Arguments.of("empty", new byte[0], "header promises 4 bytes"),
                Arguments.of("text", "label,pixel".getBytes(), "not an IDX file"),
                Arguments.of("unknown type", wrongType, "00 00 0a 03"),
                Arguments.of("cut in header", Arrays.copyOf(IMAGES, 10), "cut off"),
                Arguments.of("cut in values", Arrays.copyOf(IMAGES, 20), "ends after 4"),
                Arguments.of("too long", Arrays.copyOf(IMAGES, IMAGES.length + 1), "more bytes"),
                Arguments.of("huge axis", hugeAxis, "more than the file can hold"),
                Arguments.of("negative axis", negativeAxis, "axis 0"),
                Arguments.of("axis of 0", zeroAxis, "axis 0"),
                Arguments.of("product beyond int", many, "more than the file can hold"),
                Arguments.of("packed and huge", gzip(hugeAxis), "more than"),
                Arguments.of("packed and cut", Arrays.copyOf(packed, packed.length - 9), "cut off"),
                Arguments.of("packed without checksum", Arrays.copyOf(packed, packed.length - 3), "cut off"),
                Arguments.of("packed with wrong checksum", flipped, "damaged"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damage")
    void refusesDamage(String kind, byte[] content, String expected) throws IOException {
        Path path = file("damaged", content);
        assertRefused(() -> IdxFile.read(path), "damaged", expected);
    }

    /** Every prefix and every flipped bit either reads or is refused in one sentence. */
    @Test
    void nothingButDataExceptionsComeOut() throws IOException {
        for (byte[] good : new byte[][] {IMAGES, gzip(IMAGES)}) {
            for (int bit = 0; bit < good.length * 8; bit++) {
                byte[] changed = good.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                readOrRefuse(changed);
            }
            for (int length = 0; length < good.length; length++) {
                readOrRefuse(Arrays.copyOf(good, length));
            }
        }
    }

    private void readOrRefuse(byte[] content) throws IOException {
        Path path = file("changed", content);
        try {
            IdxFile.read(path);
        } catch (DataException e) {
            assertTrue(e.getMessage().contains("changed"), e.getMessage());
        }
    }

    @Test
    void refusesFilesThatDoNotBelongTogether() throws IOException {
        Path images = file("images", IMAGES);
        Path labels = file("labels", LABELS);
        assertRefused(() -> IdxFile.dataset(labels, images), "exchanged");
        Path three = file("three", bytes(0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2));
        assertRefused(() -> IdxFile.dataset(images, three), "2 samples", "3 labels");
        Path fraction = file("fraction", bytes(0, 0, 13, 1, 0, 0, 0, 2, 0x3F, 0xC0, 0, 0, 0, 0, 0, 0));
        assertRefused(() -> IdxFile.dataset(images, fraction), "1.5", "whole number");
        Path negative = file("negative", bytes(0, 0, 9, 1, 0, 0, 0, 2, 255, 0));
        assertRefused(() -> IdxFile.dataset(images, negative), "negative", "label -1");
        assertRefused(() -> IdxFile.read(folder.resolve("absent")), "no file");
        assertRefused(() -> IdxFile.read(folder), "is a folder");
    }

    @Test
    void readsAllOfFashionMnist() {
        TrainTest both = IdxFile.folder(TestFiles.collection("fashion-mnist"));
        assertEquals(60_000, both.train().size());
        assertEquals(10_000, both.test().size());
        assertEquals(Shape.of(28, 28, 1), both.train().featureShape());
        int[] counts = new int[10];
        for (int i = 0; i < both.train().size(); i++) {
            counts[both.train().label(i)]++;
        }
        assertTrue(Arrays.stream(counts).allMatch(n -> n == 6000));
        Normalization fitted =
                Normalization.standardize(both.train().normalized(Normalization.none()), Normalization.Axis.CHANNEL);
        assertEquals(0.2860f, fitted.mean()[0] / 255, 1e-4f, "the published mean");
        assertEquals(0.3530f, 1 / fitted.scale()[0] / 255, 1e-4f, "the published deviation");
    }
}
