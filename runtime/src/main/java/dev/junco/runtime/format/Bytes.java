package dev.junco.runtime.format;

import dev.junco.runtime.format.fb.BufferDef;
import dev.junco.runtime.format.fb.ModelFile;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Views and digests of buffers. */
final class Bytes {
    /**
     * Files up to this size are handled in the way that starts soonest: read instead of mapped, hashed by {@link Sha256}. On a fresh JVM of a
     * desktop mapping and the platform's digest cost 30 to 60 ms each before they have done anything; from about here on their speed makes up for it.
     */
    static final int SMALL = 4 << 20;

    private Bytes() {}

    /** A read-only little-endian view of the remaining bytes, starting at index 0. */
    static ByteBuffer view(ByteBuffer bytes) {
        return bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes {@code [from, to)} of a buffer as a view of their own. */
    static ByteBuffer slice(ByteBuffer bytes, int from, int to) {
        // Called through Buffer, because ByteBuffer's own versions of these methods are younger than Android API 26.
        Buffer part = bytes.duplicate();
        part.limit(to);
        part.position(from);
        return ((ByteBuffer) part).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A buffer of a verified file as a view of its own. */
    static ByteBuffer blob(ByteBuffer file, ModelFile root, int buffer) {
        BufferDef range = root.buffers(buffer);
        int from = (int) (root.seal().dataOffset() + range.offset());
        return slice(file, from, from + (int) range.bytes());
    }

    /** SHA-256 of the remaining bytes of all pieces in order. */
    static byte[] sha256(List<ByteBuffer> pieces) {
        long length = 0;
        for (ByteBuffer piece : pieces) {
            length += piece.remaining();
        }
        return length <= SMALL ? Sha256.of(pieces) : PlatformSha256.of(pieces);
    }

    /** A class of its own, so that small files load nothing of java.security. */
    private static final class PlatformSha256 {
        static byte[] of(List<ByteBuffer> pieces) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (ByteBuffer piece : pieces) {
                    digest.update(piece.duplicate());
                }
                return digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }
    }
}
