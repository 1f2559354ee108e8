package dev.junco.trainer.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** What the tests of readers share. */
final class TestFiles {
    private TestFiles() {}

    /** A file or folder of the local collection of data sets; skips the test where there is none. */
    static Path collection(String path) {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null && Files.exists(Path.of(root, path)), "JUNCO_DATA does not lead to " + path);
        return Path.of(root, path);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    /** The action fails with one clear sentence that holds every part. */
    static void assertRefused(Executable action, String... parts) {
        DataException e = assertThrows(DataException.class, action);
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), "expected «" + part + "» in: " + e.getMessage());
        }
        assertFalse(e.getMessage().contains("Exception"), e.getMessage());
        assertFalse(e.getMessage().contains(" null"), e.getMessage());
    }
}
