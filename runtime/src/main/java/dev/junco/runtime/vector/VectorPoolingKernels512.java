package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PoolGeometry;
import dev.junco.runtime.kernel.PoolingKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pooling on 512-bit vectors of neighbouring channels (bytes: 256 bits). The last vector of a cell overlaps the one before
 * where the channels are not a multiple of the lanes; fewer channels than lanes go to the next narrower class.
 */
public final class VectorPoolingKernels512 implements PoolingKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_256;
    private static final int LANES = 16;
    private static final int BYTE_LANES = 2 * LANES;
    private static final PoolingKernels NARROWER = new VectorPoolingKernels256();
    private static final PoolingKernels PLAIN = new PlainPoolingKernels();

    @Override
    public void maxPool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        int channels = g.channels();
        if (channels < LANES) {
            NARROWER.maxPool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int xRow = g.inputWidth() * channels;
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int height = Math.min(top + g.windowHeight(), g.inputHeight()) - fromY;
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int width = Math.min(left + g.windowWidth(), g.inputWidth()) - fromX;
                int in = xOffset + fromY * xRow + fromX * channels;
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                maxCell(x, in, xRow, channels, height, width, y, out, lo, hi);
            }
        }
    }

    private static void maxCell(
            float[] x, int in, int xRow, int channels, int height, int width, float[] y, int out, float lo, float hi) {
        int end = channels - LANES;
        int c = 0;
        while (true) {
            FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
            for (int iy = 0; iy < height; iy++) {
                int p = in + iy * xRow + c;
                for (int ix = 0; ix < width; ix++) {
                    max = max.max(FloatVector.fromArray(F, x, p + ix * channels));
                }
            }
            clamp(max, lo, hi).intoArray(y, out + c);
            if (c == end) {
                return;
            }
            c = Math.min(c + LANES, end);
        }
    }

    @Override
    public void averagePool(
            PoolGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float lo,
            float hi) {
        int channels = g.channels();
        if (channels < LANES) {
            NARROWER.averagePool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int xRow = g.inputWidth() * channels;
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int height = Math.min(top + g.windowHeight(), g.inputHeight()) - fromY;
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int width = Math.min(left + g.windowWidth(), g.inputWidth()) - fromX;
                int in = xOffset + fromY * xRow + fromX * channels;
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                int count = g.countPadding() ? g.windowHeight() * g.windowWidth() : height * width;
                averageCell(x, in, xRow, channels, height, width, 1f / count, y, out, lo, hi);
            }
        }
    }

    private static void averageCell(
            float[] x,
            int in,
            int xRow,
            int channels,
            int height,
            int width,
            float scale,
            float[] y,
            int out,
            float lo,
            float hi) {
        int end = channels - LANES;
        int c = 0;
        while (true) {
            FloatVector sum = FloatVector.zero(F);
            for (int iy = 0; iy < height; iy++) {
                int p = in + iy * xRow + c;
                for (int ix = 0; ix < width; ix++) {
                    sum = sum.add(FloatVector.fromArray(F, x, p + ix * channels));
                }
            }
            clamp(sum.mul(scale), lo, hi).intoArray(y, out + c);
            if (c == end) {
                return;
            }
            c = Math.min(c + LANES, end);
        }
    }

    private static FloatVector clamp(FloatVector v, float lo, float hi) {
        FloatVector raised = v.blend(lo, v.compare(VectorOperators.LE, lo));
        return raised.blend(hi, raised.compare(VectorOperators.GT, hi));
    }

    @Override
    public void maxPoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        int channels = g.channels();
        if (channels < BYTE_LANES) {
            NARROWER.maxPoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int xRow = g.inputWidth() * channels;
        for (int oy = fromRow; oy < toRow; oy++) {
            int top = oy * g.strideH() - g.padTop();
            int fromY = Math.max(top, 0);
            int height = Math.min(top + g.windowHeight(), g.inputHeight()) - fromY;
            for (int ox = 0; ox < g.outputWidth(); ox++) {
                int left = ox * g.strideW() - g.padLeft();
                int fromX = Math.max(left, 0);
                int width = Math.min(left + g.windowWidth(), g.inputWidth()) - fromX;
                int in = xOffset + fromY * xRow + fromX * channels;
                int out = yOffset + (oy * g.outputWidth() + ox) * channels;
                maxCellI8(x, in, xRow, channels, height, width, y, out, (byte) lo, (byte) hi);
            }
        }
    }

    private static void maxCellI8(
            byte[] x, int in, int xRow, int channels, int height, int width, byte[] y, int out, byte lo, byte hi) {
        int end = channels - BYTE_LANES;
        int c = 0;
        while (true) {
            ByteVector max = ByteVector.broadcast(B, lo);
            for (int iy = 0; iy < height; iy++) {
                int p = in + iy * xRow + c;
                for (int ix = 0; ix < width; ix++) {
                    max = max.max(ByteVector.fromArray(B, x, p + ix * channels));
                }
            }
            max.min(hi).intoArray(y, out + c);
            if (c == end) {
                return;
            }
            c = Math.min(c + BYTE_LANES, end);
        }
    }

    @Override
    public void averagePoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        PLAIN.averagePoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
    }
}
