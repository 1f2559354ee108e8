package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a FlatBuffers file, read with bounds checked, and a budget: tables may be shared, so a small file can describe a huge structure;
 * reading stops once far more has been read than the file has bytes. Not thread-safe.
 */
final class FlatBytes {
    /** Reads of a byte that a sound file may cause: several tensors share a buffer, several tables a string. */
    private static final long READS = 64;

    private final ByteBuffer bytes;
    private long budget;

    FlatBytes(ByteBuffer file) {
        this.bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.budget = READS * bytes.limit() + (1 << 16);
    }

    int size() {
        return bytes.limit();
    }

    /** Notes that so many bytes are about to be read or made. */
    void spend(long count) {
        budget -= count;
        if (budget < 0) {
            throw new ImportException("what the file describes takes far more memory than its " + size()
                    + " bytes account for; the file is damaged or made to exhaust memory");
        }
    }

    /** Requires that {@code count} bytes from {@code at} lie in the file, and gives {@code at}. */
    int require(long at, long count, String what) {
        if (at < 0 || count < 0 || at > size() - count) {
            throw damaged(what + " of " + count + " bytes at " + at + " lies outside the file of " + size() + " bytes");
        }
        return (int) at;
    }

    byte int8(long at, String what) {
        return bytes.get(require(at, 1, what));
    }

    int uint16(long at, String what) {
        return bytes.getShort(require(at, 2, what)) & 0xFFFF;
    }

    int int32(long at, String what) {
        return bytes.getInt(require(at, 4, what));
    }

    long int64(long at, String what) {
        return bytes.getLong(require(at, 8, what));
    }

    /** Where the unsigned offset at {@code at} leads. */
    long follow(long at, String what) {
        return at + (int32(at, what) & 0xFFFFFFFFL);
    }

    /** A view of a range, little-endian. */
    ByteBuffer slice(long at, long count, String what) {
        int start = require(at, count, what);
        return bytes.slice(start, (int) count).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ImportException damaged(String what) {
        return new ImportException("the file is damaged: " + what);
    }
}
