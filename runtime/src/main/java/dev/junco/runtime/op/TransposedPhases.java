package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.kernel.RowSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A transposed convolution as convolutions without stride, one a phase: result rows r with the same (r + top) modulo the stride meet the same
 * kernel rows q, namely those with q · dilation of that remainder, and read x in row (r + top − q · dilation) / stride. Every
 * result is one chain: bias, then kernel rows, kernel columns and channels ascending. Each cell of the kernel is one product, added to the
 * sums of those before.
 */
final class TransposedPhases {
    /** Channels of a piece of an int8 product: whatever the weights are, its sums stay below 2²⁴. */
    private static final int EXACT = 512;

    private final TransposeConv2DAttributes a;
    private final Node node;
    private final Binding binding;
    private final Shape w;
    private final Shape y;
    private final int channels;
    private final int units;
    private final int cells;
    private final WindowGeometry frame;
    private final FloatRef image;

    TransposedPhases(TransposeConv2DAttributes attributes, Node node, Binding binding) {
        this.a = attributes;
        this.node = node;
        this.binding = binding;
        w = node.input(1).shape();
        y = node.output().shape();
        channels = w.dim(3);
        units = w.dim(0) / a.groups();
        cells = w.dim(1) * w.dim(2);
        frame = frame(a, node.input(0).shape(), w);
        image = binding.floatScratch(0);
    }

    /** x inside the zeros that kernels reach, and one row of zeros more for phases that no cell meets. */
    static WindowGeometry frame(TransposeConv2DAttributes a, Shape x, Shape w) {
        int top = Math.max(0, (w.dim(1) - 1) * a.dilationH() / a.strideH() - a.top() / a.strideH());
        int left = Math.max(0, (w.dim(2) - 1) * a.dilationW() / a.strideW() - a.left() / a.strideW());
        int height = top + Math.max(x.dim(1), (a.height() - 1 + a.top()) / a.strideH() + 1) + 1;
        int width = left + Math.max(x.dim(2), (a.width() - 1 + a.left()) / a.strideW() + 1);
        return new WindowGeometry(x.dim(0), x.dim(1), x.dim(2), x.dim(3), 1, 1, 1, 1, 1, 1, top, left, height, width);
    }

    void bind() {
        if (node.input(0).type() == DType.INT8) {
            binding.add(new ExpandImageStep(
                    binding.kernels(),
                    frame,
                    binding.bytes(node.input(0)),
                    node.input(0).quantization().zeroPoint(),
                    image));
        } else {
            binding.add(new PadImageStep(frame, binding.floats(node.input(0)), image));
        }
        for (int row = 0; row < Math.min(a.strideH(), a.height()); row++) {
            for (int column = 0; column < Math.min(a.strideW(), a.width()); column++) {
                phase(row, column);
            }
        }
    }

    /** The results {@code row}, {@code row} + strideH, … by {@code column}, {@code column} + strideW, … */
    private void phase(int row, int column) {
        int height = (a.height() - 1 - row) / a.strideH() + 1;
        int width = (a.width() - 1 - column) / a.strideW() + 1;
        int[] starts = new int[y.dim(0) * height * width];
        int firstRow = (row + a.top()) / a.strideH() + frame.padTop();
        int firstColumn = (column + a.left()) / a.strideW() + frame.padLeft();
        for (int i = 0; i < starts.length; i++) {
            int imageRow = i / width / height * frame.paddedHeight() + firstRow + i / width % height;
            starts[i] = (imageRow * frame.paddedWidth() + firstColumn + i % width) * frame.channels();
        }
        for (int group = 0; group < a.groups(); group++) {
            List<RowSource> sources = new ArrayList<>();
            List<Integer> met = new ArrayList<>();
            for (int cell = 0; cell < cells; cell++) {
                int up = steps(cell / w.dim(2) * a.dilationH(), row + a.top(), a.strideH());
                int back = steps(cell % w.dim(2) * a.dilationW(), column + a.left(), a.strideW());
                if (up >= 0 && back >= 0) {
                    int start = -(up * frame.paddedWidth() + back) * frame.channels();
                    sources.add(source(starts, width, frame.channels(), start + group * channels));
                    met.add(cell);
                }
            }
            if (met.isEmpty()) {
                // Zeros times any cell: the bias alone.
                int zeros = (frame.paddedHeight() - 1) * frame.paddedWidth() * frame.channels();
                sources.add(source(new int[starts.length], width, 0, zeros));
                met.add(0);
            }
            if (node.input(0).type() == DType.INT8) {
                quantized(group, sources, met, row, column, height, width);
            } else {
                floats(group, sources, met, height, width);
            }
        }
        if (node.input(0).type() == DType.FLOAT32 && (a.strideH() > 1 || a.strideW() > 1)) {
            interleave(row, column, height, width);
        }
    }

