package dev.junco.trainer.kernel;

/**
 * Derivatives of element-wise functions and of pooling. In the element-wise loops the result may be the first operand at the same offset.
 */
public interface GradientKernels {
    /** dx = dy where lo &lt; y &lt; hi, else 0: the derivative of a clamp, told from its result (or its operand). */
    void clamp(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n, float lo, float hi);

    /** dx = dy · (y · (1 − y)), y the sigmoid's result. */
    void sigmoid(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n);

    /** dx = dy · (1 − y²), y the result of tanh; 1 − y² is one fused multiply-add. */
    void tanh(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n);

    /** dx = dy where x ≥ 0, else alpha · dy. */
    void leakyRelu(float[] dy, int dyOffset, float[] x, int xOffset, float[] dx, int dxOffset, int n, float alpha);

    /**
     * y = scale · x where {@code CounterRandom.bits(first + i, key0, key1) >>> 8} is at least {@code threshold}, else 0.
     *
     * @param first number of the first element
     */
    void dropout(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int n,
            int first,
            int key0,
            int key1,
            int threshold,
            float scale);

    /**
     * Adds the gradient of one window's maximum: in each of n channels to the first cell that holds the maximum, provided that the maximum lies between
     * lo and hi (exclusively). Cells are {@code rows} × {@code columns} pixels.
     *
     * @param xOffset first channel of the window's first pixel in x and dx
     * @param rowStride distance of two rows of pixels, {@code n} that of two pixels
     * @param accumulate whether dx holds sums already; otherwise every cell is overwritten
     */
    void maxPoolWindow(
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rowStride,
            int rows,
            int columns,
            float[] dy,
            int dyOffset,
            int n,
            float lo,
            float hi,
            boolean accumulate);
}
