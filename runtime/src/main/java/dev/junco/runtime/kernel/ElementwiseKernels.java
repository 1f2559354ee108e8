package dev.junco.runtime.kernel;

/**
 * Functions of single elements. {@code n} elements each; y may be x with the same offset (in place), any other overlap
 * is forbidden. All functions keep NaN a NaN.
 */
public interface ElementwiseKernels {
    /** y = min(max(x, lo), hi) with the meaning of {@link Math#max(float, float)}; a bound of zero is +0. */
    void clamp(float[] x, int xOffset, float[] y, int yOffset, int n, float lo, float hi);

    /** y = x for x ≥ 0, alpha · x below. */
    void leakyRelu(float[] x, int xOffset, float[] y, int yOffset, int n, float alpha);

    /** y = eˣ by {@link Polynomials#exp}. */
    void exp(float[] x, int xOffset, float[] y, int yOffset, int n);

    /** y = 1 / (1 + e⁻ˣ) by {@link Polynomials#sigmoid}. */
    void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int n);

    /** y = tanh x by {@link Polynomials#tanh}. */
    void tanh(float[] x, int xOffset, float[] y, int yOffset, int n);

    /** z = a + b. */
    void add(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n);

    /** z = a − b. */
    void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n);

    /** z = a · b. */
    void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n);

    /** z = a + s. */
    void addScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n);

    /** z = s − a. */
    void subtractFromScalar(float s, float[] a, int aOffset, float[] z, int zOffset, int n);

    /** z = a · s. */
    void multiplyScalar(float[] a, int aOffset, float s, float[] z, int zOffset, int n);

    /** y[r][c] = fma(x[r][c], scale[c], shift[c]) for {@code rows} rows of {@code channels} values. */
    void scaleShift(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int rows,
            int channels,
            float[] scale,
            int scaleOffset,
            float[] shift,
            int shiftOffset);

    /** z = fma(a, s, z): adds a scaled array to z. */
    void axpy(float s, float[] a, int aOffset, float[] z, int zOffset, int n);
}
