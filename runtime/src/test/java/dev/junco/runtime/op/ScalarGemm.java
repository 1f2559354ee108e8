package dev.junco.runtime.op;

import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;

/** Products by their definition, one chain of fused multiply-adds after the other; packed in blocks of three columns. */
final class ScalarGemm implements GemmKernels {
    @Override
    public PackedMatrix allocate(int k, int n) {
        float[] b = new float[k * n];
        return new PackedMatrix(k, n) {
            @Override
            public int columnBlocks() {
                return (n + 2) / 3;
            }

            @Override
            public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
                for (int p = 0; p < k; p++) {
                    for (int j = fromBlock * 3; j < Math.min(n, toBlock * 3); j++) {
                        b[p * n + j] = source[offset + p * rowStride + j * columnStride];
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
                for (int i = fromRow; i < toRow; i++) {
                    for (int j = fromBlock * 3; j < Math.min(n, toBlock * 3); j++) {
                        float sum = init[initOffset + i * initStride + j];
                        for (int p = 0; p < k; p++) {
                            int segment = a.segments()[p / a.segmentLength()];
                            float left = a.data()[a.base() + a.rows()[i] + segment + p % a.segmentLength()];
                            sum = Math.fma(left, b[p * n + j], sum);
                        }
                        c[cOffset + i * cStride + j] = Math.min(Math.max(sum, lo), hi);
                    }
                }
            }
        };
    }

    @Override
    public void multiplyTransposed(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            int n,
            float[] c,
            int cOffset,
            int cStride,
            float[][] workspace) {
        throw new UnsupportedOperationException();
    }
}
