package dev.junco.runtime.kernel;

/**
 * The left operand of a matrix product as a view of an array, so that dense layers, convolutions and grouped
 * convolutions are one product and no patch is ever copied (implicit GEMM).
 *
 * <p>{@code A[i][s * segmentLength + q] = data[base + rows[i] + segments[s] + q]}: a row is an output pixel, a
 * segment is a contiguous run of the input under the filter ({@code kernelWidth * channels} values of one input row
 * where the dilation is 1, {@code channels} values otherwise). A dense layer has one segment.
 *
 * @param data the array that holds A
 * @param base added to every offset
 * @param rows start of each row; within each run of {@code rowRun} rows the starts are {@code rowStride} apart
 * @param rowRun length of the runs with equal spacing (output width of a convolution); divides {@code rows.length}
 * @param rowStride distance of two rows of a run
 * @param segments start of each segment relative to the row
 * @param segmentLength length of every segment; {@code segments.length * segmentLength} is the depth K
 */
public record RowSource(
        float[] data, int base, int[] rows, int rowRun, int rowStride, int[] segments, int segmentLength) {

    /** A dense matrix: {@code A[i][p] = data[base + i * stride + p]}. */
    public static RowSource dense(float[] data, int base, int m, int k, int stride) {
        int[] rows = new int[m];
        for (int i = 0; i < m; i++) {
            rows[i] = i * stride;
        }
        return new RowSource(data, base, rows, m, stride, new int[] {0}, k);
    }

    /** Number of rows M. */
    public int m() {
        return rows.length;
    }

    /** Depth K. */
    public int k() {
        return segments.length * segmentLength;
    }
}
