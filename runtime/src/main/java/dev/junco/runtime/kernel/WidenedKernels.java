package dev.junco.runtime.kernel;

/**
 * int8 values as float32 integers without their zero point, with the results of TensorFlow Lite's reference kernels. Products are summed exactly by {@link
 * GemmKernels} and {@link DepthwiseKernels}: integers below 2²⁴ have no rounding. These kernels do what stands before, between and after.
 */
public interface WidenedKernels {
    /** y = x − zeroPoint, as float. */
    void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n);

    /** y = x + zeroPoint, for widened values x. */
    void narrow(float[] x, int xOffset, int zeroPoint, byte[] y, int yOffset, int n);

    /** Makes ready what {@link #rescale} can use with these kernels but does not need; takes some time, once, and may run while others rescale. */
    default void prepare(Rescaling scaling) {}

    /**
     * Sums to widened results, in place: acc[r][c] = {@link Rescaling#of(int, int)}(c, acc[r][c]) for channels {@code [from, to)}, where
     * {@code acc} holds exact integers.
     *
     * @param accOffset element of row 0 and channel 0
     * @param accStride distance of two rows of acc
     */
    void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to);

    /** Whether these kernels make results of depthwise sums while they are in registers, by {@link #depthwise}. */
    default boolean rescalesDepthwise(Rescaling scaling) {
        return false;
    }

    /**
     * {@link DepthwiseKernels#depthwise} for a widened image, without bias, bounds and channel multiplier, and {@link #rescale} in one. Only where {@link
     * #rescalesDepthwise} says so.
     *
     * @param y widened result; overwritten
     */
    default void depthwise(
            DepthwiseGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            Rescaling rescaling,
            float[] y,
            int yOffset) {
        throw new UnsupportedOperationException(getClass() + " does not sum");
    }

    /** z = a + b of widened values: see {@link QuantizedSum#ofWidened}. z may be a or b with the same offset. */
    void add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n);
}
