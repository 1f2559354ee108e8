package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.converter.ImportException;
import dev.junco.converter.tflite.FlatWriter.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, importing ends, and ends with a model or an ImportException. */
class DamagedFileTest {
    private static final int ROUNDS = 10_000;

    /** Numbers that counts, indices and sizes should never have, or seldom. */
    private static final int[] EXTREMES = {-1, 0, 3, 1 << 16, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private static final List<byte[]> FILES =
            List.of(convolution(), shapes(), SmallFiles.lstm(), SmallFiles.detection(), pieces());

    private static byte[] convolution() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 0.5f, 3, 1, 4, 4, 2);
        int w = file.constant("w", SmallFile.INT8, 0.25f, 0, new byte[3 * 2 * 2 * 2], 3, 2, 2, 2);
        int b = file.ints("b", 1, 2, 3);
        int y = file.scaled("y", SmallFile.INT8, 0.5f, -1, 1, 2, 2, 3);
        return file.operator(3, new Table().int8(0, 0).int32(1, 2).int32(2, 2).int8(3, 1), new int[] {x, w, b}, y)
                .signature("serve", "image", x, "scores", y)
                .bytes(new int[] {x}, y);
    }

    /** Reshapes by a shape that is computed. */
    private static byte[] shapes() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 6);
        int shape = file.tensor("shape", SmallFile.INT32, 2);
        int two = file.ints("two", 3);
        int parts = file.tensor("parts", SmallFile.INT32, 3);
        int y = file.tensor("y", SmallFile.FLOAT32, 2, 6, 1);
        int one = file.ints("one", 1);
        return file.operator(77, null, new int[] {x}, shape)
                .operator(2, new Table().int32(0, 0), new int[] {shape, one}, parts)
                .operator(22, null, new int[] {x, parts}, y)
                .bytes(new int[] {x}, y);
    }

    /** Packs, cuts, casts, and adds to a state of bytes whose zero is not 0. */
    private static byte[] pieces() {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, 2, 3);
        int pair = file.tensor("pair", SmallFile.FLOAT32, 2, 2, 3);
        int zeros = file.ints("zeros", 0, 0);
        int ends = file.ints("ends", 0, 2);
        int ones = file.ints("ones", 1, 1);
        int cut = file.tensor("cut", SmallFile.FLOAT32, 2, 2, 2);
        int y = file.tensor("y", SmallFile.INT32, 2, 2, 2);
        int state = file.add(new Table()
                .int32s(0, 1, 2)
                .int8(1, SmallFile.INT8)
                .string(3, "state")
                .item(4, SmallFile.scale(0.5f, 7))
                .int8(5, 1));
        int b = file.scaled("b", SmallFile.INT8, 0.5f, 7, 1, 2);
        int sum = file.scaled("sum", SmallFile.INT8, 0.5f, 7, 1, 2);
        return file.operator(83, new Table().int32(0, 2), new int[] {x, x}, pair)
                .operator(45, new Table().int32(2, 1), new int[] {pair, zeros, ends, ones}, cut)
                .operator(53, new Table(), new int[] {cut}, y)
                .operator(0, new Table(), new int[] {b, state}, sum)
                .bytes(new int[] {x, b}, y, sum);
    }

    @Test
    void soundFilesAreImported() {
        FILES.forEach(file -> TfliteImporter.read(ByteBuffer.wrap(file), "small"));
    }

    @Test
    void everyTruncationIsRefused() {
        for (byte[] file : FILES) {
            for (int length = 0; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                if (importOrRefuse(cut)) {
                    // The last bytes may be padding or the end of a text.
                    assertTrue(length >= file.length - 16, "imported " + length + " of " + file.length + " bytes");
                }
            }
        }
    }

    @RepeatedTest(4)
    void randomBytesInPlaceOfOthersAreImportedOrRefused() {
        damage(FILES, ROUNDS);
    }

    @RepeatedTest(4)
    void randomBytesInPublicFilesAreImportedOrRefused() throws IOException {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null, "JUNCO_DATA names no folder");
        Path folder = Path.of(root, "tflite", "glow-ops");
        assumeTrue(Files.isDirectory(folder), folder + " is no folder");
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".tflite")).sorted().toList()) {
                files.add(Files.readAllBytes(path));
            }
        }
        damage(files, ROUNDS);
    }

    private static void damage(List<byte[]> files, int rounds) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] file = files.get(round % files.size()).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(file.length);
                switch (random.nextInt(5)) {
                    case 0 -> file[at] = (byte) random.nextInt(256);
                    case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> file[at] = -1;
                    case 3 -> file[at] += (byte) (random.nextInt(9) - 4);
                    default ->
                        ByteBuffer.wrap(file)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(Math.min(at & ~3, file.length - 4), EXTREMES[random.nextInt(EXTREMES.length)]);
                }
            }
            try {
                importOrRefuse(file);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    /** Whether the bytes were imported. */
    private static boolean importOrRefuse(byte[] file) {
        try {
            TfliteImporter.read(ByteBuffer.wrap(file), "small");
            return true;
        } catch (ImportException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
            return false;
        }
    }

    @Test
    void tablesThatReferToEachOtherAgainAndAgainAreRefused() {
        Table shared = new Table().int32s(0, new int[1000]);
        Table[] tensors = new Table[2000];
        Arrays.fill(tensors, shared);
        SmallFile file = new SmallFile();
        for (Table tensor : tensors) {
            file.add(tensor);
        }
        byte[] bytes = file.bytes(new int[0], 0);
        assertThrows(ImportException.class, () -> TfliteImporter.read(ByteBuffer.wrap(bytes), "small"));
    }
}
