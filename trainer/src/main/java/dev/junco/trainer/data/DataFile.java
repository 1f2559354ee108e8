package dev.junco.trainer.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that data is read from: opened with clear complaints, unpacked where its content (not its name) says gzip, and
 * read without trusting the sizes that it claims.
 *
 * @param name what complaints call the file
 * @param stream its bytes, unpacked
 * @param mostBytes no more bytes than this can come: the file's size, or for gzip what the best ratio would give
 */
record DataFile(String name, InputStream stream, long mostBytes) implements AutoCloseable {
    /** Deflate cannot do better: 258 bytes from 2 bits. */
    private static final long BEST_RATIO = 1032;

    private static final int BUFFER = 1 << 16;

    static DataFile open(Path path) {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw new DataException(name + " is a folder; expected a file.");
        }
        if (!Files.exists(path)) {
            throw new DataException("There is no file " + name + ".");
        }
        try {
            return open(name, Files.newInputStream(path), Files.size(path));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Takes over {@code raw}; {@code size} is its length in bytes. */
    static DataFile open(String name, InputStream raw, long size) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        try {
            buffered.mark(2);
            boolean packed = buffered.read() == 0x1F && buffered.read() == 0x8B;
            buffered.reset();
            return packed
                    ? new DataFile(name, new GZIPInputStream(buffered, BUFFER), size * BEST_RATIO)
                    : new DataFile(name, buffered, size);
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }

    /**
     * Exactly {@code count} bytes. The array grows with what arrives, so a lie about the size costs no memory.
     *
     * @param what what the bytes are, for the complaint
     */
    byte[] read(long count, String what) {
        if (count > mostBytes || count > Integer.MAX_VALUE - 8) {
            throw new DataException(name + ": the header promises " + count + " bytes of " + what + ", "
                    + (count > mostBytes
                            ? "more than the file can hold; it is damaged or cut off."
                            : "more than fit in memory as one array."));
        }
        if (count > Runtime.getRuntime().maxMemory()) {
            throw new DataException(name + ": " + what + " need " + (count >> 20) + " MiB of memory, but Java may use "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; allow more with -Xmx.");
        }
        byte[] bytes;
        try {
            bytes = stream.readNBytes((int) count);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        if (bytes.length < count) {
            throw new DataException(name + ": expected " + count + " bytes of " + what + ", but the file ends after "
                    + bytes.length + "; it is cut off.");
        }
        return bytes;
    }

    /** All bytes up to the end. */
    byte[] readAll() {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    name + ": the content is too large for one array in Java's memory of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; allow more with -Xmx.",
                    e);
        }
    }

    /** Complains where anything is left to read, and reads gzip's checksum on the way. */
    void expectEnd(String what) {
        try {
            if (stream.read() >= 0) {
                throw new DataException(name + ": there are more bytes than the " + what
                        + " that the header promises; the header or the file is damaged.");
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    static DataException unreadable(String name, IOException e) {
        return switch (e) {
            case EOFException end ->
                new DataException(name + ": the compressed data ends too early; the file is cut off.", e);
            case ZipException zip ->
                new DataException(name + ": the compressed data is damaged (" + zip.getMessage() + ").", e);
            default -> new DataException(name + " cannot be read: " + reason(e) + ".", e);
        };
    }

    static DataException unwritable(Path path, IOException e) {
        return new DataException(path + " cannot be written: " + reason(e) + ".", e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException absent -> "there is no such file or folder";
            case AccessDeniedException denied -> "access is denied";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> e.getMessage() == null ? "input or output failed" : e.getMessage();
        };
    }
}
