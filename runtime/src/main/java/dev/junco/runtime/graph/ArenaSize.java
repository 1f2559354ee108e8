package dev.junco.runtime.graph;

/**
 * The exact memory that a planned graph needs for activations and scratch.
 *
 * @param float32Bytes bytes of the float arena
 * @param int8Bytes bytes of the byte arena, for INT8 and BOOL
 * @param int32Bytes bytes of the int arena
 * @param int16Bytes bytes of the short arena
 */
public record ArenaSize(long float32Bytes, long int8Bytes, long int32Bytes, long int16Bytes) {
    /** All arenas together. */
    public long totalBytes() {
        return float32Bytes + int8Bytes + int32Bytes + int16Bytes;
    }

    /** Written out, because the first call of what the compiler makes for a record costs a fresh JVM 10 ms; loading compares. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ArenaSize
                && float32Bytes == ((ArenaSize) other).float32Bytes
                && int8Bytes == ((ArenaSize) other).int8Bytes
                && int32Bytes == ((ArenaSize) other).int32Bytes
                && int16Bytes == ((ArenaSize) other).int16Bytes;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(float32Bytes + 31 * (int8Bytes + 31 * (int32Bytes + 31 * int16Bytes)));
    }
}
