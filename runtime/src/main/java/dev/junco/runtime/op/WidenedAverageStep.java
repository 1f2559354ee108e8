package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.PoolGeometry;

/**
 * Average pooling of widened int8 images with the bits of the int8 kernel; a unit is an output row. The float means of a row are made first; a mean times the
 * count of its cells is so near to their sum, an integer, that rounding gives it back.
 */
final class WidenedAverageStep extends Step {
    /** Means have a relative error of 2⁻²², and sums of so many cells are below 2²¹. */
    private static final int MOST_CELLS = (1 << 21) / 255;

    private final Binding binding;
    private final WindowGeometry window;
    private final PoolGeometry g;
    private final FloatRef x;
    private final ByteRef y;
    private final int zeroPoint;
    private final int lo;
    private final int hi;
    private final float[][] means;

    WidenedAverageStep(Binding binding, Node node, WindowGeometry window, int lo, int hi) {
        super((long) node.output().shape().elements() * window.kernelHeight() * window.kernelWidth());
        this.binding = binding;
        this.window = window;
        this.g = PoolStep.geometry(window, false);
        this.x = binding.floats(node.input(0));
        this.y = binding.bytes(node.output());
        this.zeroPoint = node.input(0).quantization().zeroPoint();
        this.lo = lo;
        this.hi = hi;
        this.means = new float[binding.workers()][g.outputWidth() * g.channels()];
    }

    /** Whether sums under such a window can be told from their means. */
    static boolean serves(WindowGeometry window) {
        return (long) window.kernelHeight() * window.kernelWidth() <= MOST_CELLS;
    }

    @Override
    public Object kernel() {
        return binding.kernels().kernels().pooling();
    }

    @Override
    public int units() {
        return window.batch() * g.outputHeight();
    }

    @Override
    public void run(int from, int to, int worker) {
        int rowLength = g.outputWidth() * g.channels();
        for (int unit = from; unit < to; unit++) {
            int row = unit % g.outputHeight();
            int image = x.offset() + unit / g.outputHeight() * g.inputHeight() * g.inputWidth() * g.channels();
            float[] mean = means[worker];
            binding.kernels()
                    .kernels()
                    .pooling()
                    .averagePool(
                            g,
                            row,
                            row + 1,
                            x.array(),
                            image,
                            mean,
                            -row * rowLength,
                            Float.NEGATIVE_INFINITY,
                            Float.POSITIVE_INFINITY);
            int height = cells(row * g.strideH() - g.padTop(), g.windowHeight(), g.inputHeight());
            for (int column = 0; column < g.outputWidth(); column++) {
                int width = cells(column * g.strideW() - g.padLeft(), g.windowWidth(), g.inputWidth());
                int first = column * g.channels();
                round(mean, first, height * width, y.offset() + unit * rowLength + first);
            }
        }
    }

    /** Cells of a window from {@code first} on that are inside the image. */
    private static int cells(int first, int window, int size) {
        return Math.min(first + window, size) - Math.max(first, 0);
    }

    /** The means of one pixel as int8 values: the sum of the values divided by the count, halves away from zero. */
    private void round(float[] mean, int at, int count, int target) {
        byte[] result = y.array();
        for (int c = 0; c < g.channels(); c++) {
            int sum = (int) Math.rint((double) mean[at + c] * count) + count * zeroPoint;
            int rounded = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
            result[target + c] = (byte) Math.min(Math.max(rounded, lo), hi);
        }
    }
}
