package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.kernel.SingleRounding;

/** Panels of {@link VectorPackedMatrix#multiplyRescaled}: all whose channels have lines, rows by rows in tiles. */
final class RescaledPanel {
    private RescaledPanel() {}

    /** A panel of the main tile's width, from channel {@code column} on; the first row that is left. */
    static int main(
            GemmTiles tiles,
            RowSource a,
            int fromRow,
            int toRow,
            float[] data,
            int dataOffset,
            float[] init,
            int column,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding) {
        int height = tiles.rescaledRows();
        if (toRow - fromRow > height && toRow - fromRow <= tiles.mainRows()) {
            return fromRow; // one main tile passes over the weights once
        }
        int row = fromRow;
        for (; toRow - row > height - tiles.smallRows(); row += height) {
            tiles.multiplyRescaled(
                    a.data(),
                    a.base(),
                    a.rows(),
                    row,
                    toRow - 1,
                    a.segments(),
                    a.segmentLength(),
                    data,
                    dataOffset,
                    init,
                    column,
                    0,
                    c,
                    cOffset + column,
                    cStride,
                    rounding,
                    column);
        }
        return Math.min(row, toRow);
    }

    /** A panel of one vector, all rows. */
    static int tail(
            GemmTiles tiles,
            RowSource a,
            int fromRow,
            int toRow,
            float[] data,
            int dataOffset,
            float[] init,
            int column,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding) {
        for (int row = fromRow; row < toRow; row += tiles.tailRows()) {
            tiles.multiplyRescaledTail(
                    a.data(),
                    a.base(),
                    a.rows(),
                    row,
                    toRow - 1,
                    a.segments(),
                    a.segmentLength(),
                    data,
                    dataOffset,
                    init,
                    column,
                    0,
                    c,
                    cOffset + column,
                    cStride,
                    rounding,
                    column);
        }
        return toRow;
    }
}