    /** Rows of x between a result and the x that a kernel row meets there, −1 if they never meet. */
    private static int steps(int reach, int shifted, int stride) {
        int phase = shifted % stride;
        return reach % stride == phase ? (reach - phase) / stride : -1;
    }

    private RowSource source(int[] starts, int run, int stride, int segment) {
        return new RowSource(image.array(), image.offset(), starts, run, stride, new int[] {segment}, channels);
    }

    private Packing packing(int group, int cell, int firstChannel, int depth) {
        int depthOfUnit = cells * channels;
        int offset = group * units * depthOfUnit + cell * channels + firstChannel;
        return new Packing(depth, units, offset, 1, depthOfUnit);
    }

    private void floats(int group, List<RowSource> sources, List<Integer> met, int height, int width) {
        boolean direct = a.strideH() == 1 && a.strideW() == 1;
        FloatRef to = direct ? binding.floats(node.output()) : binding.floatScratch(1);
        FloatRef sums = new FloatRef(to.array(), to.offset() + group * units);
        FloatRef bias = Products.bias(binding, node, y.dim(3));
        FloatRef start = new FloatRef(bias.array(), bias.offset() + group * units);
        for (int i = 0; i < met.size(); i++) {
            PackedWeights packed = ProductStep.pack(binding, node.input(1), packing(group, met.get(i), 0, channels));
            Activation activation = i == met.size() - 1 ? a.activation() : Activation.NONE;
            int stride = i == 0 ? 0 : y.dim(3);
            FloatRef from = i == 0 ? start : sums;
            binding.add(new ProductStep(binding, sources.get(i), packed, from, stride, sums, y.dim(3), activation));
        }
    }

    private void interleave(int row, int column, int height, int width) {
        int n = y.dim(3);
        int[] sizes = {y.dim(0), height, width, n};
        int[] from = {height * width * n, width * n, n, 1};
        int line = y.dim(2) * n;
        int[] to = {y.dim(1) * line, a.strideH() * line, a.strideW() * n, 1};
        FloatRef sums = binding.floatScratch(1);
        FloatRef result = binding.floats(node.output());
        BoxCopyStep.add(
                binding,
                new ArrayRef(sums.array(), sums.offset()),
                new ArrayRef(result.array(), result.offset() + row * line + column * n),
                sizes,
                from,
                to);
    }

    private void quantized(
            int group, List<RowSource> sources, List<Integer> met, int row, int column, int height, int width) {
        List<ExactDepth.Piece> pieces = new ArrayList<>();
        List<PackedWeights> packed = new ArrayList<>();
        for (int i = 0; i < met.size(); i++) {
            for (int first = 0; first < channels; first += EXACT) {
                int depth = Math.min(EXACT, channels - first);
                RowSource s = sources.get(i);
                int[] segment = {s.segments()[0] + first};
                pieces.add(new ExactDepth.Piece(
                        0, new RowSource(s.data(), s.base(), s.rows(), s.rowRun(), s.rowStride(), segment, depth)));
                packed.add(binding.packed(node.input(1), packing(group, met.get(i), first, depth)));
            }
        }
        int[] targets = new int[y.dim(0) * height * width];
        for (int i = 0; i < targets.length; i++) {
            int resultRow = i / width / height * y.dim(1) + row + i / width % height * a.strideH();
            targets[i] = (resultRow * y.dim(2) + column + i % width * a.strideW()) * y.dim(3);
        }
        int m = pieces.get(0).rows().m();
        int depth = pieces.get(0).rows().k();
        Requantization scaling = Requantization.of(binding, node, a.activation(), group * units, units);
        int mostRows = QuantizedProductStep.mostRows(m);
        binding.add(new QuantizedProductStep(
                binding,
                m,
                Collections.nCopies(binding.workers(), pieces),
                packed.toArray(new PackedWeights[0]),
                null,
                0,
                null,
                QuantizedResult.scattered(binding, scaling, node.output(), group * units, mostRows, targets),
                depth,
                new float[units]));
    }
}
