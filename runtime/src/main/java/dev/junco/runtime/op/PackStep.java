package dev.junco.runtime.op;

import dev.junco.runtime.kernel.PackedMatrix;

/** Packs weights that change from run to run; a unit is a block of columns. */
public final class PackStep extends Step {
    private final PackedMatrix matrix;
    private final FloatRef weights;
    private final Packing packing;

    /** A step that fills {@code matrix} from {@code weights} as {@code packing} tells. */
    public PackStep(PackedMatrix matrix, FloatRef weights, Packing packing) {
        super((long) matrix.k() * matrix.n());
        this.matrix = matrix;
        this.weights = weights;
        this.packing = packing;
    }

    @Override
    public int units() {
        return matrix.columnBlocks();
    }

    @Override
    public void run(int from, int to, int worker) {
        matrix.pack(
                weights.array(),
                weights.offset() + packing.offset(),
                packing.rowStride(),
                packing.columnStride(),
                from,
                to);
    }
}
