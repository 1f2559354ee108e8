package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.DepthwiseGeometry;
import dev.junco.runtime.kernel.DepthwiseKernels;
import dev.junco.runtime.kernel.fma.FmaDepthwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise convolution on 512-bit vectors of neighbouring channels; the last vector of a pixel overlaps the one before. Fewer channels than lanes
 * go to {@link VectorDepthwisePixels512}, filters with a channel multiplier to the plain kernels.
 */
public final class VectorDepthwiseKernels512 implements DepthwiseKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    /** Blocks with fewer columns than this are computed column by column where that makes longer lines. */
    private static final int NARROW = 8;

    /** Floats of the input that stay in the second-level cache while their channels pass by, a vector of them at a time. */
    private static final int NEAR = 1 << 15;

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
        int channels = g.channels();
        if (channels == g.inputChannels() && channels < LANES) {
            VectorDepthwisePixels512.depthwise(
                    g, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
        } else if (channels == g.inputChannels()) {
            channels(g, 0, channels, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
        } else {
            FmaDepthwiseKernels.channels(
                    g, 0, channels, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
        }
    }

    /** {@link #depthwise} for the channels {@code [fromChannel, toChannel)} alone, no fewer than lanes, without channel multiplier. */
    static void channels(
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
        int stride = g.strideW() * g.channels();
        int xRow = g.strideH() * g.inputWidth() * g.channels();
        int yRow = g.imageWidth() * g.channels();
        int cells = g.kernelHeight() * g.kernelWidth();
        // weights are loaded once a line of outputs: along a row, or down a column where the block is narrow
        boolean down = g.outputWidth() < NARROW && g.outputWidth() < toRow - fromRow;
        int lines = down ? g.outputWidth() : toRow - fromRow;
        int n = down ? toRow - fromRow : g.outputWidth();
        int xLine = down ? stride : xRow;
        int yLine = down ? g.channels() : yRow;
        int xStep = down ? xRow : stride;
        int yStep = down ? yRow : g.channels();
        int atOnce = Math.max(1, NEAR / xRow);
        for (int line = 0; line < lines; line += atOnce) {
            int m = Math.min(atOnce, lines - line);
            int in = xOffset + fromRow * xRow + line * xLine;
            int out = yOffset + fromRow * yRow + line * yLine;
            for (int channel = fromChannel; channel < toChannel; channel += LANES) {
                int c = Math.min(channel, toChannel - LANES);
                int i = in + c;
                int f = wOffset + c;
                int b = biasOffset + c;
                int o = out + c;
                if (cells == 9 && g.kernelHeight() == 3) {
                    nine(g, m, xLine, yLine, n, xStep, yStep, x, i, w, f, bias, b, y, o, lo, hi);
                } else if (cells == 6) {
                    six(g, m, xLine, yLine, n, xStep, yStep, x, i, w, f, bias, b, y, o, lo, hi);
                } else if (cells == 4) {
                    four(g, m, xLine, yLine, n, xStep, yStep, x, i, w, f, bias, b, y, o, lo, hi);
                } else {
                    for (int l = 0; l < m; l++) {
                        any(g, n, x, i + l * xLine, xStep, w, f, bias, b, y, o + l * yLine, yStep, lo, hi);
                    }
                }
            }
        }
    }

    /** Lines of n outputs under a 3×3 filter, whose weights stay in registers. */
    private static void nine(
            DepthwiseGeometry g,
            int lines,
            int xLine,
            int yLine,
            int n,
            int xStep,
            int yStep,
            float[] x,
            int in,
            float[] w,
            int filter,
            float[] bias,
            int biasOffset,
            float[] y,
            int out,
            float lo,
            float hi) {
        if (g.outputWidth() == 0) {
            return; // the warm-up asks for nothing, many times
        }
        int channels = g.channels();
        int down = g.dilationH() * g.inputWidth() * channels;
        int step = g.dilationW() * channels;
        int second = filter + g.filterWidth() * channels;
        int third = second + g.filterWidth() * channels;
        FloatVector w00 = FloatVector.fromArray(F, w, filter);
        FloatVector w01 = FloatVector.fromArray(F, w, filter + channels);
        FloatVector w02 = FloatVector.fromArray(F, w, filter + 2 * channels);
        FloatVector w10 = FloatVector.fromArray(F, w, second);
        FloatVector w11 = FloatVector.fromArray(F, w, second + channels);
        FloatVector w12 = FloatVector.fromArray(F, w, second + 2 * channels);
        FloatVector w20 = FloatVector.fromArray(F, w, third);
        FloatVector w21 = FloatVector.fromArray(F, w, third + channels);
        FloatVector w22 = FloatVector.fromArray(F, w, third + 2 * channels);
        FloatVector start = FloatVector.fromArray(F, bias, biasOffset);
        for (int line = 0; line < lines; line++) {
            int from = in + line * xLine;
            int to = out + line * yLine;
            for (int i = 0; i < n; i++) {
                int top = from + i * xStep;
                int middle = top + down;
                int bottom = middle + down;
                FloatVector sum = FloatVector.fromArray(F, x, top).fma(w00, start);
                sum = FloatVector.fromArray(F, x, top + step).fma(w01, sum);
                sum = FloatVector.fromArray(F, x, top + 2 * step).fma(w02, sum);
                sum = FloatVector.fromArray(F, x, middle).fma(w10, sum);
                sum = FloatVector.fromArray(F, x, middle + step).fma(w11, sum);
                sum = FloatVector.fromArray(F, x, middle + 2 * step).fma(w12, sum);
                sum = FloatVector.fromArray(F, x, bottom).fma(w20, sum);
                sum = FloatVector.fromArray(F, x, bottom + step).fma(w21, sum);
                sum = FloatVector.fromArray(F, x, bottom + 2 * step).fma(w22, sum);
                sum = sum.blend(lo, sum.compare(VectorOperators.LE, lo));
                sum.blend(hi, sum.compare(VectorOperators.GT, hi)).intoArray(y, to + i * yStep);
            }
        }
    }

    /** {@link #nine} under 2×3 or 3×2 cells of a filter: the border of a padded image. */
    private static void six(
            DepthwiseGeometry g,
            int lines,
            int xLine,
            int yLine,
            int n,
            int xStep,
            int yStep,
            float[] x,
            int in,
            float[] w,
            int filter,
            float[] bias,
            int biasOffset,
            float[] y,
            int out,
            float lo,
            float hi) {
        if (g.outputWidth() == 0) {
            return; // the warm-up asks for nothing, many times
        }
        int channels = g.channels();
        int width = g.kernelWidth();
        int down = g.dilationH() * g.inputWidth() * channels;
        int step = g.dilationW() * channels;
        int filterRow = g.filterWidth() * channels;
        int p1 = 1 / width * down + 1 % width * step;
        int p2 = 2 / width * down + 2 % width * step;
        int p3 = 3 / width * down + 3 % width * step;
        int p4 = 4 / width * down + 4 % width * step;
        int p5 = 5 / width * down + 5 % width * step;
        FloatVector w0 = FloatVector.fromArray(F, w, filter);
        FloatVector w1 = FloatVector.fromArray(F, w, filter + 1 / width * filterRow + 1 % width * channels);
        FloatVector w2 = FloatVector.fromArray(F, w, filter + 2 / width * filterRow + 2 % width * channels);
        FloatVector w3 = FloatVector.fromArray(F, w, filter + 3 / width * filterRow + 3 % width * channels);
        FloatVector w4 = FloatVector.fromArray(F, w, filter + 4 / width * filterRow + 4 % width * channels);
        FloatVector w5 = FloatVector.fromArray(F, w, filter + 5 / width * filterRow + 5 % width * channels);
        FloatVector start = FloatVector.fromArray(F, bias, biasOffset);
        for (int line = 0; line < lines; line++) {
            int from = in + line * xLine;
            int to = out + line * yLine;
            for (int i = 0; i < n; i++) {
                int p0 = from + i * xStep;
                FloatVector sum = FloatVector.fromArray(F, x, p0).fma(w0, start);
                sum = FloatVector.fromArray(F, x, p0 + p1).fma(w1, sum);
                sum = FloatVector.fromArray(F, x, p0 + p2).fma(w2, sum);
                sum = FloatVector.fromArray(F, x, p0 + p3).fma(w3, sum);
                sum = FloatVector.fromArray(F, x, p0 + p4).fma(w4, sum);
                sum = FloatVector.fromArray(F, x, p0 + p5).fma(w5, sum);
                sum = sum.blend(lo, sum.compare(VectorOperators.LE, lo));
                sum.blend(hi, sum.compare(VectorOperators.GT, hi)).intoArray(y, to + i * yStep);
            }
        }
    }

    /** {@link #nine} under four cells of a filter: the corners of a padded image. */
    private static void four(
            DepthwiseGeometry g,
            int lines,
            int xLine,
            int yLine,
            int n,
            int xStep,
            int yStep,
            float[] x,
            int in,
            float[] w,
            int filter,
            float[] bias,
            int biasOffset,
            float[] y,
            int out,
            float lo,
            float hi) {
        int channels = g.channels();
        int width = g.kernelWidth();
        int down = g.dilationH() * g.inputWidth() * channels;
        int step = g.dilationW() * channels;
        int filterRow = g.filterWidth() * channels;
        int p1 = 1 / width * down + 1 % width * step;
        int p2 = 2 / width * down + 2 % width * step;
        int p3 = 3 / width * down + 3 % width * step;
        FloatVector w0 = FloatVector.fromArray(F, w, filter);
        FloatVector w1 = FloatVector.fromArray(F, w, filter + 1 / width * filterRow + 1 % width * channels);
        FloatVector w2 = FloatVector.fromArray(F, w, filter + 2 / width * filterRow + 2 % width * channels);
        FloatVector w3 = FloatVector.fromArray(F, w, filter + 3 / width * filterRow + 3 % width * channels);
        FloatVector start = FloatVector.fromArray(F, bias, biasOffset);
        for (int line = 0; line < lines; line++) {
            int from = in + line * xLine;
            int to = out + line * yLine;
            for (int i = 0; i < n; i++) {
                int p0 = from + i * xStep;
                FloatVector sum = FloatVector.fromArray(F, x, p0).fma(w0, start);
                sum = FloatVector.fromArray(F, x, p0 + p1).fma(w1, sum);
                sum = FloatVector.fromArray(F, x, p0 + p2).fma(w2, sum);
                sum = FloatVector.fromArray(F, x, p0 + p3).fma(w3, sum);
                sum = sum.blend(lo, sum.compare(VectorOperators.LE, lo));
                sum.blend(hi, sum.compare(VectorOperators.GT, hi)).intoArray(y, to + i * yStep);
            }
        }
    }

    /** A line of n outputs under any part of a filter; four outputs at a time hide the latency and share the weights. */
    private static void any(
            DepthwiseGeometry g,
            int n,
            float[] x,
            int in,
            int xStep,
            float[] w,
            int filter,
            float[] bias,
            int biasOffset,
            float[] y,
            int out,
            int yStep,
            float lo,
            float hi) {
        int channels = g.channels();
        int step = g.dilationW() * channels;
        int down = g.dilationH() * g.inputWidth() * channels;
        FloatVector nothing = FloatVector.broadcast(F, -0f);
        for (int first = 0; first < n; first += 4) {
            // past the end, the last output is computed again
            int x0 = in + first * xStep;
            int x1 = in + Math.min(first + 1, n - 1) * xStep;
            int x2 = in + Math.min(first + 2, n - 1) * xStep;
            int x3 = in + Math.min(first + 3, n - 1) * xStep;
            FloatVector s0 = FloatVector.fromArray(F, bias, biasOffset);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
                int p = ky * down;
                int weight = filter + ky * g.filterWidth() * channels;
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    FloatVector v = FloatVector.fromArray(F, w, weight);
                    s0 = FloatVector.fromArray(F, x, x0 + p).fma(v, s0);
                    s1 = FloatVector.fromArray(F, x, x1 + p).fma(v, s1);
                    s2 = FloatVector.fromArray(F, x, x2 + p).fma(v, s2);
                    s3 = FloatVector.fromArray(F, x, x3 + p).fma(v, s3);
                    p += step;
                    weight += channels;
                }
            }
            // −0 changes no sum, but what comes out has a class that C2 knows: see VectorPolynomials512
            s0 = nothing.add(s0);
            s0 = s0.blend(lo, s0.compare(VectorOperators.LE, lo));
            s1 = nothing.add(s1);
            s1 = s1.blend(lo, s1.compare(VectorOperators.LE, lo));
            s2 = nothing.add(s2);
            s2 = s2.blend(lo, s2.compare(VectorOperators.LE, lo));
            s3 = nothing.add(s3);
            s3 = s3.blend(lo, s3.compare(VectorOperators.LE, lo));
            int q = out + first * yStep;
            int end = out + (n - 1) * yStep;
            s0.blend(hi, s0.compare(VectorOperators.GT, hi)).intoArray(y, q);
            s1.blend(hi, s1.compare(VectorOperators.GT, hi)).intoArray(y, Math.min(q + yStep, end));
            s2.blend(hi, s2.compare(VectorOperators.GT, hi)).intoArray(y, Math.min(q + 2 * yStep, end));
            s3.blend(hi, s3.compare(VectorOperators.GT, hi)).intoArray(y, Math.min(q + 3 * yStep, end));
        }
    }
}
