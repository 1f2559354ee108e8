package dev.junco.runtime.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The parts of a softmax over a row that is no shorter than a vector of 512 bits, or of nothing: then the warm-up counts calls. */
final class VectorSoftmax512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    private VectorSoftmax512() {}

    /** The largest of beta · x. */
    static float maxOfProducts(float[] x, int xOffset, int n, float beta) {
        if (n == 0) {
            return Float.NEGATIVE_INFINITY;
        }
        FloatVector m0 = FloatVector.fromArray(F, x, xOffset + n - LANES).mul(beta);
        FloatVector m1 = m0;
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            m0 = FloatVector.fromArray(F, x, xOffset + i).mul(beta).max(m0);
            m1 = FloatVector.fromArray(F, x, xOffset + i + LANES).mul(beta).max(m1);
        }
        if (i < n - LANES) {
            m0 = FloatVector.fromArray(F, x, xOffset + i).mul(beta).max(m0);
        }
        return FloatVector.fromArray(F, x, xOffset + n - LANES)
                .mul(beta)
                .max(m0)
                .max(m1)
                .reduceLanes(VectorOperators.MAX);
    }

    /** y = exp(beta · x − max). The last vector overlaps the one before; its operand is read first, because y may be x. */
    static void exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float beta, float max) {
        if (n == 0) {
            VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, beta, max);
            return;
        }
        int last = n - LANES;
        FloatVector operand = FloatVector.fromArray(F, x, xOffset + last);
        int end = VectorPolynomials512.exponentials(x, xOffset, y, yOffset, n, beta, max);
        if (end < n) {
            operand.intoArray(y, yOffset + last);
            VectorPolynomials512.exponentials(y, yOffset + last, y, yOffset + last, LANES, beta, max);
        }
    }

    /** y = s · y. */
    static void multiply(float[] y, int yOffset, int n, float s) {
        if (n == 0) {
            return;
        }
        int end = n - LANES;
        FloatVector last = FloatVector.fromArray(F, y, yOffset + end).mul(s);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, y, yOffset + i).mul(s).intoArray(y, yOffset + i);
        }
        last.intoArray(y, yOffset + end);
    }
}
