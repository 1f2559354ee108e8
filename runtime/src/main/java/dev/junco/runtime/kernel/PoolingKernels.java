package dev.junco.runtime.kernel;

/**
 * Two-dimensional pooling over NHWC images; each call handles output rows {@code [fromRow, toRow)} of one image. y
 * must not overlap x, and every window has at least one cell inside the image.
 */
public interface PoolingKernels {
    /**
     * y = clamp(max of the window's cells inside the image), with the meaning of {@link Math#max(float, float)}.
     */
    void maxPool(
            PoolGeometry g, int fromRow, int toRow, float[] x, int xOffset, float[] y, int yOffset, float lo, float hi);

    /** y = clamp((sum of the window's cells in row-major order, from 0) · (1 / count)). */
    void averagePool(
            PoolGeometry g, int fromRow, int toRow, float[] x, int xOffset, float[] y, int yOffset, float lo, float hi);

    /** {@link #maxPool} for int8 values of one scale: max, then clamp to [lo, hi]. */
    void maxPoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi);

    /**
     * {@link #averagePool} for int8 values of one scale as TensorFlow Lite's reference kernel: the int32 sum divided
     * by the count, rounded half away from zero, clamped to [lo, hi]. The count is that of the cells inside the image,
     * whatever {@link PoolGeometry#countPadding} says.
     */
    void averagePoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi);
}
