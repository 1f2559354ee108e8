package dev.junco.runtime.kernel;

/** Depthwise convolution as plain loops. */
public final class PlainDepthwiseKernels implements DepthwiseKernels {
    @Override
    public void depthwise(
            DepthwiseGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        channels(g, 0, g.channels(), fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
    }

    /** {@link #depthwise} for the channels {@code [fromChannel, toChannel)} alone. */
    public static void channels(
            DepthwiseGeometry g,
            int fromChannel,
            int toChannel,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        int xRow = g.inputWidth() * g.inputChannels();
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = xOffset + oy * g.strideH() * xRow;
            int out = yOffset + oy * g.imageWidth() * g.channels();
            rowOfChannels(g, fromChannel, toChannel, x, top, xRow, w, wOffset, bias, biasOffset, y, out, lo, hi);
        }
    }

    /** Some channels of one output row. */
    private static void rowOfChannels(
            DepthwiseGeometry g,
            int fromChannel,
            int toChannel,
            float[] x,
            int top,
            int xRow,
            float[] w,
            int wOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int out,
            float lo,
            float hi) {
        int multiplier = g.channels() / g.inputChannels();
        boolean is3x3 = g.kernelHeight() == 3 && g.kernelWidth() == 3;
        for (int c = fromChannel; c < toChannel; c++) {
            int column = top + c / multiplier;
            if (is3x3) {
                row3x3(g, x, column, xRow, w, wOffset + c, bias[biasOffset + c], y, out + c, lo, hi);
            } else {
                row(g, x, column, xRow, w, wOffset + c, bias[biasOffset + c], y, out + c, lo, hi);
            }
        }
    }

    /** One channel of one output row under a 3×3 filter, whose weights stay in registers. */
    private static void row3x3(
            DepthwiseGeometry g,
            float[] x,
            int column,
            int xRow,
            float[] w,
            int filter,
            float bias,
            float[] y,
            int out,
            float lo,
            float hi) {
        int channels = g.channels();
        float w00 = w[filter];
        float w01 = w[filter + channels];
        float w02 = w[filter + 2 * channels];
        int second = filter + g.filterWidth() * channels;
        float w10 = w[second];
        float w11 = w[second + channels];
        float w12 = w[second + 2 * channels];
        int third = second + g.filterWidth() * channels;
        float w20 = w[third];
        float w21 = w[third + channels];
        float w22 = w[third + 2 * channels];
        int step = g.dilationW() * g.inputChannels();
        int down = g.dilationH() * xRow;
        int stride = g.strideW() * g.inputChannels();
        int width = g.outputWidth();
        for (int ox = 0; ox < width; ox++) {
            int top = column + ox * stride;
            int middle = top + down;
            int bottom = middle + down;
            float sum = MultiplyAdd.of(x[top], w00, bias);
            sum = MultiplyAdd.of(x[top + step], w01, sum);
            sum = MultiplyAdd.of(x[top + 2 * step], w02, sum);
            sum = MultiplyAdd.of(x[middle], w10, sum);
            sum = MultiplyAdd.of(x[middle + step], w11, sum);
            sum = MultiplyAdd.of(x[middle + 2 * step], w12, sum);
            sum = MultiplyAdd.of(x[bottom], w20, sum);
            sum = MultiplyAdd.of(x[bottom + step], w21, sum);
            sum = MultiplyAdd.of(x[bottom + 2 * step], w22, sum);
            y[out + ox * channels] = Math.min(Math.max(sum, lo), hi);
        }
    }

    /** One channel of one output row under a filter of any size. */
    private static void row(
            DepthwiseGeometry g,
            float[] x,
            int column,
            int xRow,
            float[] w,
            int filter,
            float bias,
            float[] y,
            int out,
            float lo,
            float hi) {
        int channels = g.channels();
        int step = g.dilationW() * g.inputChannels();
        int down = g.dilationH() * xRow;
        int stride = g.strideW() * g.inputChannels();
        for (int ox = 0; ox < g.outputWidth(); ox++) {
            float sum = bias;
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
                int weight = filter + ky * g.filterWidth() * channels;
                int in = column + ox * stride + ky * down;
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    sum = MultiplyAdd.of(x[in], w[weight], sum);
                    in += step;
                    weight += channels;
                }
            }
            y[out + ox * channels] = Math.min(Math.max(sum, lo), hi);
        }
    }
}
