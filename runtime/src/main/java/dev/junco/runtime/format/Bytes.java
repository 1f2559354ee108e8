package dev.junco.runtime.format;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Views and digests of buffers. */
final class Bytes {
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

    /** SHA-256 of the remaining bytes of all pieces in order. */
    static byte[] sha256(List<ByteBuffer> pieces) {
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
