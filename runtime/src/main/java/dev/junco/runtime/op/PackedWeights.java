package dev.junco.runtime.op;

import dev.junco.runtime.kernel.PackedMatrix;

/**
 * Constant weights packed for the kernels in use; packed once for a model, shared by its interpreters, and packed anew in the
 * background when faster kernels take over. Thread-safe.
 */
public final class PackedWeights {
    private volatile PackedMatrix matrix;

    public PackedWeights(PackedMatrix matrix) {
        this.matrix = matrix;
    }

    /** The packed matrix to use now. */
    public PackedMatrix matrix() {
        return matrix;
    }

    /** Puts another packing of the same weights in place. */
    public void replace(PackedMatrix packed) {
        matrix = packed;
    }
}
