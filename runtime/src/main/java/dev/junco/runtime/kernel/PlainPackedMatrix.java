package dev.junco.runtime.kernel;

/** B as rows of their own arrays, in strips of {@link GemmKernels#WORKSPACE_COLUMNS} columns; a strip is a column block. */
final class PlainPackedMatrix extends PackedMatrix {
    private static final int STRIP = GemmKernels.WORKSPACE_COLUMNS;

    /** Rows of a tile, and of the part of the workspace that holds their chains. */
    private static final int TILE = 4;

    private final float[][][] strips;

    PlainPackedMatrix(int k, int n) {
        super(k, n);
        strips = new float[(n + STRIP - 1) / STRIP][][];
        for (int s = 0; s < strips.length; s++) {
            strips[s] = new float[k][Math.min(STRIP, n - s * STRIP)];
        }
    }

    @Override
    public int columnBlocks() {
        return strips.length;
    }

    @Override
    public int firstColumn(int block) {
        return Math.min(block * STRIP, n());
    }

    @Override
    public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
        for (int s = fromBlock; s < toBlock; s++) {
            int from = offset + s * STRIP * columnStride;
            if (columnStride == 1) {
                for (int p = 0; p < k(); p++) {
                    float[] row = strips[s][p];
                    System.arraycopy(source, from + p * rowStride, row, 0, row.length);
                }
            } else {
                transpose(source, from, rowStride, columnStride, strips[s]);
            }
        }
    }

    /** In blocks of 16 rows, so that each source line is used whole while it is near. */
    private static void transpose(float[] source, int offset, int rowStride, int columnStride, float[][] rows) {
        for (int block = 0; block < rows.length; block += 16) {
            int end = Math.min(block + 16, rows.length);
            for (int j = 0; j < rows[0].length; j++) {
                int at = offset + j * columnStride;
                for (int p = block; p < end; p++) {
                    rows[p][j] = source[at + p * rowStride];
                }
            }
        }
    }

    @Override
    public void multiply(
            RowSource a,
            int fromRow,
            int toRow,
            int fromBlock,
            int toBlock,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi,
            float[][] workspace) {
        for (int s = fromBlock; s < toBlock; s++) {
            int initAt = initOffset + s * STRIP;
            int cAt = cOffset + s * STRIP;
            int i = fromRow;
            while (i < toRow) {
                int rows = toRow - i < TILE ? 1 : TILE;
                rows(a, i, rows, strips[s], init, initAt, initStride, c, cAt, cStride, lo, hi, workspace);
                i += rows;
            }
        }
    }

    /** One row or a tile, in a method that compilers meet often: compiled for the loops around it, it would be compiled again for each of them. */
    private static void rows(
            RowSource a,
            int i,
            int rows,
            float[][] strip,
            float[] init,
            int initAt,
            int initStride,
            float[] c,
            int cAt,
            int cStride,
            float lo,
            float hi,
            float[][] workspace) {
        int n = strip[0].length;
        for (int r = 0; r < rows; r++) {
            System.arraycopy(init, initAt + (i + r) * initStride, workspace[r], 0, n);
        }
        if (rows == 1) {
            row(a, i, strip, n, workspace[0]);
        } else {
            tile(a, i, strip, n, workspace[0], workspace[1], workspace[2], workspace[3]);
        }
        boolean clamps = lo > Float.NEGATIVE_INFINITY || hi < Float.POSITIVE_INFINITY;
        for (int r = 0; r < rows; r++) {
            if (clamps) {
                PlainTiles.clamp(n, workspace[r], lo, hi);
            }
            System.arraycopy(workspace[r], 0, c, cAt + (i + r) * cStride, n);
        }
    }

    private static void tile(RowSource a, int i, float[][] b, int n, float[] c0, float[] c1, float[] c2, float[] c3) {
        float[] x = a.data();
        int length = a.segmentLength();
        for (int s = 0; s < a.segments().length; s++) {
            int at = a.base() + a.segments()[s];
            int a0 = at + a.rows()[i];
            int a1 = at + a.rows()[i + 1];
            int a2 = at + a.rows()[i + 2];
            int a3 = at + a.rows()[i + 3];
            int p = s * length;
            int q = 0;
            for (; q + 2 <= length; q += 2) {
                PlainTiles.rows4x2(
                        n,
                        c0,
                        c1,
                        c2,
                        c3,
                        b[p + q],
                        b[p + q + 1],
                        x[a0 + q],
                        x[a0 + q + 1],
                        x[a1 + q],
                        x[a1 + q + 1],
                        x[a2 + q],
                        x[a2 + q + 1],
                        x[a3 + q],
                        x[a3 + q + 1]);
            }
            if (q < length) {
                PlainTiles.rows4x1(n, c0, c1, c2, c3, b[p + q], x[a0 + q], x[a1 + q], x[a2 + q], x[a3 + q]);
            }
        }
    }

    private static void row(RowSource a, int i, float[][] b, int n, float[] c) {
        float[] x = a.data();
        int length = a.segmentLength();
        for (int s = 0; s < a.segments().length; s++) {
            int at = a.base() + a.segments()[s] + a.rows()[i];
            int p = s * length;
            int q = 0;
            for (; q + 4 <= length; q += 4) {
                PlainTiles.row1x4(
                        n,
                        c,
                        b[p + q],
                        b[p + q + 1],
                        b[p + q + 2],
                        b[p + q + 3],
                        x[at + q],
                        x[at + q + 1],
                        x[at + q + 2],
                        x[at + q + 3]);
            }
            for (; q < length; q++) {
                PlainTiles.row1x1(n, c, b[p + q], x[at + q]);
            }
        }
    }
}
