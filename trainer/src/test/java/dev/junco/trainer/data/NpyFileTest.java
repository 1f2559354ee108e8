package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
    @TempDir
    Path folder;

    private Path file(int version, String header, byte[] values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(values);
        return Files.write(folder.resolve("array.npy"), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape
                + "), }\n";
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 0000c03f000000c0, 1.5, -2",
        "<f8, 000000000000f83f00000000000000c0, 1.5, -2",
        ">f4, 3fc00000c0000000, 1.5, -2",
        "<f2, 003e00c0, 1.5, -2",
        "|u1, 01ff, 1, 255",
        "|i1, 01fe, 1, -2",
        "|b1, 0001, 0, 1",
        "<i2, 0100feff, 1, -2",
        "<u2, 0100feff, 1, 65534",
        ">i4, 00000001fffffffe, 1, -2",
        "<i4, 01000000feffffff, 1, -2",
        "<i8, 0100000000000000feffffffffffffff, 1, -2"
    })
    void readsEveryType(String type, String hex, float first, float second) throws IOException {
        NpyFile array =
                NpyFile.read(file(1, header(type, false, "2,"), HexFormat.of().parseHex(hex)));
        assertArrayEquals(new int[] {2}, array.dims());
        assertArrayEquals(
                array.dims(),
                NpyFile.read(file(1, header(type, false, "2, "), HexFormat.of().parseHex(hex)))
                        .dims());
        assertArrayEquals(new float[] {first, second}, array.toFloats());
        if (first == (int) first) {
            assertArrayEquals(new int[] {(int) first, (int) second}, array.toInts());
        } else {
            assertRefused(array::toInts, "value 0", "1.5", "whole number");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void readsEveryVersion(int version) throws IOException {
        assertEquals(
                7,
                NpyFile.read(file(version, header("|u1", false, ""), new byte[] {7}))
                        .toInts()[0]);
    }

    @Test
    void bringsFortranOrderIntoRowOrder() throws IOException {
        NpyFile array = NpyFile.read(file(1, header("|u1", true, "2, 3"), new byte[] {1, 4, 2, 5, 3, 6}));
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, array.toInts());
        NpyFile cube = NpyFile.read(file(1, header("|u1", true, "2, 2, 2"), new byte[] {0, 4, 2, 6, 1, 5, 3, 7}));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, cube.toInts());
    }

    @Test
    void writesWhatItReads() {
        Path path = folder.resolve("out.npy");
        NpyFile.write(path, new float[] {1, 2, 3, 4, 5, -0.5f}, 2, 3);
        NpyFile array = NpyFile.read(path);
        assertArrayEquals(new int[] {2, 3}, array.dims());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, -0.5f}, array.toFloats());
        NpyFile.write(path, new int[] {7}, 1);
        assertArrayEquals(new int[] {7}, NpyFile.read(path).toInts());
        NpyFile.write(path, new int[] {7});
        assertArrayEquals(new int[0], NpyFile.read(path).dims());
    }

    /** numpy.save of np.arange(3, dtype='<f4'). */
    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path path = folder.resolve("out.npy");
        NpyFile.write(path, new float[] {0, 1, 2}, 3);
        String start = "\u0093NUMPY\u0001\u0000\u0076\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
        byte[] expected = (start + " ".repeat(127 - start.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(expected, Arrays.copyOf(Files.readAllBytes(path), 128));
        assertEquals(140, Files.size(path));
    }

    @Test
    void leavesNothingBehindWhereItCannotWrite() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        assertRefused(() -> NpyFile.write(taken, new float[1], 1), "taken cannot be written", "is a folder");
        Path absent = folder.resolve("absent/out.npy");
        assertRefused(
                () -> NpyFile.write(absent, new float[1], 1), "out.npy cannot be written", "no such file or folder");
        assertRefused(() -> NpyFile.write(folder.resolve("out.npy"), new float[2], 3), "[3]", "3 values", "2");
        assertArrayEquals(new String[] {"taken"}, folder.toFile().list());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False}; expected a header with",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; expected a header with",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}; '|O' are not supported",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}; '<c8' are not supported",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}; axis 0",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}; axis 0",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}; cut off",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 9)}; more than the file can hold",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}; more bytes"
            })
    void refusesDamage(String header, String expected) throws IOException {
        Path path = file(1, header, new byte[8]);
        assertRefused(() -> NpyFile.read(path), "array.npy", expected);
    }

    @Test
    void refusesWhatIsNoNpy() throws IOException {
        Path path = Files.writeString(folder.resolve("array.npy"), "1,2,3,4,5,6");
        assertRefused(() -> NpyFile.read(path), "not an NPY file");
        assertRefused(() -> NpyFile.read(file(4, "", new byte[8])), "version 1 to 3");
        Path header = file(2, "", new byte[] {1, 2});
        byte[] bytes = Files.readAllBytes(header);
        bytes[11] = 0x7F;
        assertRefused(() -> NpyFile.read(Files.write(header, bytes)), "header claims");
    }
}
