package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.RowSource;

/** The last columns of a packed matrix, which do not fill a vector: the panel is filled up with zeros. */
final class PartialTail {
    private final GemmTiles tiles;
    private final float[] data;
    private final int dataOffset;
    private final int firstColumn;
    private final int columns;

    /**
     * The columns {@code [firstColumn, n)}.
     *
     * @param data the matrix, of which the panel begins at {@code dataOffset}
     */
    PartialTail(GemmTiles tiles, float[] data, int dataOffset, int firstColumn, int n) {
        this.tiles = tiles;
        this.data = data;
        this.dataOffset = dataOffset;
        this.firstColumn = firstColumn;
        this.columns = n - firstColumn;
    }

    /**
     * These columns of {@link VectorPackedMatrix#multiply}. With {@code overlap} whole vectors are stored: what lies beyond the last column is the beginning of rows that are
     * computed later. The last rows, and all others without it, are computed in a scratch tile.
     */
    void multiply(
            RowSource a,
            int fromRow,
            int toRow,
            boolean overlap,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi,
            float[][] workspace) {
        int lanes = tiles.lanes();
        int height = tiles.tailRows();
        int initAt = initOffset + firstColumn;
        int cAt = cOffset + firstColumn;
        float[] start = workspace[0];
        float[] tile = workspace[1];
        int startStride = initStride == 0 ? 0 : lanes;
        if (initStride == 0) {
            VectorGemmKernels.copy(init, initAt, 0, start, 0, lanes, 1, columns);
        }
        int i = fromRow;
        for (; overlap && (i + height - 1) * cStride + firstColumn + lanes <= toRow * cStride; i += height) {
            tile(tiles, a, i, i + height - 1, data, dataOffset, start, 0, 0, c, cAt, cStride, lo, hi);
        }
        for (; i < toRow; i += height) {
            int rows = Math.min(height, toRow - i);
            if (initStride != 0) {
                VectorGemmKernels.copy(init, initAt + i * initStride, initStride, start, 0, lanes, rows, columns);
            }
            tile(
                    tiles,
                    a,
                    i,
                    i + rows - 1,
                    data,
                    dataOffset,
                    start,
                    -i * startStride,
                    startStride,
                    tile,
                    -i * lanes,
                    lanes,
                    lo,
                    hi);
            VectorGemmKernels.copy(tile, 0, lanes, c, cAt + i * cStride, cStride, rows, columns);
        }
    }

    /** Some rows by a panel of one vector, whole or not. */
    static void tile(
            GemmTiles tiles,
            RowSource a,
            int row,
            int last,
            float[] data,
            int dataOffset,
            float[] init,
            int initAt,
            int initStride,
            float[] c,
            int cAt,
            int cStride,
            float lo,
            float hi) {
        tiles.multiplyTail(
                a.data(),
                a.base(),
                a.rows(),
                row,
                last,
                a.segments(),
                a.segmentLength(),
                data,
                dataOffset,
                init,
                initAt,
                initStride,
                c,
                cAt,
                cStride,
                lo,
                hi);
    }
}
