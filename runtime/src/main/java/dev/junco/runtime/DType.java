package dev.junco.runtime;

/** Type of a tensor's elements. */
public enum DType {
    /** IEEE 754 binary32. */
    FLOAT32(4),
    /** Signed 8-bit integer, usually with a {@link Quantization}. */
    INT8(1),
    /** Signed 32-bit integer: indices, and the biases of int8 operators. */
    INT32(4);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
