package dev.junco.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that appear whole or not at all, also where the disk is full or the power fails. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes next to {@code path} under another name, forces the bytes to disk, then renames; what was at {@code path}
     * stays until then.
     *
     * @throws DataException if the file cannot be written; nothing is left behind
     */
    public static void write(Path path, byte[] content) {
        Path target = path.toAbsolutePath();
        Path draft = target.resolveSibling(target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.isDirectory(target)) {
                throw new DataException(path + " cannot be written: it is a folder.");
            }
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DataFile.unwritable(path, e);
        } finally {
            deleteQuietly(draft);
        }
    }

    private static void deleteQuietly(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // What made the writing fail has been told already.
        }
    }
}
