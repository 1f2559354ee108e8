package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.ReductionKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums, maxima and softmax on 512-bit vectors. The 16 virtual lanes are one, two or four vectors, and the branches on
 * {@code LANES} leave what the width needs. Runs shorter than a vector go to the next narrower class.
 */
public final class VectorReductionKernels512 implements ReductionKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final ReductionKernels NARROWER = new VectorReductionKernels256();

    @Override
    public float sum(float[] x, int xOffset, int n) {
        if (n < LANES) {
            return NARROWER.sum(x, xOffset, n);
        }
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= n - ReductionKernels.LANES; i += ReductionKernels.LANES) {
            s0 = s0.add(FloatVector.fromArray(F, x, xOffset + i));
            if (LANES < 16) {
                s1 = s1.add(FloatVector.fromArray(F, x, xOffset + i + LANES));
            }
            if (LANES < 8) {
                s2 = s2.add(FloatVector.fromArray(F, x, xOffset + i + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(F, x, xOffset + i + 3 * LANES));
            }
        }
        if (i < n) {
            s0 = addSome(s0, x, xOffset, i, n);
        }
        if (LANES < 16 && i + LANES < n) {
            s1 = addSome(s1, x, xOffset, i + LANES, n);
        }
        if (LANES < 8 && i + 2 * LANES < n) {
            s2 = addSome(s2, x, xOffset, i + 2 * LANES, n);
        }
        if (LANES < 8 && i + 3 * LANES < n) {
            s3 = addSome(s3, x, xOffset, i + 3 * LANES, n);
        }
        return tree(s0, s1, s2, s3);
    }

    /** Adds the elements {@code [i, n)}, as many as there are lanes, to the lanes from the first. */
    private static FloatVector addSome(FloatVector sum, float[] x, int xOffset, int i, int n) {
        VectorMask<Float> mask = F.indexInRange(i, n);
        return sum.add(FloatVector.fromArray(F, x, xOffset + i, mask), mask);
    }

    private static float tree(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
        if (LANES == 16) {
            return LaneTree.add16(s0);
        }
        return LANES == 8 ? LaneTree.add8(s0.add(s1)) : LaneTree.add4(s0.add(s2).add(s1.add(s3)));
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        if (n < LANES) {
            return NARROWER.dot(a, aOffset, b, bOffset, n);
        }
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i <= n - ReductionKernels.LANES; i += ReductionKernels.LANES) {
            s0 = fma(s0, a, aOffset + i, b, bOffset + i);
            if (LANES < 16) {
                s1 = fma(s1, a, aOffset + i + LANES, b, bOffset + i + LANES);
            }
            if (LANES < 8) {
                s2 = fma(s2, a, aOffset + i + 2 * LANES, b, bOffset + i + 2 * LANES);
                s3 = fma(s3, a, aOffset + i + 3 * LANES, b, bOffset + i + 3 * LANES);
            }
        }
        if (i < n) {
            s0 = fmaSome(s0, a, aOffset, b, bOffset, i, n);
        }
        if (LANES < 16 && i + LANES < n) {
            s1 = fmaSome(s1, a, aOffset, b, bOffset, i + LANES, n);
        }
        if (LANES < 8 && i + 2 * LANES < n) {
            s2 = fmaSome(s2, a, aOffset, b, bOffset, i + 2 * LANES, n);
        }
        if (LANES < 8 && i + 3 * LANES < n) {
            s3 = fmaSome(s3, a, aOffset, b, bOffset, i + 3 * LANES, n);
        }
        return tree(s0, s1, s2, s3);
    }

    private static FloatVector fma(FloatVector sum, float[] a, int aOffset, float[] b, int bOffset) {
        return FloatVector.fromArray(F, a, aOffset).fma(FloatVector.fromArray(F, b, bOffset), sum);
    }

    private static FloatVector fmaSome(FloatVector sum, float[] a, int aOffset, float[] b, int bOffset, int i, int n) {
        VectorMask<Float> mask = F.indexInRange(i, n);
        FloatVector left = FloatVector.fromArray(F, a, aOffset + i, mask);
        FloatVector right = FloatVector.fromArray(F, b, bOffset + i, mask);
        return sum.blend(left.fma(right, sum), mask);
    }

    @Override
    public float max(float[] x, int xOffset, int n) {
        if (n < LANES) {
            return NARROWER.max(x, xOffset, n);
        }
        int end = n - LANES;
        FloatVector max = FloatVector.fromArray(F, x, xOffset + end);
        for (int i = 0; i < end; i += LANES) {
            max = max.max(FloatVector.fromArray(F, x, xOffset + i));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public void addColumns(float[] x, int xOffset, int rows, int columns, float[] y, int yOffset) {
        if (columns < LANES) {
            NARROWER.addColumns(x, xOffset, rows, columns, y, yOffset);
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
            NARROWER.addSquaredDeviations(x, xOffset, rows, columns, center, centerOffset, y, yOffset);
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
            NARROWER.addColumnProducts(a, aOffset, b, bOffset, rows, columns, y, yOffset);
            return;
        }
        int end = columns - LANES;
        for (int r = 0; r < rows; r++) {
            int aRow = aOffset + r * columns;
            int bRow = bOffset + r * columns;
            FloatVector last = fma(FloatVector.fromArray(F, y, yOffset + end), a, aRow + end, b, bRow + end);
            for (int j = 0; j < end; j += LANES) {
                fma(FloatVector.fromArray(F, y, yOffset + j), a, aRow + j, b, bRow + j)
                        .intoArray(y, yOffset + j);
            }
            last.intoArray(y, yOffset + end);
        }
    }

    @Override
    public void softmax(float[] x, int xOffset, float[] y, int yOffset, int rows, int columns, float beta) {
        if (columns < LANES) {
            NARROWER.softmax(x, xOffset, y, yOffset, rows, columns, beta);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int row = r * columns;
            float max = maxOfProducts(x, xOffset + row, columns, beta);
            exponentials(x, xOffset + row, y, yOffset + row, columns, beta, max);
            multiply(y, yOffset + row, columns, 1f / sum(y, yOffset + row, columns));
        }
    }

    private static float maxOfProducts(float[] x, int xOffset, int n, float beta) {
        int end = n - LANES;
        FloatVector max = FloatVector.fromArray(F, x, xOffset + end).mul(beta);
        for (int i = 0; i < end; i += LANES) {
            max = max.max(FloatVector.fromArray(F, x, xOffset + i).mul(beta));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    private static void exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float beta, float max) {
        int end = n - LANES;
        FloatVector last = VectorPolynomials512.exp(
                FloatVector.fromArray(F, x, xOffset + end).fma(beta, -max));
        for (int i = 0; i < end; i += LANES) {
            VectorPolynomials512.exp(FloatVector.fromArray(F, x, xOffset + i).fma(beta, -max))
                    .intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }

    private static void multiply(float[] y, int yOffset, int n, float s) {
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, y, yOffset + end).mul(s);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, y, yOffset + i).mul(s).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }
}
