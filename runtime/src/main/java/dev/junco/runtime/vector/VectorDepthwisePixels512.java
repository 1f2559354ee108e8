package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.DepthwiseGeometry;
import dev.junco.runtime.kernel.fma.FmaDepthwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise convolution of fewer channels than a vector of 512 bits has lanes. Where the outputs of a row are neighbours whose inputs are neighbours
 * too, a vector holds all channels of several pixels and the weights are repeated; elsewhere the lanes without a channel are masked.
 */
final class VectorDepthwisePixels512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    private VectorDepthwisePixels512() {}

    /** {@link VectorDepthwiseKernels512#depthwise} of fewer channels than lanes, without channel multiplier. */
    static void depthwise(
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
        int width = g.outputWidth();
        int rows = toRow - fromRow;
        int xRow = g.strideH() * g.inputWidth() * channels;
        int yRow = g.imageWidth() * channels;
        int in = xOffset + fromRow * xRow;
        int out = yOffset + fromRow * yRow;
        boolean neighbours = g.strideW() == 1 && LANES % channels == 0 && (width == 0 || width * channels >= LANES);
        if (neighbours && g.kernelHeight() == 3 && g.kernelWidth() == 3) {
            int n = width * channels;
            int last = n - LANES;
            nine(g, n - n % LANES, rows, xRow, yRow, x, in, w, wOffset, bias, biasOffset, y, out, lo, hi);
            if (n % LANES > 0) {
                nine(g, LANES, rows, xRow, yRow, x, in + last, w, wOffset, bias, biasOffset, y, out + last, lo, hi);
            }
            return;
        }
        if (LANES < 8) { // vectors too narrow to be masked
            FmaDepthwiseKernels.channels(
                    g, 0, channels, fromRow, toRow, x, xOffset, w, wOffset, bias, biasOffset, y, yOffset, lo, hi);
            return;
        }
        int xStep = g.strideW() * channels;
        if (width == 1) {
            any(g, rows, xRow, yRow, x, in, w, wOffset, bias, biasOffset, y, out, lo, hi);
        } else {
            for (int row = 0; row < rows; row++) {
                int i = in + row * xRow;
                int o = out + row * yRow;
                any(g, width, xStep, channels, x, i, w, wOffset, bias, biasOffset, y, o, lo, hi);
            }
        }
    }

    /** The first n numbers of each row of outputs under a 3×3 filter, whose weights stay in registers. */
    private static void nine(
            DepthwiseGeometry g,
            int n,
            int rows,
            int xRow,
            int yRow,
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
        if (n == 0) {
            return; // the warm-up asks for nothing, many times
        }
        int channels = g.channels();
        int step = g.dilationW() * channels;
        int down = g.dilationH() * g.inputWidth() * channels;
        int second = filter + g.filterWidth() * channels;
        int third = second + g.filterWidth() * channels;
        // gathered weights would make the loop half as fast, so they are repeated where the first outputs will be
        repeat(w, filter, channels, y, out);
        FloatVector w00 = FloatVector.fromArray(F, y, out);
        repeat(w, filter + channels, channels, y, out);
        FloatVector w01 = FloatVector.fromArray(F, y, out);
        repeat(w, filter + 2 * channels, channels, y, out);
        FloatVector w02 = FloatVector.fromArray(F, y, out);
        repeat(w, second, channels, y, out);
        FloatVector w10 = FloatVector.fromArray(F, y, out);
        repeat(w, second + channels, channels, y, out);
        FloatVector w11 = FloatVector.fromArray(F, y, out);
        repeat(w, second + 2 * channels, channels, y, out);
        FloatVector w12 = FloatVector.fromArray(F, y, out);
        repeat(w, third, channels, y, out);
        FloatVector w20 = FloatVector.fromArray(F, y, out);
        repeat(w, third + channels, channels, y, out);
        FloatVector w21 = FloatVector.fromArray(F, y, out);
        repeat(w, third + 2 * channels, channels, y, out);
        FloatVector w22 = FloatVector.fromArray(F, y, out);
        repeat(bias, biasOffset, channels, y, out);
        FloatVector start = FloatVector.fromArray(F, y, out);
        FloatVector low = FloatVector.broadcast(F, lo);
        FloatVector high = FloatVector.broadcast(F, hi);
        for (int row = 0; row < rows; row++) {
            int from = in + row * xRow;
            int to = out + row * yRow;
            for (int i = 0; i < n; i += LANES) {
                int top = from + i;
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
                sum = sum.blend(low, sum.compare(VectorOperators.LE, low));
                sum.blend(high, sum.compare(VectorOperators.GT, high)).intoArray(y, to + i);
            }
        }
    }

    private static void repeat(float[] w, int offset, int channels, float[] y, int out) {
        for (int i = 0; i < LANES; i++) {
            y[out + i] = w[offset + (i & channels - 1)];
        }
    }

    /** A line of n outputs under any part of a filter, two at a time, each a vector whose lanes past the channels are masked. */
    private static void any(
            DepthwiseGeometry g,
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
        int step = g.dilationW() * channels;
        int down = g.dilationH() * g.inputWidth() * channels;
        VectorMask<Float> real = F.indexInRange(0, channels);
        FloatVector start = FloatVector.fromArray(F, bias, biasOffset, real);
        FloatVector nothing = FloatVector.broadcast(F, -0f);
        FloatVector low = FloatVector.broadcast(F, lo);
        FloatVector high = FloatVector.broadcast(F, hi);
        for (int first = 0; first < n; first += 2) {
            // past the end, the last output is computed again
            int second = Math.min(first + 1, n - 1);
            int x0 = in + first * xStep;
            int x1 = in + second * xStep;
            FloatVector s0 = start;
            FloatVector s1 = start;
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
                int p = ky * down;
                int weight = filter + ky * g.filterWidth() * channels;
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    FloatVector v = FloatVector.fromArray(F, w, weight, real);
                    s0 = FloatVector.fromArray(F, x, x0 + p, real).fma(v, s0);
                    s1 = FloatVector.fromArray(F, x, x1 + p, real).fma(v, s1);
                    p += step;
                    weight += channels;
                }
            }
            // −0 changes no sum, but what comes out has a class that C2 knows: see VectorPolynomials512
            s0 = nothing.add(s0);
            s0 = s0.blend(low, s0.compare(VectorOperators.LE, low));
            s1 = nothing.add(s1);
            s1 = s1.blend(low, s1.compare(VectorOperators.LE, low));
            s0.blend(high, s0.compare(VectorOperators.GT, high)).intoArray(y, out + first * yStep, real);
            s1.blend(high, s1.compare(VectorOperators.GT, high)).intoArray(y, out + second * yStep, real);
        }
    }
}
