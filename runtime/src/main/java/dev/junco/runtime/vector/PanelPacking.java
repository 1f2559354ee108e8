package dev.junco.runtime.vector;

/** Fills one panel {@code [k][width]} of a packed matrix; columns from {@code columns} to {@code width} stay untouched. */
final class PanelPacking {
    /** Depth of a block of the transposition: one cache line of each source row, reused while it is near. */
    private static final int BLOCK = 16;

    private PanelPacking() {}

    /** From a source whose rows are contiguous. */
    static void copy(
            float[] source, int offset, int rowStride, float[] panel, int panelOffset, int width, int k, int columns) {
        for (int p = 0; p < k; p++) {
            System.arraycopy(source, offset + p * rowStride, panel, panelOffset + p * width, columns);
        }
    }

    /** From a source with any strides, best where {@code rowStride} is 1. */
    static void transpose(
            float[] source,
            int offset,
            int rowStride,
            int columnStride,
            float[] panel,
            int panelOffset,
            int width,
            int k,
            int columns) {
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(from + BLOCK, k);
            for (int j = 0; j < columns; j++) {
                int at = offset + j * columnStride;
                int into = panelOffset + j;
                for (int p = from; p < to; p++) {
                    panel[into + p * width] = source[at + p * rowStride];
                }
            }
        }
    }
}
