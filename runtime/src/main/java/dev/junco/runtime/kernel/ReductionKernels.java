package dev.junco.runtime.kernel;

/**
 * Sums and maxima in an order that is part of the definition. A sum along a row has {@value #LANES} virtual lanes:
 * lane l adds the elements l, l + 16, l + 32 … in turn, starting from 0; then lanes are added pairwise, l with l + 8,
 * then l + 4, l + 2, l + 1. A sum down columns adds the rows in ascending order to what is already there.
 */
public interface ReductionKernels {
    int LANES = 16;

    /** Σ x by virtual lanes. */
    float sum(float[] x, int xOffset, int n);

    /** Σ a · b by virtual lanes, each lane a chain of fused multiply-adds. */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int n);

    /** The largest element, NaN if there is one; n ≥ 1. */
    float max(float[] x, int xOffset, int n);

    /** y[j] += Σ_i x[i][j], rows ascending: {@code rows} rows of {@code columns} values. */
    void addColumns(float[] x, int xOffset, int rows, int columns, float[] y, int yOffset);

    /** y[j] = Σ_i fma chain of (x[i][j] − center[j])², rows ascending, from the present y[j]. */
    void addSquaredDeviations(
            float[] x, int xOffset, int rows, int columns, float[] center, int centerOffset, float[] y, int yOffset);

    /** y[j] = fma chain of a[i][j] · b[i][j], rows ascending, from the present y[j]. */
    void addColumnProducts(
            float[] a, int aOffset, float[] b, int bOffset, int rows, int columns, float[] y, int yOffset);

    /**
     * Softmax of each of {@code rows} rows of {@code columns} values: e = exp(beta · x − max(beta · x)) by
     * {@link Polynomials#exp} (with one fma for the argument), y = e · (1 / Σ e) with the sum by virtual lanes. y may
     * be x.
     */
    void softmax(float[] x, int xOffset, float[] y, int yOffset, int rows, int columns, float beta);
}
