package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.DepthwiseGeometry;
import dev.junco.runtime.kernel.ElementwiseKernels;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.Rescaling;

/**
 * Depthwise convolution. int8 images are widened to floats some rows at a time, and the sums requantised, so that the floats stay in the cache. A unit
 * is an output row.
 */
final class DepthwiseStep extends Step {
    /** int8 sums are made for so many elements at a time, which stay in the second-level cache. */
    private static final int NEAR_SUMS = 1 << 15;

    /** Where images are widened for it, for so many, which stay in the first. */
    private static final int SUMS = 8192;

    /** But for no fewer rows than this, because neighbouring blocks both widen the rows between them. */
    private static final int FEWEST_ROWS = 4;

    /** A multiply-add here takes as long as so many in a product. */
    private static final int SLOWNESS = 3;

    private final Binding binding;
    private final WindowGeometry g;
    private final int units;
    private final DepthwiseBlock[] blocks;
    /** The image, if it is there as floats. */
    private final FloatRef x;

    private final FloatRef w;
    private final FloatRef bias;
    private final Activation activation;
    /** The result of float32 images. */
    private final FloatRef y;
    /** The result of int8 images. */
    private final QuantizedResult quantized;

    private final int rowsAtOnce;
    private final ByteRef bytes;
    private final int zeroPoint;
    private final float[][] expanded;

    private DepthwiseStep(
            Binding binding,
            Node node,
            WindowGeometry g,
            FloatRef image,
            FloatRef w,
            FloatRef bias,
            Activation activation,
            QuantizedResult quantized) {
        super((long) g.batch()
                * g.outputHeight()
                * g.outputWidth()
                * w(node).dim(3)
                * g.kernelHeight()
                * g.kernelWidth()
                * SLOWNESS);
        Value input = node.input(0);
        this.binding = binding;
        this.g = g;
        this.units = w(node).dim(3);
        this.blocks = DepthwiseBlock.of(g, units);
        this.w = w;
        this.bias = bias;
        this.activation = activation;
        this.quantized = quantized;
        boolean inBytes = image == null;
        this.x = image;
        this.bytes = inBytes ? binding.bytes(input) : null;
        this.y = quantized == null ? binding.floats(node.output()) : null;
        this.rowsAtOnce = quantized == null ? g.outputHeight() : rowsAtOnce(g, units, inBytes);
        this.zeroPoint = inBytes ? input.quantization().zeroPoint() : 0;
        int reach = (rowsAtOnce - 1) * g.strideH() + (g.kernelHeight() - 1) * g.dilationH() + 1;
        this.expanded = new float[inBytes ? binding.workers() : 0]
                [Math.min(reach, g.inputHeight()) * g.inputWidth() * g.channels()];
    }

    private static Shape w(Node node) {
        return node.input(1).shape();
    }

    private static int rowsAtOnce(WindowGeometry g, int units, boolean inBytes) {
        int fewest = inBytes ? FEWEST_ROWS : 1;
        int most = inBytes ? SUMS : NEAR_SUMS;
        return Math.min(g.outputHeight(), Math.max(fewest, most / (g.outputWidth() * units)));
    }

    /** Of float32 images. */
    static DepthwiseStep float32(Binding binding, Node node, Activation activation, WindowGeometry g, FloatRef image) {
        FloatRef bias = Products.bias(binding, node, w(node).dim(3));
        return new DepthwiseStep(binding, node, g, image, binding.floats(node.input(1)), bias, activation, null);
    }

    /**
     * Of int8 images.
     *
     * @param image widened, or null if it lies in bytes
     */
    static DepthwiseStep int8(Binding binding, Node node, Activation activation, WindowGeometry g, FloatRef image) {
        int units = w(node).dim(3);
        ByteRef weights = binding.bytes(node.input(1));
        int zeroPoint = Products.weightsZeroPoint(node.input(1));
        float[] w = new float[w(node).elements()];
        for (int i = 0; i < w.length; i++) {
            w[i] = weights.array()[weights.offset() + i] - zeroPoint;
        }
        Requantization scaling = Requantization.of(binding, node, activation, 0, units);
        int input = node.input(0).quantization().zeroPoint();
        SumRange range =
                SumRange.of(input, weights.array(), zeroPoint, weights.offset(), units, 1, w.length / units, units);
        int mostPixels = rowsAtOnce(g, units, image == null) * g.outputWidth();
        return new DepthwiseStep(
                binding,
                node,
                g,
                image,
                new FloatRef(w, 0),
                new FloatRef(new float[units], 0),
                Activation.NONE,
                QuantizedResult.of(binding, scaling, node.output(), 0, mostPixels, range));
    }

