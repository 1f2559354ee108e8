package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;

/** Sums of int16 activations times int8 weights over windows of an image, rescaled to int16; a unit is a pixel of the result with all its channels. */
abstract class Int16WindowStep extends Step {
    final WindowGeometry g;
    final ShortRef x;
    final ByteRef w;
    private final ShortRef y;
    private final Int16Requantization requantization;
    private final int units;

    /** A step of so many output channels, each of which is a sum of {@code products} products of a pixel. */
    Int16WindowStep(Binding binding, Node node, Activation activation, WindowGeometry g, int units, int products) {
        super((long) node.output().shape().elements() * g.kernelHeight() * g.kernelWidth() * products);
        this.g = g;
        this.units = units;
        x = binding.shorts(node.input(0));
        w = binding.bytes(node.input(1));
        y = binding.shorts(node.output());
        requantization = new Int16Requantization(binding, node, activation, units);
    }

    /** The row of x under a row of the kernel, for a row of the result; outside of x for none. */
    int row(int y, int ky) {
        return y * g.strideH() - g.padTop() + ky * g.dilationH();
    }

    /** The column of x under a column of the kernel, for a column of the result; outside of x for none. */
    int column(int x, int kx) {
        return x * g.strideW() - g.padLeft() + kx * g.dilationW();
    }

    /** What one cell of a window adds to the sum of a unit: {@code pixel} begins at that element of x, {@code cell} counts cells row by row. */
    abstract long products(int pixel, int cell, int unit);

    @Override
    public final int units() {
        return g.batch() * g.outputHeight() * g.outputWidth();
    }

    @Override
    public final void run(int from, int to, int worker) {
        for (int pixel = from; pixel < to; pixel++) {
            int line = pixel / g.outputWidth() % g.outputHeight();
            int image = pixel / g.outputWidth() / g.outputHeight();
            for (int unit = 0; unit < units; unit++) {
                long sum = window(image, line, pixel % g.outputWidth(), unit);
                y.array()[y.offset() + pixel * units + unit] = requantization.of(sum, unit);
            }
        }
    }

    private long window(int image, int y, int x, int unit) {
        long sum = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = row(y, ky);
            if (row < 0 || row >= g.inputHeight()) {
                continue;
            }
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int column = column(x, kx);
                if (column >= 0 && column < g.inputWidth()) {
                    int pixel = (image * g.inputHeight() + row) * g.inputWidth() + column;
                    sum += products(this.x.offset() + pixel * g.channels(), ky * g.kernelWidth() + kx, unit);
                }
            }
        }
        return sum;
    }
}
