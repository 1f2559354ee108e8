package dev.junco.trainer.data;

import java.nio.ByteBuffer;

/** The types of values in IDX files. */
enum IdxType {
    UINT8(0x08, 1),
    INT8(0x09, 1),
    INT16(0x0B, 2),
    INT32(0x0C, 4),
    FLOAT32(0x0D, 4),
    FLOAT64(0x0E, 8);

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type of a header's third byte, or null. */
    static IdxType ofCode(int code) {
        for (IdxType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** The next value of a big-endian buffer. */
    double next(ByteBuffer values) {
        return switch (this) {
            case UINT8 -> values.get() & 0xFF;
            case INT8 -> values.get();
            case INT16 -> values.getShort();
            case INT32 -> values.getInt();
            case FLOAT32 -> values.getFloat();
            case FLOAT64 -> values.getDouble();
        };
    }
}
