package dev.junco.runtime.kernel;

/**
 * Loops over whole rows that HotSpot's compilers turn into vector instructions: every array is indexed by the bare loop
 * variable from 0. An offset on any of them makes the loop scalar, five times slower.
 */
final class PlainTiles {
    private PlainTiles() {}

    /** c_i[j] += a_i0 · b0[j] + a_i1 · b1[j] as a chain, for four rows. */
    static void rows4x2(
            int n,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float[] b0,
            float[] b1,
            float a00,
            float a01,
            float a10,
            float a11,
            float a20,
            float a21,
            float a30,
            float a31) {
        for (int j = 0; j < n; j++) {
            float v0 = b0[j];
            float v1 = b1[j];
            c0[j] = MultiplyAdd.of(a01, v1, MultiplyAdd.of(a00, v0, c0[j]));
            c1[j] = MultiplyAdd.of(a11, v1, MultiplyAdd.of(a10, v0, c1[j]));
            c2[j] = MultiplyAdd.of(a21, v1, MultiplyAdd.of(a20, v0, c2[j]));
            c3[j] = MultiplyAdd.of(a31, v1, MultiplyAdd.of(a30, v0, c3[j]));
        }
    }

    /** c_i[j] += a_i · b[j] for four rows. */
    static void rows4x1(
            int n, float[] c0, float[] c1, float[] c2, float[] c3, float[] b, float a0, float a1, float a2, float a3) {
        for (int j = 0; j < n; j++) {
            float v = b[j];
            c0[j] = MultiplyAdd.of(a0, v, c0[j]);
            c1[j] = MultiplyAdd.of(a1, v, c1[j]);
            c2[j] = MultiplyAdd.of(a2, v, c2[j]);
            c3[j] = MultiplyAdd.of(a3, v, c3[j]);
        }
    }

    /** c[j] += a0 · b0[j] + … + a3 · b3[j] as a chain. */
    static void row1x4(
            int n, float[] c, float[] b0, float[] b1, float[] b2, float[] b3, float a0, float a1, float a2, float a3) {
        for (int j = 0; j < n; j++) {
            float v = MultiplyAdd.of(a1, b1[j], MultiplyAdd.of(a0, b0[j], c[j]));
            c[j] = MultiplyAdd.of(a3, b3[j], MultiplyAdd.of(a2, b2[j], v));
        }
    }

    /** c[j] += a · b[j]. */
    static void row1x1(int n, float[] c, float[] b, float a) {
        for (int j = 0; j < n; j++) {
            c[j] = MultiplyAdd.of(a, b[j], c[j]);
        }
    }

    /** c[j] = min(max(c[j], lo), hi). */
    static void clamp(int n, float[] c, float lo, float hi) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.min(Math.max(c[j], lo), hi);
        }
    }
}
