package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;

/** A dense layer or a convolution of int16 activations with int8 weights; a unit is a pixel of the result with all its channels. */
final class Int16ProductStep extends Step {
    /** So many products of 2²² fit an int32. */
    private static final int RUN = 256;

    private final WindowGeometry g;
    private final ShortRef x;
    private final ByteRef w;
    private final ShortRef y;
    private final Int16Requantization requantization;
    private final int units;
    private final int unitsOfGroup;
    private final int channels;

    private Int16ProductStep(
            Binding binding, Node node, Activation activation, WindowGeometry g, int units, int groups) {
        super((long) node.output().shape().elements() * g.kernelHeight() * g.kernelWidth() * (g.channels() / groups));
        this.g = g;
        this.units = units;
        unitsOfGroup = units / groups;
        channels = g.channels() / groups;
        x = binding.shorts(node.input(0));
        w = binding.bytes(node.input(1));
        y = binding.shorts(node.output());
        requantization = new Int16Requantization(binding, node, activation, units);
    }

    static Int16ProductStep convolution(
            Binding binding, Node node, Activation activation, WindowGeometry g, int groups) {
        return new Int16ProductStep(
                binding, node, activation, g, node.input(1).shape().dim(0), groups);
    }

    /** A dense layer is a window over an image of one pixel. */
    static Int16ProductStep dense(Binding binding, Node node, Activation activation) {
        Shape w = node.input(1).shape();
        Shape image = Shape.of(node.input(0).shape().dim(0), 1, 1, w.dim(1));
        WindowGeometry g = WindowGeometry.of(image, 1, 1, 1, 1, 1, 1, Padding.VALID);
        return new Int16ProductStep(binding, node, activation, g, w.dim(0), 1);
    }

    @Override
    public int units() {
        return g.batch() * g.outputHeight() * g.outputWidth();
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int pixel = from; pixel < to; pixel++) {
            int top = pixel / g.outputWidth() % g.outputHeight() * g.strideH() - g.padTop();
            int left = pixel % g.outputWidth() * g.strideW() - g.padLeft();
            int image = pixel / g.outputWidth() / g.outputHeight();
            for (int unit = 0; unit < units; unit++) {
                long sum = window(image, top, left, unit);
                y.array()[y.offset() + pixel * units + unit] = requantization.of(sum, unit);
            }
        }
    }

    private long window(int image, int top, int left, int unit) {
        int firstChannel = unit / unitsOfGroup * channels;
        long sum = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = top + ky * g.dilationH();
            if (row < 0 || row >= g.inputHeight()) {
                continue;
            }
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int column = left + kx * g.dilationW();
                if (column >= 0 && column < g.inputWidth()) {
                    int pixel = (image * g.inputHeight() + row) * g.inputWidth() + column;
                    int filter = ((unit * g.kernelHeight() + ky) * g.kernelWidth() + kx) * channels;
                    sum += dot(x.offset() + pixel * g.channels() + firstChannel, w.offset() + filter);
                }
            }
        }
        return sum;
    }

    private long dot(int xAt, int wAt) {
        short[] left = x.array();
        byte[] right = w.array();
        long sum = 0;
        for (int first = 0; first < channels; first += RUN) {
            int end = Math.min(first + RUN, channels);
            int part = 0;
            for (int c = first; c < end; c++) {
                part += left[xAt + c] * right[wAt + c];
            }
            sum += part;
        }
        return sum;
    }
}
