package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.ReductionKernels;
import dev.junco.runtime.kernel.fma.FmaReductionKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums, maxima and softmax on 512-bit vectors. The 16 virtual lanes are one, two or four vectors, and the branches on
 * {@code LANES} leave what the width needs. Runs shorter than a vector go to the plain kernels; nothing is computed on
 * vectors of another width.
 */
public final class VectorReductionKernels512 implements ReductionKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    /** Each lane's place is taken by the one so many lanes on. */
    private static final VectorShuffle<Float> EIGHT_ON = VectorShuffle.iota(F, 8, 1, true);

    private static final VectorShuffle<Float> FOUR_ON = VectorShuffle.iota(F, 4, 1, true);
    private static final ReductionKernels PLAIN = new FmaReductionKernels();

    @Override
    public float sum(float[] x, int xOffset, int n) {
        if (n < LANES) {
            return PLAIN.sum(x, xOffset, n);
        }
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= n - ReductionKernels.LANES; i += ReductionKernels.LANES) {
            s0 = FloatVector.fromArray(F, x, xOffset + i).add(s0);
            if (LANES < 16) {
                s1 = FloatVector.fromArray(F, x, xOffset + i + LANES).add(s1);
            }
            if (LANES < 8) {
                s2 = FloatVector.fromArray(F, x, xOffset + i + 2 * LANES).add(s2);
                s3 = FloatVector.fromArray(F, x, xOffset + i + 3 * LANES).add(s3);
            }
        }
        int whole = 0;
        if (LANES < 16 && i + LANES <= n) {
            s0 = FloatVector.fromArray(F, x, xOffset + i).add(s0);
            whole++;
        }
        if (LANES < 8 && i + 2 * LANES <= n) {
            s1 = FloatVector.fromArray(F, x, xOffset + i + LANES).add(s1);
            whole++;
        }
        if (LANES < 8 && i + 3 * LANES <= n) {
            s2 = FloatVector.fromArray(F, x, xOffset + i + 2 * LANES).add(s2);
            whole++;
        }
        i += whole * LANES;
        if (i < n) {
            FloatVector last;
            if (LANES < 8) {
                int p = xOffset + i;
                last = FloatVector.zero(F).withLane(0, x[p]);
                last = last.withLane(1, i + 1 < n ? x[p + 1] : 0f).withLane(2, i + 2 < n ? x[p + 2] : 0f);
            } else {
                last = FloatVector.fromArray(F, x, xOffset + i, F.indexInRange(i, n));
            }
            if (whole == 0) {
                s0 = last.add(s0);
            } else if (whole == 1) {
                s1 = last.add(s1);
            } else if (whole == 2) {
                s2 = last.add(s2);
            } else {
                s3 = last.add(s3);
            }
        }
        FloatVector nothing = FloatVector.broadcast(F, -0f);
        FloatVector fours = nothing.add(s0);
        if (LANES == 16) {
            fours = fours.add(fours.rearrange(EIGHT_ON));
            fours = fours.add(fours.rearrange(FOUR_ON));
        } else if (LANES == 8) {
            fours = fours.add(s1);
            fours = fours.add(fours.rearrange(FOUR_ON));
        } else {
            fours = fours.add(s2).add(nothing.add(s1).add(s3));
        }
        return (fours.lane(0) + fours.lane(2)) + (fours.lane(1) + fours.lane(3));
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        if (n < LANES) {
            return PLAIN.dot(a, aOffset, b, bOffset, n);
        }
        FloatVector nothing = FloatVector.broadcast(F, -0f);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= n - ReductionKernels.LANES; i += ReductionKernels.LANES) {
            s0 = FloatVector.fromArray(F, a, aOffset + i).fma(FloatVector.fromArray(F, b, bOffset + i), s0);
            if (LANES < 16) {
                s1 = FloatVector.fromArray(F, a, aOffset + i + LANES)
                        .fma(FloatVector.fromArray(F, b, bOffset + i + LANES), s1);
            }
            if (LANES < 8) {
                s2 = FloatVector.fromArray(F, a, aOffset + i + 2 * LANES)
                        .fma(FloatVector.fromArray(F, b, bOffset + i + 2 * LANES), s2);
                s3 = FloatVector.fromArray(F, a, aOffset + i + 3 * LANES)
                        .fma(FloatVector.fromArray(F, b, bOffset + i + 3 * LANES), s3);
            }
        }
        int whole = 0;
        if (LANES < 16 && i + LANES <= n) {
            s0 = FloatVector.fromArray(F, a, aOffset + i).fma(FloatVector.fromArray(F, b, bOffset + i), s0);
            whole++;
        }
        if (LANES < 8 && i + 2 * LANES <= n) {
            s1 = FloatVector.fromArray(F, a, aOffset + i + LANES)
                    .fma(FloatVector.fromArray(F, b, bOffset + i + LANES), s1);
            whole++;
        }
        if (LANES < 8 && i + 3 * LANES <= n) {
            s2 = FloatVector.fromArray(F, a, aOffset + i + 2 * LANES)
                    .fma(FloatVector.fromArray(F, b, bOffset + i + 2 * LANES), s2);
            whole++;
        }
        i += whole * LANES;
        if (i < n) {
            // in the lanes past the end 0 · −0, which changes no sum
            FloatVector left;
            FloatVector right;
            if (LANES < 8) {
                int p = aOffset + i;
                int q = bOffset + i;
                left = FloatVector.zero(F).withLane(0, a[p]);
                left = left.withLane(1, i + 1 < n ? a[p + 1] : 0f).withLane(2, i + 2 < n ? a[p + 2] : 0f);
                right = nothing.withLane(0, b[q]);
                right = right.withLane(1, i + 1 < n ? b[q + 1] : -0f).withLane(2, i + 2 < n ? b[q + 2] : -0f);
            } else {
                VectorMask<Float> mask = F.indexInRange(i, n);
                left = FloatVector.fromArray(F, a, aOffset + i, mask);
                right = nothing.blend(FloatVector.fromArray(F, b, bOffset + i, mask), mask);
            }
            if (whole == 0) {
                s0 = left.fma(right, s0);
            } else if (whole == 1) {
                s1 = left.fma(right, s1);
            } else if (whole == 2) {
                s2 = left.fma(right, s2);
            } else {
                s3 = left.fma(right, s3);
            }
        }
        FloatVector fours = nothing.add(s0);
        if (LANES == 16) {
            fours = fours.add(fours.rearrange(EIGHT_ON));
            fours = fours.add(fours.rearrange(FOUR_ON));
        } else if (LANES == 8) {
            fours = fours.add(s1);
            fours = fours.add(fours.rearrange(FOUR_ON));
        } else {
            fours = fours.add(s2).add(nothing.add(s1).add(s3));
        }
        return (fours.lane(0) + fours.lane(2)) + (fours.lane(1) + fours.lane(3));
    }

    @Override
    public float max(float[] x, int xOffset, int n) {
        if (n < LANES) {
            return PLAIN.max(x, xOffset, n);
        }
        // the order does not matter: the last vector may overlap, and four chains hide the latency
        FloatVector m0 = FloatVector.fromArray(F, x, xOffset + n - LANES);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            m0 = FloatVector.fromArray(F, x, xOffset + i).max(m0);
            m1 = FloatVector.fromArray(F, x, xOffset + i + LANES).max(m1);
            m2 = FloatVector.fromArray(F, x, xOffset + i + 2 * LANES).max(m2);
            m3 = FloatVector.fromArray(F, x, xOffset + i + 3 * LANES).max(m3);
        }
        for (; i < n - LANES; i += LANES) {
            m0 = FloatVector.fromArray(F, x, xOffset + i).max(m0);
        }
        FloatVector last = FloatVector.fromArray(F, x, xOffset + n - LANES);
        return last.max(m0).max(m1).max(m2).max(m3).reduceLanes(VectorOperators.MAX);
    }

    @Override
    public void addColumns(float[] x, int xOffset, int rows, int columns, float[] y, int yOffset) {
        if (columns < LANES) {
            PLAIN.addColumns(x, xOffset, rows, columns, y, yOffset);
            return;
        }
        int end = columns - LANES;
        for (int r = 0; r < rows; r++) {
            int row = xOffset + r * columns;
            FloatVector last = FloatVector.fromArray(F, y, yOffset + end).add(FloatVector.fromArray(F, x, row + end));
            for (int j = 0; j < end; j += LANES) {
                FloatVector.fromArray(F, y, yOffset + j)
                        .add(FloatVector.fromArray(F, x, row + j))
                        .intoArray(y, yOffset + j);
            }
            last.intoArray(y, yOffset + end);
        }
    }

    @Override
    public void addSquaredDeviations(
            float[] x, int xOffset, int rows, int columns, float[] center, int centerOffset, float[] y, int yOffset) {
        if (columns < LANES) {
            PLAIN.addSquaredDeviations(x, xOffset, rows, columns, center, centerOffset, y, yOffset);
            return;
        }
        int end = columns - LANES;
        for (int r = 0; r < rows; r++) {
            int row = xOffset + r * columns;
            FloatVector last =
                    FloatVector.fromArray(F, x, row + end).sub(FloatVector.fromArray(F, center, centerOffset + end));
            last = last.fma(last, FloatVector.fromArray(F, y, yOffset + end));
            for (int j = 0; j < end; j += LANES) {
                FloatVector deviation =
                        FloatVector.fromArray(F, x, row + j).sub(FloatVector.fromArray(F, center, centerOffset + j));
                deviation
                        .fma(deviation, FloatVector.fromArray(F, y, yOffset + j))
                        .intoArray(y, yOffset + j);
            }
            last.intoArray(y, yOffset + end);
        }
    }

    @Override
    public void addColumnProducts(
            float[] a, int aOffset, float[] b, int bOffset, int rows, int columns, float[] y, int yOffset) {
        if (columns < LANES) {
            PLAIN.addColumnProducts(a, aOffset, b, bOffset, rows, columns, y, yOffset);
            return;
        }
        int end = columns - LANES;
        for (int r = 0; r < rows; r++) {
            int aRow = aOffset + r * columns;
            int bRow = bOffset + r * columns;
            FloatVector last = FloatVector.fromArray(F, a, aRow + end)
                    .fma(FloatVector.fromArray(F, b, bRow + end), FloatVector.fromArray(F, y, yOffset + end));
            for (int j = 0; j < end; j += LANES) {
                FloatVector.fromArray(F, a, aRow + j)
                        .fma(FloatVector.fromArray(F, b, bRow + j), FloatVector.fromArray(F, y, yOffset + j))
                        .intoArray(y, yOffset + j);
            }
            last.intoArray(y, yOffset + end);
        }
    }

    @Override
    public void softmax(float[] x, int xOffset, float[] y, int yOffset, int rows, int columns, float beta) {
        if (columns > 0 && columns < LANES) {
            PLAIN.softmax(x, xOffset, y, yOffset, rows, columns, beta);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int row = r * columns;
            float max = VectorSoftmax512.maxOfProducts(x, xOffset + row, columns, beta);
            VectorSoftmax512.exponentials(x, xOffset + row, y, yOffset + row, columns, beta, max);
            VectorSoftmax512.multiply(y, yOffset + row, columns, 1f / sum(y, yOffset + row, columns));
        }
    }
}
