package dev.junco.runtime.kernel;

/**
 * Widened values by one provider, what needs more than lines from 0 on by two: most networks need not wait until the rest is warm. Of that the kernels are
 * results of both signs, estimates and sums.
 */
final class SplitWidened extends Split<WidenedKernels> implements WidenedKernels {
    private static final int BOTH_SIGNS = 0;
    private static final int ESTIMATES = 1;
    private static final int SUMS = 2;

    private final WidenedKernels lines;

    private SplitWidened(WidenedKernels lines, WidenedKernels plain, WidenedKernels vector, int ready, Demand demand) {
        super(KernelFamily.WIDENED_REST, plain, vector, ready, demand);
        this.lines = lines;
    }

    /** {@code kernels}, which take note of what they are asked for. */
    static WidenedKernels noting(WidenedKernels kernels, Demand demand) {
        return new SplitWidened(kernels, kernels, kernels, 0, demand);
    }

    /** {@code widened} with some of a family of {@code by}. */
    static WidenedKernels with(KernelFamily family, int some, WidenedKernels widened, WidenedKernels by) {
        SplitWidened split = (SplitWidened) widened;
        switch (family) {
            case WIDENED:
                return new SplitWidened(by, split.plain(), by, split.ready(), split.demand());
            case WIDENED_REST:
                return new SplitWidened(split.lines, split.plain(), by, split.ready() | some, split.demand());
            default:
                return widened;
        }
    }

    WidenedKernels lines() {
        return lines;
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
        WidenedKernels by = plain();
        if (scaling.singleRounding().isComplete()) {
            by = scaling.isOneSided() ? lines : by(BOTH_SIGNS);
        } else if (scaling.singleRounding().isReady()) {
            by = by(ESTIMATES);
        } else if (!scaling.isOneSided()) {
            by(BOTH_SIGNS); // will be needed once lines have been looked for
        }
        by.rescale(scaling, acc, accOffset, accStride, rows, from, to);
    }

    @Override
    public boolean rescalesDepthwise(Rescaling scaling) {
        boolean known = scaling.isOneSided() && scaling.singleRounding().isComplete();
        return known && lines.rescalesDepthwise(scaling);
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
        by(SUMS).add(sum, a, aOffset, b, bOffset, z, zOffset, n);
    }
}
