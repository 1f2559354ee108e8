package dev.junco.runtime.op;

import dev.junco.runtime.graph.attributes.PoolKind;

/** Pooling of int16 images; a unit is a pixel of the result. The mean is rounded to the nearest integer, halves away from zero. */
final class Int16PoolStep extends Step {
    private final boolean max;
    private final WindowGeometry g;
    private final ShortRef x;
    private final ShortRef y;
    private final int lo;
    private final int hi;

    Int16PoolStep(PoolKind kind, WindowGeometry g, ShortRef x, ShortRef y, int lo, int hi) {
        super((long) g.batch()
                * g.outputHeight()
                * g.outputWidth()
                * g.channels()
                * g.kernelHeight()
                * g.kernelWidth());
        this.max = kind == PoolKind.MAX;
        this.g = g;
        this.x = x;
        this.y = y;
        this.lo = lo;
        this.hi = hi;
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
            int firstRow = Math.max(top, 0);
            int endRow = Math.min(top + g.kernelHeight(), g.inputHeight());
            int firstColumn = Math.max(left, 0);
            int endColumn = Math.min(left + g.kernelWidth(), g.inputWidth());
            int source =
                    x.offset() + ((image * g.inputHeight() + firstRow) * g.inputWidth() + firstColumn) * g.channels();
            int target = y.offset() + pixel * g.channels();
            for (int c = 0; c < g.channels(); c++) {
                int result = window(source + c, endRow - firstRow, endColumn - firstColumn);
                y.array()[target + c] = (short) Math.min(Math.max(result, lo), hi);
            }
        }
    }

    /** One channel of a window of so many rows and columns inside the image. */
    private int window(int start, int rows, int columns) {
        int largest = Short.MIN_VALUE;
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int value = x.array()[start + (row * g.inputWidth() + column) * g.channels()];
                largest = Math.max(largest, value);
                sum += value;
            }
        }
        int cells = rows * columns;
        return max ? largest : (int) ((sum > 0 ? sum + cells / 2 : sum - cells / 2) / cells);
    }
}
