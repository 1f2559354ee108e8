package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;

/** A convolution of int16 activations with int8 filters of their own for each channel; a unit is a pixel of the result with all its channels. */
final class Int16DepthwiseStep extends Step {
    private final WindowGeometry g;
    private final ShortRef x;
    private final ByteRef w;
    private final ShortRef y;
    private final Int16Requantization requantization;
    private final int units;
    private final int multiplier;

    Int16DepthwiseStep(Binding binding, Node node, Activation activation, WindowGeometry g) {
        super((long) node.output().shape().elements() * g.kernelHeight() * g.kernelWidth());
        this.g = g;
        units = node.input(1).shape().dim(3);
        multiplier = units / g.channels();
        x = binding.shorts(node.input(0));
        w = binding.bytes(node.input(1));
        y = binding.shorts(node.output());
        requantization = new Int16Requantization(binding, node, activation, units);
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
        int channel = unit / multiplier;
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
                    int value = x.array()[x.offset() + pixel * g.channels() + channel];
                    sum += value * w.array()[w.offset() + (ky * g.kernelWidth() + kx) * units + unit];
                }
            }
        }
        return sum;
    }
}
