package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.DepthwiseGeometry;
import dev.junco.runtime.kernel.DepthwiseKernels;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;
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

    /** Where sums without a bias start. */
    private static final float[] NOTHING = new float[LANES];

    /** Blocks with fewer columns than this are computed column by column where that makes longer lines of pairs. */
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
            lines(g, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi, null);
        } else {
            FmaDepthwiseKernels.channels(
                    g, 0, channels, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
        }
    }

    /** {@link #depthwise} of a widened image to widened results, for channels that fill vectors, without channel multiplier. */
    static void rescaled(
            DepthwiseGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            Rescaling rescaling,
            float[] y,
            int yOffset) {
        lines(g, fromRow, toRow, x, xOffset, w, wOffset, NOTHING, 0, y, yOffset, 0, 0, rescaling);
    }

    /**
     * As many channels as there are lanes or more; the last vector may overlap the one before. Weights are loaded once a line of outputs: along a row, or
     * down a column where the block is narrow.
     */
    private static void lines(
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
            float hi,
            Rescaling rescaling) {
        int stride = g.strideW() * g.channels();
        int xRow = g.strideH() * g.inputWidth() * g.channels();
        int yRow = g.imageWidth() * g.channels();
        boolean down = 0 < g.outputWidth() && g.outputWidth() < Math.min(NARROW, (toRow - fromRow) / 2);
        int lines = down ? g.outputWidth() : toRow - fromRow;
        int n = down ? toRow - fromRow : g.outputWidth();
        int xLine = down ? stride : xRow;
        int yLine = down ? g.channels() : yRow;
        int xStep = down ? xRow : stride;
        int yStep = down ? yRow : g.channels();
        int atOnce = Math.max(2, NEAR / xRow / 2 * 2);
        for (int line = 0; line < lines; line += atOnce) {
            int m = Math.min(atOnce, lines - line);
            int in = xOffset + fromRow * xRow + line * xLine;
            int out = yOffset + fromRow * yRow + line * yLine;
            for (int channel = 0; channel < g.channels(); channel += LANES) {
                int c = Math.min(channel, g.channels() - LANES);
                int i = in + c;
                int f = wOffset + c;
                int o = out + c;
                if (rescaling == null) {
                    int b = biasOffset + c;
                    bounded(g, m, xLine, yLine, n, xStep, yStep, x, i, w, f, y, o, bias, b, lo, hi);
                } else {
                    rescaled(g, m, xLine, yLine, n, xStep, yStep, x, i, w, f, y, o, rescaling, c);
                }
            }
        }
    }

    private static void bounded(
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
            float[] y,
            int out,
            float[] bias,
            int biasOffset,
            float lo,
            float hi) {
        int cells = g.kernelHeight() * g.kernelWidth();
        if (cells == 9 && g.kernelHeight() == 3) {
            DepthwiseLines512.nine(
                    g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, bias, biasOffset, lo, hi);
        } else if (cells == 6) {
            DepthwiseLines512.six(
                    g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, bias, biasOffset, lo, hi);
        } else if (cells == 4) {
            DepthwiseLines512.four(
                    g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, bias, biasOffset, lo, hi);
        } else {
            for (int l = 0; l < lines; l++) {
                int i = in + l * xLine;
                any(g, n, x, i, xStep, w, filter, bias, biasOffset, y, out + l * yLine, yStep, lo, hi);
            }
        }
    }

    /** Other parts of a filter, and channels without one-sided lines, are rescaled when their sums have been stored. */
    private static void rescaled(
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
            float[] y,
            int out,
            Rescaling rescaling,
            int channel) {
        int cells = g.kernelHeight() * g.kernelWidth();
        SingleRounding rounding = rescaling.singleRounding();
        boolean hasLines = rescaling.isOneSided() && rounding.hasLines(channel);
        if (hasLines && cells == 9 && g.kernelHeight() == 3) {
            DepthwiseLines512.nine(
                    g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, rounding, channel);
        } else if (hasLines && cells == 6) {
            DepthwiseLines512.six(g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, rounding, channel);
        } else if (hasLines && cells == 4) {
            DepthwiseLines512.four(
                    g, lines, xLine, yLine, n, xStep, yStep, x, in, w, filter, y, out, rounding, channel);
        } else {
            float lo = Float.NEGATIVE_INFINITY;
            float hi = Float.POSITIVE_INFINITY;
            for (int l = 0; l < lines; l++) {
                any(g, n, x, in + l * xLine, xStep, w, filter, NOTHING, 0, y, out + l * yLine, yStep, lo, hi);
                VectorRescaling512.rescale(rescaling, y, out + l * yLine, yStep, n, channel);
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
        if (n == 0) {
            return; // the warm-up asks for nothing, many times
        }
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
