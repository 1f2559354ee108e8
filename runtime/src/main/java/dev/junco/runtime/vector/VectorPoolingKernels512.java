package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PoolGeometry;
import dev.junco.runtime.kernel.PoolingKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pooling on 512-bit vectors of neighbouring channels (bytes: as many as there are lanes). The last vector of a cell overlaps the one before where
 * the channels are not a multiple of the lanes; with fewer channels than lanes, the others are masked
 * (bytes go to the plain kernels).
 */
public final class VectorPoolingKernels512 implements PoolingKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;

    /** As many bytes as there are lanes, though not fewer than fill the narrowest vector. */
    private static final int BYTE_LANES = LANES < 8 ? 8 : LANES;

    private static final VectorSpecies<Byte> B = VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * BYTE_LANES));

    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    private static final float MAGIC = 12582912f;

    private static final int MAGIC_BITS = 0x4b400000;

    /** Cells of a window whose sum stays below 2²³ with half their number. */
    private static final int MOST_CELLS = 1 << 15;

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
        if (channels < LANES && LANES < 8) { // vectors too narrow to be masked
            PLAIN.maxPool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int end = Math.max(0, channels - LANES);
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
                for (int c = 0; c < end; c += LANES) {
                    maxAt(x, in + c, xRow, channels, height, width, y, out + c, lo, hi);
                }
                if (channels < LANES) {
                    fewMaxAt(x, in, xRow, channels, height, width, y, out, lo, hi);
                } else {
                    maxAt(x, in + end, xRow, channels, height, width, y, out + end, lo, hi);
                }
            }
        }
    }

    private static void maxAt(
            float[] x, int in, int xRow, int channels, int height, int width, float[] y, int out, float lo, float hi) {
        FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                max = FloatVector.fromArray(F, x, p + ix * channels).max(max);
            }
        }
        max = FloatVector.broadcast(F, -0f).add(max); // for its class alone: −0 changes nothing
        max = max.blend(lo, max.compare(VectorOperators.LE, lo));
        max.blend(hi, max.compare(VectorOperators.GT, hi)).intoArray(y, out);
    }

    /** {@link #maxAt} of fewer channels than lanes. */
    private static void fewMaxAt(
            float[] x, int in, int xRow, int channels, int height, int width, float[] y, int out, float lo, float hi) {
        VectorMask<Float> real = F.indexInRange(0, channels);
        FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                max = FloatVector.fromArray(F, x, p + ix * channels, real).max(max);
            }
        }
        max = FloatVector.broadcast(F, -0f).add(max); // for its class alone: −0 changes nothing
        max = max.blend(lo, max.compare(VectorOperators.LE, lo));
        max.blend(hi, max.compare(VectorOperators.GT, hi)).intoArray(y, out, real);
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
        if (channels < LANES && LANES < 8) { // vectors too narrow to be masked
            PLAIN.averagePool(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int end = Math.max(0, channels - LANES);
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
                for (int c = 0; c < end; c += LANES) {
                    averageAt(x, in + c, xRow, channels, height, width, 1f / count, y, out + c, lo, hi);
                }
                if (channels < LANES) {
                    fewAverageAt(x, in, xRow, channels, height, width, 1f / count, y, out, lo, hi);
                } else {
                    averageAt(x, in + end, xRow, channels, height, width, 1f / count, y, out + end, lo, hi);
                }
            }
        }
    }

    private static void averageAt(
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
        FloatVector sum = FloatVector.zero(F);
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                sum = FloatVector.fromArray(F, x, p + ix * channels).add(sum);
            }
        }
        sum = FloatVector.broadcast(F, scale).mul(sum);
        sum = sum.blend(lo, sum.compare(VectorOperators.LE, lo));
        sum.blend(hi, sum.compare(VectorOperators.GT, hi)).intoArray(y, out);
    }

    /** {@link #averageAt} of fewer channels than lanes. */
    private static void fewAverageAt(
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
        VectorMask<Float> real = F.indexInRange(0, channels);
        FloatVector sum = FloatVector.zero(F);
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                sum = FloatVector.fromArray(F, x, p + ix * channels, real).add(sum);
            }
        }
        sum = FloatVector.broadcast(F, scale).mul(sum);
        sum = sum.blend(lo, sum.compare(VectorOperators.LE, lo));
        sum.blend(hi, sum.compare(VectorOperators.GT, hi)).intoArray(y, out, real);
    }

    @Override
    public void maxPoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        int channels = g.channels();
        if (channels < BYTE_LANES) {
            PLAIN.maxPoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int second = Math.min(BYTE_LANES, channels - BYTE_LANES);
        int end = Math.max(0, channels - 2 * BYTE_LANES);
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
                for (int c = 0; c < end; c += 2 * BYTE_LANES) {
                    maxAtI8(x, in + c, second, xRow, channels, height, width, y, out + c, (byte) lo, (byte) hi);
                }
                maxAtI8(x, in + end, second, xRow, channels, height, width, y, out + end, (byte) lo, (byte) hi);
            }
        }
    }

    /** Two vectors of channels, the second one {@code second} channels after the first. */
    private static void maxAtI8(
            byte[] x,
            int in,
            int second,
            int xRow,
            int channels,
            int height,
            int width,
            byte[] y,
            int out,
            byte lo,
            byte hi) {
        ByteVector m0 = ByteVector.broadcast(B, lo);
        ByteVector m1 = m0;
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                m0 = ByteVector.fromArray(B, x, p + ix * channels).max(m0);
                m1 = ByteVector.fromArray(B, x, p + ix * channels + second).max(m1);
            }
        }
        ByteVector.broadcast(B, hi).min(m0).intoArray(y, out);
        ByteVector.broadcast(B, hi).min(m1).intoArray(y, out + second);
    }

    @Override
    public void averagePoolI8(
            PoolGeometry g, int fromRow, int toRow, byte[] x, int xOffset, byte[] y, int yOffset, int lo, int hi) {
        int channels = g.channels();
        if (channels < BYTE_LANES || LANES < 8 || g.windowHeight() * g.windowWidth() > MOST_CELLS) {
            PLAIN.averagePoolI8(g, fromRow, toRow, x, xOffset, y, yOffset, lo, hi);
            return;
        }
        int end = channels - LANES;
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
                for (int c = 0; c < end; c += LANES) {
                    averageAtI8(x, in + c, xRow, channels, height, width, y, out + c, lo, hi);
                }
                averageAtI8(x, in + end, xRow, channels, height, width, y, out + end, lo, hi);
            }
        }
    }

    /**
     * The quotient is exact enough to be cut off: numerators stay below 2²³, where a float quotient below a whole number is not
     * rounded up to it.
     */
    private static void averageAtI8(
            byte[] x, int in, int xRow, int channels, int height, int width, byte[] y, int out, int lo, int hi) {
        IntVector sum = IntVector.zero(I);
        for (int iy = 0; iy < height; iy++) {
            int p = in + iy * xRow;
            for (int ix = 0; ix < width; ix++) {
                sum = ByteVector.fromArray(B, x, p + ix * channels)
                        .convertShape(VectorOperators.B2I, I, 0)
                        .reinterpretAsInts()
                        .add(sum);
            }
        }
        int count = height * width;
        IntVector whole = IntVector.zero(I).add(sum); // for its class alone
        IntVector negative = whole.lanewise(VectorOperators.ASHR, 31);
        FloatVector mean = whole.lanewise(VectorOperators.XOR, negative)
                .sub(negative)
                .add(count / 2)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .div(count);
        FloatVector near = mean.add(MAGIC).sub(MAGIC);
        near = near.sub(1f, near.compare(VectorOperators.GT, mean));
        IntVector v = near.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS);
        v = v.lanewise(VectorOperators.XOR, negative).sub(negative).max(lo).min(hi);
        v.convertShape(VectorOperators.I2B, B, 0).reinterpretAsBytes().intoArray(y, out);
    }
}