    @Override
    public Object kernel() {
        return binding.kernels().kernels().depthwise();
    }

    @Override
    public int units() {
        return g.batch() * g.outputHeight();
    }

    @Override
    public void run(int from, int to, int worker) {
        int rowLength = g.outputWidth() * units;
        int unit = from;
        while (unit < to) {
            int image = unit / g.outputHeight();
            int row = unit % g.outputHeight();
            int rows = Math.min(Math.min(to - unit, g.outputHeight() - row), rowsAtOnce);
            int source = image * g.inputHeight() * g.inputWidth() * g.channels();
            if (quantized == null) {
                int first = y.offset() + unit * rowLength;
                rows(row, row + rows, x.array(), x.offset() + source, y.array(), first - row * rowLength, null);
                activate(first, rows * rowLength);
            } else {
                float[] pixels = bytes == null ? x.array() : expanded[worker];
                int at = bytes == null ? x.offset() + source : -expand(row, row + rows, source, worker);
                int firstPixel = unit * g.outputWidth();
                quantize(row, row + rows, pixels, at, firstPixel, worker);
            }
            unit += rows;
        }
    }

    /** Output rows {@code [fromRow, toRow)} of an int8 image, the first of which begins with pixel {@code firstPixel} of the result. */
    private void quantize(int fromRow, int toRow, float[] image, int source, int firstPixel, int worker) {
        Kernels kernels = binding.kernels().kernels();
        int pixels = (toRow - fromRow) * g.outputWidth();
        float[] sums = quantized.sums(worker);
        int target = quantized.sumsAt(firstPixel) - fromRow * g.outputWidth() * units;
        boolean inRegisters = units == g.channels() && kernels.widened().rescalesDepthwise(quantized.rescaling());
        rows(fromRow, toRow, image, source, sums, target, inRegisters ? quantized.rescaling() : null);
        if (inRegisters) {
            quantized.narrow(kernels.widened(), firstPixel, pixels, worker);
        } else {
            quantized.finish(kernels.widened(), firstPixel, pixels, worker);
        }
    }

    private void activate(int first, int n) {
        if (!activation.isClamp()) {
            ElementwiseKernels kernels = binding.kernels().kernels().elementwise();
            ActivationStep.apply(kernels, activation, y.array(), first, y.array(), first, n);
        }
    }

    /** Widens what output rows {@code [fromRow, toRow)} read of the image at {@code source}; the number of elements of the image above. */
    private int expand(int fromRow, int toRow, int source, int worker) {
        int first = Math.max(fromRow * g.strideH() - g.padTop(), 0);
        int reach = (toRow - 1) * g.strideH() - g.padTop() + (g.kernelHeight() - 1) * g.dilationH() + 1;
        int end = Math.min(reach, g.inputHeight());
        int rowLength = g.inputWidth() * g.channels();
        if (first < end) { // else padding alone
            binding.kernels()
                    .kernels()
                    .widened()
                    .expand(
                            bytes.array(),
                            bytes.offset() + source + first * rowLength,
                            zeroPoint,
                            expanded[worker],
                            0,
                            (end - first) * rowLength);
        }
        return first * rowLength;
    }

    /** Output rows {@code [fromRow, toRow)} of the image at {@code source}: sums, or results where {@code rescaling} is given. */
    private void rows(
            int fromRow, int toRow, float[] image, int source, float[] target, int targetOffset, Rescaling rescaling) {
        Kernels kernels = binding.kernels().kernels();
        for (DepthwiseBlock block : blocks) {
            DepthwiseGeometry geometry = block.geometry();
            int first = Math.max(fromRow - block.firstRow(), 0);
            int end = Math.min(toRow - block.firstRow(), geometry.outputHeight());
            int x = source + block.x();
            int filter = w.offset() + block.w();
            int y = targetOffset + block.y();
            if (first < end && rescaling != null) {
                kernels.widened().depthwise(geometry, first, end, image, x, w.array(), filter, rescaling, target, y);
            } else if (first < end) {
                kernels.depthwise()
                        .depthwise(
                                geometry,
                                first,
                                end,
                                image,
                                x,
                                w.array(),
                                filter,
                                bias.array(),
                                bias.offset(),
                                target,
                                y,
                                activation.lower(),
                                activation.upper());
            }
        }
    }
}
