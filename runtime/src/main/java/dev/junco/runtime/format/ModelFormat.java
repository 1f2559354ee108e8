package dev.junco.runtime.format;

/** Numbers of the model file; {@code model.fbs} tells their meaning. */
final class ModelFormat {
    /** Version of the layout: the only one so far. */
    static final int VERSION = 1;
    /** This release as {@code minimum_runtime} counts: 10000 · major + 100 · minor + patch. */
    static final int RUNTIME = 100;
    /** The release that introduced all that is in the schema today. */
    static final int FIRST_RUNTIME = 100;
    /** Alignment of blobs: a cache line, and the widest vector register. */
    static final int ALIGNMENT = 64;
    /** Most axes of a tensor; bounds the work on a shape that one byte of a file can cause. */
    static final int MAX_RANK = 8;
    /** Most bytes before the data section: two orders above the largest real models, and what it unpacks to still fits a phone. */
    static final int MAX_DESCRIPTION = 16 << 20;
    /** Bytes of a SHA-256 and its position in {@code Seal}. */
    static final int SHA256_BYTES = 32;

    static final int SHA256_IN_SEAL = 16;

    private ModelFormat() {}

    /** The next multiple of {@link #ALIGNMENT}. */
    static long align(long position) {
        return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** For example {@code 0.1.0}. */
    static String release(int number) {
        return number / 10000 + "." + number / 100 % 100 + "." + number % 100;
    }
}
