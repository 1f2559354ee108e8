package dev.junco.runtime.format;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.graph.ModelContent;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Turns a model into the bytes of a {@code .junco} file. Equal content gives equal bytes. */
public final class ModelWriter {
    private ModelWriter() {}

    /**
     * The file in a new array.
     *
     * @throws JuncoException if the model holds something that a file cannot hold
     */
    public static byte[] toBytes(ModelContent content) {
        List<ByteBuffer> pieces = pieces(content);
        long total = 0;
        for (ByteBuffer piece : pieces) {
            total += piece.remaining();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) total);
        for (ByteBuffer piece : pieces) {
            bytes.put(piece);
        }
        return bytes.array();
    }

    /**
     * Writes the file: to another name in the same folder, forced to the disk, then renamed. So the path holds either what it held
     * before or the whole new model, whatever happens in between.
     *
     * @throws JuncoException if the model holds something that a file cannot hold, or the file cannot be written; then nothing is left
     */
    public static void write(ModelContent content, Path path) {
        List<ByteBuffer> pieces = pieces(content);
        Path target = path.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new JuncoException("cannot write the model to '" + path + "': that is a folder; name a file");
        }
        Path part = target.resolveSibling(".junco-" + Long.toHexString(System.nanoTime()) + ".part");
        boolean created = false;
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                created = true;
                for (ByteBuffer piece : pieces) {
                    while (piece.hasRemaining()) {
                        channel.write(piece);
                    }
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            created = false;
        } catch (IOException e) {
            throw new JuncoException(
                    "cannot write the model to '" + path + "': " + FileTrouble.reason(e) + "; nothing was written", e);
        } finally {
            if (created) {
                discard(part);
            }
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The reason why writing failed is on its way and matters more.
            return;
        }
    }

    /** The file in pieces: the description, then padding and blobs in turn. */
    private static List<ByteBuffer> pieces(ModelContent content) {
        BlobTable blobs = new BlobTable();
        byte[] description = new DescriptionWriter(blobs).write(content);
        long dataOffset = ModelFormat.align(description.length);
        long fileBytes = dataOffset + blobs.end();
        if (fileBytes > Integer.MAX_VALUE) {
            throw new JuncoException(
                    "the model needs a file of " + fileBytes + " bytes; a model file has less than 2^31");
        }
        ByteBuffer head = ByteBuffer.allocate((int) dataOffset).order(ByteOrder.LITTLE_ENDIAN);
        head.put(description);
        ((Buffer) head).flip();
        ((Buffer) head).limit((int) dataOffset);
        int seal = RootTable.field(head, RootTable.SEAL);
        head.putLong(seal, fileBytes);
        head.putLong(seal + Long.BYTES, dataOffset);
        requireReadable(head);
        List<ByteBuffer> pieces = new ArrayList<>();
        pieces.add(head);
        blobs.appendTo(pieces);
        byte[] digest = Bytes.sha256(pieces);
        for (int i = 0; i < digest.length; i++) {
            head.put(seal + ModelFormat.SHA256_IN_SEAL + i, digest[i]);
        }
        return pieces;
    }

    /** What no reader would take is not written. */
    private static void requireReadable(ByteBuffer description) {
        try {
            ModelVerifier.verifyDescription(Bytes.view(description), description.limit());
        } catch (ModelFormatException | UnsupportedModelException e) {
            throw new JuncoException("this model cannot be stored in a file: " + e.getMessage(), e);
        }
    }
}
