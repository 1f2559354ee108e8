package dev.junco.trainer.data;

import java.nio.ByteBuffer;

/** The types of values in NPY files that are numbers. */
enum NpyType {
    BOOL("b1", 1),
    INT8("i1", 1),
    INT16("i2", 2),
    INT32("i4", 4),
    INT64("i8", 8),
    UINT8("u1", 1),
    UINT16("u2", 2),
    UINT32("u4", 4),
    FLOAT16("f2", 2),
    FLOAT32("f4", 4),
    FLOAT64("f8", 8);

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type of a description without its byte order, or null. */
    static NpyType ofCode(String code) {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        return null;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** A value; whole numbers of 64 bits beyond 2^53 are rounded. */
    double at(ByteBuffer values, int index) {
        int position = index * bytes;
        return switch (this) {
            case BOOL -> values.get(position) == 0 ? 0 : 1;
            case INT8 -> values.get(position);
            case INT16 -> values.getShort(position);
            case INT32 -> values.getInt(position);
            case INT64 -> values.getLong(position);
            case UINT8 -> values.get(position) & 0xFF;
            case UINT16 -> values.getShort(position) & 0xFFFF;
            case UINT32 -> values.getInt(position) & 0xFFFFFFFFL;
            case FLOAT16 -> Float.float16ToFloat(values.getShort(position));
            case FLOAT32 -> values.getFloat(position);
            case FLOAT64 -> values.getDouble(position);
        };
    }
}
