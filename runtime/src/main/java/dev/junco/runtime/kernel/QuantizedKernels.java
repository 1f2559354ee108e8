package dev.junco.runtime.kernel;

/**
 * int8 arithmetic with the results of TensorFlow Lite's reference kernels (its 8-bit quantization specification).
 * What is computed on the way from one product to the next stands in {@link WidenedKernels}.
 */
public interface QuantizedKernels {
    /** y = table[x + 128]. */
    void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n);

    /** y = clamp(round(x / scale) + zeroPoint, −128, 127), rounding half away from zero; NaN gives zeroPoint. */
    void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n);

    /** y = scale · (x − zeroPoint). */
    void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n);

    /** z = a + b, each with a scale of its own: see {@link QuantizedSum}. z may be a or b with the same offset. */
    void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n);

    /** z = a − b, each with a scale of its own: see {@link QuantizedSum}. z may be a or b with the same offset. */
    void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n);

    /**
     * z = a · b, each with a scale of its own: see {@link QuantizedProduct}. z may be a or b with the same offset.
     */
    void multiply(QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n);

    /**
     * Softmax of each of {@code rows} rows of {@code columns} values into scale 1/256 and zero point −128; see
     * {@link QuantizedSoftmax}. y may be x with the same offset.
     */
    void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns);
}
