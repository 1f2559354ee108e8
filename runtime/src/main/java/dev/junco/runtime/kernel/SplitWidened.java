package dev.junco.runtime.kernel;

/**
 * Widened values by one provider, what needs more than lines by another: most networks have results from 0 on alone, and need not wait until the rest is warm.
 */
record SplitWidened(WidenedKernels lines, WidenedKernels rest) implements WidenedKernels {
    /** {@code widened} with a family of {@code by}. */
    static WidenedKernels with(KernelFamily family, WidenedKernels widened, WidenedKernels by) {
        switch (family) {
            case WIDENED:
                return new SplitWidened(by, widened);
            case WIDENED_REST:
                return widened instanceof SplitWidened ? by : new SplitWidened(widened, by);
            default:
                return widened;
        }
    }

    @Override
    public void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n) {
        lines.expand(x, xOffset, zeroPoint, y, yOffset, n);
    }

    @Override
    public void narrow(float[] x, int xOffset, int zeroPoint, byte[] y, int yOffset, int n) {
        lines.narrow(x, xOffset, zeroPoint, y, yOffset, n);
    }

    @Override
    public void prepare(Rescaling scaling) {
        lines.prepare(scaling);
    }

    @Override
    public void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        (isLines(scaling) ? lines : rest).rescale(scaling, acc, accOffset, accStride, rows, from, to);
    }

    @Override
    public boolean rescalesDepthwise(Rescaling scaling) {
        return isLines(scaling) && lines.rescalesDepthwise(scaling);
    }

    @Override
    public void depthwise(
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
        lines.depthwise(g, fromRow, toRow, x, xOffset, w, wOffset, rescaling, y, yOffset);
    }

    @Override
    public void add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        rest.add(sum, a, aOffset, b, bOffset, z, zOffset, n);
    }

    private static boolean isLines(Rescaling scaling) {
        return scaling.isOneSided() && scaling.singleRounding().isComplete();
    }
}
