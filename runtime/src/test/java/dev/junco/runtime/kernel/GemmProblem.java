package dev.junco.runtime.kernel;

import java.util.Random;

/**
 * A random matrix product and its answer, element by element: strides and offsets are not zero, rows of A lie anywhere,
 * and everything around C is guarded by values that must not change.
 */
final class GemmProblem {
    enum Start {
        BIAS,
        MATRIX,
        RESULT
    }

    static final float GUARD = -77.25f;

    final RowSource a;
    final int n;
    final float[] b;
    final int bOffset;
    final int bStride;
    final Start start;
    final int cOffset;
    final int cStride;
    final int cRows;
    final float[] initial;
    final float[] init;
    final int initOffset;
    final int initStride;
    float lo = Float.NEGATIVE_INFINITY;
    float hi = Float.POSITIVE_INFINITY;

    /** A problem whose C has {@code cRows} rows: those of A, or its columns where A is transposed. */
    GemmProblem(Random random, int m, int segments, int segmentLength, int n, boolean transposed) {
        this.n = n;
        a = rowSource(random, m, segments, segmentLength);
        cRows = transposed ? a.k() : m;
        start = transposed ? Start.RESULT : Start.values()[random.nextInt(3)];
        int bRows = transposed ? m : a.k();
        bStride = n + random.nextInt(3) * random.nextInt(7);
        bOffset = random.nextInt(5);
        // ends with the last element of B: reading past it must fail
        b = random(random, bOffset + Math.max(0, bRows - 1) * bStride + n);
        cStride = n + random.nextInt(2) * random.nextInt(9);
        cOffset = random.nextInt(20);
        initial = random(random, cOffset + cRows * cStride + random.nextInt(3));
        for (int i = 0; i < initial.length; i++) {
            int column = i < cOffset ? n : (i - cOffset) % cStride;
            initial[i] = column < n && (i - cOffset) / cStride < cRows ? initial[i] : GUARD;
        }
        initOffset = start == Start.RESULT ? cOffset : random.nextInt(4);
        initStride = start == Start.RESULT ? cStride : start == Start.BIAS ? 0 : n + 1;
        init = start == Start.RESULT
                ? null
                : random(random, initOffset + (start == Start.BIAS ? 0 : (m - 1) * initStride) + n);
        if (random.nextBoolean() && !transposed) {
            lo = 0;
            hi = random.nextBoolean() ? 6 : Float.POSITIVE_INFINITY;
        }
    }

    private static RowSource rowSource(Random random, int m, int segments, int segmentLength) {
        int[] starts = new int[segments];
        for (int s = 1; s < segments; s++) {
            starts[s] = starts[s - 1] + segmentLength + random.nextInt(3);
        }
        int[] rows = new int[m];
        int run = m % 3 == 0 ? m / 3 : m;
        int rowStride = 1 + random.nextInt(2 * segmentLength);
        for (int i = 1; i < m; i++) {
            rows[i] = rows[i - 1] + (i % run == 0 ? 5 : rowStride);
        }
        int base = random.nextInt(9);
        float[] data = random(random, base + rows[m - 1] + starts[segments - 1] + segmentLength);
        return new RowSource(data, base, rows, Math.max(1, run), rowStride, starts, segmentLength);
    }

    private static float[] random(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        return values;
    }

    float a(int i, int p) {
        int length = a.segmentLength();
        return a.data()[a.base() + a.rows()[i] + a.segments()[p / length] + p % length];
    }

    /** The definition, in float with or without a rounding between product and sum. */
    float chain(float start, int i, int j, int depth, boolean transposed, boolean fused) {
        float c = start;
        for (int p = 0; p < depth; p++) {
            float x = transposed ? a(p, i) : a(i, p);
            float y = b[bOffset + p * bStride + j];
            c = fused ? Math.fma(x, y, c) : x * y + c;
        }
        return Math.min(Math.max(c, lo), hi);
    }

    /** The same in double. */
    double exact(float start, int i, int j, int depth, boolean transposed) {
        double c = start;
        for (int p = 0; p < depth; p++) {
            c += (double) (transposed ? a(p, i) : a(i, p)) * b[bOffset + p * bStride + j];
        }
        return Math.min(Math.max(c, lo), hi);
    }

    float start(int i, int j) {
        return start == Start.RESULT ? initial[cOffset + i * cStride + j] : init[initOffset + i * initStride + j];
    }

    @Override
    public String toString() {
        return "m " + a.m() + ", segments " + a.segments().length + " of " + a.segmentLength() + ", n " + n + ", B "
                + bOffset + "+" + bStride + ", C " + cOffset + "+" + cStride + ", start " + start + ", clamp " + lo
                + ".." + hi;
    }
}
