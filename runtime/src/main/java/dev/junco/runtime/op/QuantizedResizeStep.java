package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.CoordinateKind;

/**
 * Linear resizing of int8 and int16 images as TensorFlow Lite's reference kernel: positions have 10 fractional bits, products of both weights 20, and the
 * sum is rounded to the nearest, halves away from zero. A unit is a row of the result.
 */
final class QuantizedResizeStep extends Step {
    private static final int ONE = 1 << 10;

    private final Shape from;
    private final Shape to;
    private final ArrayRef x;
    private final ArrayRef y;

    /** Three entries a row or column of the result: lower index, upper index, weight of the upper one. */
    private final int[] rows;

    private final int[] columns;

    QuantizedResizeStep(CoordinateKind kind, Shape from, ArrayRef x, Shape to, ArrayRef y) {
        super(4L * to.elements());
        this.from = from;
        this.to = to;
        this.x = x;
        this.y = y;
        rows = table(kind, from.dim(1), to.dim(1));
        columns = table(kind, from.dim(2), to.dim(2));
    }

    private static int[] table(CoordinateKind kind, int input, int output) {
        boolean corners = kind == CoordinateKind.ALIGN_CORNERS && output > 1;
        int steps = corners ? output - 1 : output;
        int step = (int) (((long) ONE * (corners ? input - 1 : input) + steps / 2) / steps);
        int[] table = new int[3 * output];
        for (int i = 0; i < output; i++) {
            long position = (long) i * step + (kind == CoordinateKind.HALF_PIXEL ? step / 2 - ONE / 2 : 0);
            long lower = Math.max(position / ONE, 0);
            table[3 * i] = (int) Math.min(lower, input - 1);
            table[3 * i + 1] = (int) Math.min((position + ONE - 1) / ONE, input - 1);
            table[3 * i + 2] = (int) (position - ONE * lower);
        }
        return table;
    }

    @Override
    public int units() {
        return to.dim(0) * to.dim(1);
    }

    @Override
    public void run(int first, int end, int worker) {
        int channels = to.dim(3);
        int rowLength = from.dim(2) * channels;
        for (int unit = first; unit < end; unit++) {
            int row = unit % to.dim(1) * 3;
            int image = x.offset() + unit / to.dim(1) * from.dim(1) * rowLength;
            int upper = image + rows[row] * rowLength;
            int lower = image + rows[row + 1] * rowLength;
            int target = y.offset() + unit * to.dim(2) * channels;
            for (int column = 0; column < columns.length; column += 3) {
                int left = columns[column] * channels;
                int right = columns[column + 1] * channels;
                mix(
                        upper + left,
                        upper + right,
                        lower + left,
                        lower + right,
                        rows[row + 2],
                        columns[column + 2],
                        target);
                target += channels;
            }
        }
    }

    private void mix(int upperLeft, int upperRight, int lowerLeft, int lowerRight, int down, int across, int target) {
        long ul = (long) (ONE - down) * (ONE - across);
        long ll = (long) down * (ONE - across);
        long ur = (long) (ONE - down) * across;
        long lr = (long) down * across;
        int channels = to.dim(3);
        if (x.array() instanceof short[]) {
            short[] from = (short[]) x.array();
            short[] result = (short[]) y.array();
            for (int c = 0; c < channels; c++) {
                result[target + c] = (short) rounded(from[upperLeft + c] * ul
                        + from[lowerLeft + c] * ll
                        + from[upperRight + c] * ur
                        + from[lowerRight + c] * lr);
            }
            return;
        }
        byte[] from = (byte[]) x.array();
        byte[] result = (byte[]) y.array();
        for (int c = 0; c < channels; c++) {
            result[target + c] = (byte) rounded(from[upperLeft + c] * ul
                    + from[lowerLeft + c] * ll
                    + from[upperRight + c] * ur
                    + from[lowerRight + c] * lr);
        }
    }

    private static long rounded(long sum) {
        return (sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20);
    }
}
