package dev.junco.runtime.kernel;

/** B as columns of bytes, each an array of its own, so that a product reads both of its rows from index 0 on. One column block. */
final class DotMatrix extends PackedMatrix {
    private final byte[][] columns;

    DotMatrix(int k, int n) {
        super(k, n);
        columns = new byte[n][k];
    }

    @Override
    public int columnBlocks() {
        return 1;
    }

    @Override
    public int firstColumn(int block) {
        return block == 0 ? 0 : n();
    }

    @Override
    public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
        for (int j = 0; j < n() && fromBlock < toBlock; j++) {
            byte[] column = columns[j];
            int from = offset + j * columnStride;
            for (int p = 0; p < column.length; p++) {
                column[p] = (byte) source[from + p * rowStride];
            }
        }
    }

    @Override
    public void multiplyBytes(byte[] a, float[] init, float[] c, int cOffset) {
        for (int j = 0; j < columns.length; j++) {
            c[cOffset + j] = init[j] + dot(columns[j], a);
        }
    }

    /** Bare indices, one sum, nothing else: the form that ART's compiler knows. */
    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int p = 0; p < a.length; p++) {
            sum += a[p] * b[p];
        }
        return sum;
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
        for (int i = fromRow; i < toRow && fromBlock < toBlock; i++) {
            int row = a.base() + a.rows()[i] + a.segments()[0];
            for (int j = 0; j < columns.length; j++) {
                float sum = init[initOffset + i * initStride + j] + dot(columns[j], a.data(), row);
                c[cOffset + i * cStride + j] = Math.min(Math.max(sum, lo), hi);
            }
        }
    }

    private static int dot(byte[] a, float[] b, int offset) {
        int sum = 0;
        for (int p = 0; p < a.length; p++) {
            sum += a[p] * (int) b[offset + p];
        }
        return sum;
    }
}
