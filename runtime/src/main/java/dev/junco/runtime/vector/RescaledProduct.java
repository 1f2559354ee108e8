package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.kernel.SingleRounding;

/**
 * Products of int8 values: sums become results while they are in registers or still near. The walk over rows and panels is that of {@link
 * VectorPackedMatrix}.
 */
final class RescaledProduct {
    private RescaledProduct() {}

    /** Whether each channel has a one-sided line, and constants go on where the last columns do not fill a vector. */
    static boolean isPossible(VectorPackedMatrix b, Rescaling rescaling) {
        SingleRounding rounding = rescaling.singleRounding();
        int last = b.columnBlocks() - 1;
        return rescaling.isOneSided()
                && rounding.isComplete()
                && (b.n() % b.lanes() == 0 || b.column(last) + b.lanes() <= rescaling.period());
    }

    static void multiply(
            VectorPackedMatrix b,
            GemmTiles tiles,
            RowSource a,
            int fromRow,
            int toRow,
            float[] init,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding,
            float[][] workspace) {
        for (int row = fromRow; row < toRow; row += VectorPackedMatrix.ROW_BLOCK) {
            int end = Math.min(row + VectorPackedMatrix.ROW_BLOCK, toRow);
            if (b.n() % b.lanes() > 0) {
                // first, because it is stored over the first columns of the rows that follow
                partialTail(b, tiles, a, row, end, init, c, cOffset, cStride, rounding, workspace);
            }
            for (int block = 0; block < b.panels(); block++) {
                panel(b, tiles, a, row, end, block, init, c, cOffset, cStride, rounding);
            }
            for (int block = b.panels(); block < b.columnBlocks() && b.column(block) + b.lanes() <= b.n(); block++) {
                int column = b.column(block);
                for (int i = row; i < end; i += tiles.tailRows()) {
                    tile(b, tiles, a, i, end - 1, block, init, column, c, cOffset + column, cStride, rounding);
                }
            }
        }
    }

    private static void panel(
            VectorPackedMatrix b,
            GemmTiles tiles,
            RowSource a,
            int fromRow,
            int toRow,
            int block,
            float[] init,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding) {
        int column = b.column(block);
        int cAt = cOffset + column;
        float lo = Float.NEGATIVE_INFINITY;
        float hi = Float.POSITIVE_INFINITY;
        int i = fromRow;
        while (i < toRow) {
            boolean main = toRow - i > tiles.mainRows() - tiles.smallRows();
            if (main) {
                tiles.multiplyMain(
                        a.data(),
                        a.base(),
                        a.rows(),
                        i,
                        toRow - 1,
                        a.segments(),
                        a.segmentLength(),
                        b.data(),
                        b.dataOffset(block),
                        init,
                        column,
                        0,
                        c,
                        cAt,
                        cStride,
                        lo,
                        hi);
            } else {
                tiles.multiplySmall(
                        a.data(),
                        a.base(),
                        a.rows(),
                        i,
                        toRow - 1,
                        a.segments(),
                        a.segmentLength(),
                        b.data(),
                        b.dataOffset(block),
                        init,
                        column,
                        0,
                        c,
                        cAt,
                        cStride,
                        lo,
                        hi);
            }
            i += main ? tiles.mainRows() : tiles.smallRows();
        }
        tiles.rescale(c, cAt, cStride, fromRow, toRow - 1, rounding, column);
    }

    private static void tile(
            VectorPackedMatrix b,
            GemmTiles tiles,
            RowSource a,
            int row,
            int last,
            int block,
            float[] init,
            int initAt,
            float[] c,
            int cAt,
            int cStride,
            SingleRounding rounding) {
        tiles.rescaledTail(
                a.data(),
                a.base(),
                a.rows(),
                row,
                last,
                a.segments(),
                a.segmentLength(),
                b.data(),
                b.dataOffset(block),
                init,
                initAt,
                0,
                c,
                cAt,
                cStride,
                rounding,
                b.column(block));
    }

    /** As {@link VectorPackedMatrix} does it: whole vectors are stored over the beginning of rows to come, the last ones by way of a scratch tile. */
    private static void partialTail(
            VectorPackedMatrix b,
            GemmTiles tiles,
            RowSource a,
            int fromRow,
            int toRow,
            float[] init,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding,
            float[][] workspace) {
        int block = b.columnBlocks() - 1;
        int column = b.column(block);
        int height = tiles.tailRows();
        float[] start = workspace[0];
        float[] scratch = workspace[1];
        int lanes = b.lanes();
        VectorGemmKernels.copy(init, column, 0, start, 0, lanes, 1, b.n() - column);
        int cAt = cOffset + column;
        int i = fromRow;
        for (; cStride == b.n() && (i + height - 1) * cStride + column + lanes <= toRow * cStride; i += height) {
            tile(b, tiles, a, i, i + height - 1, block, start, 0, c, cAt, cStride, rounding);
        }
        for (; i < toRow; i += height) {
            int rows = Math.min(height, toRow - i);
            tile(b, tiles, a, i, i + rows - 1, block, start, 0, scratch, -i * lanes, lanes, rounding);
            VectorGemmKernels.copy(scratch, 0, lanes, c, cAt + i * cStride, cStride, rows, b.n() - column);
        }
    }
}
