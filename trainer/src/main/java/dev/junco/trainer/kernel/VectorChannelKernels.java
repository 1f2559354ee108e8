package dev.junco.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows of a vector of channels at a time; what is left over goes to the plain loops. */
final class VectorChannelKernels implements ChannelKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private final PlainChannelKernels rest = new PlainChannelKernels();

    @Override
    public void addCenteredProducts(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            int rows,
            int channels,
            float[] mean,
            int meanOffset,
            float[] s,
            int sOffset) {
        int end = S.loopBound(channels);
        for (int c = 0; c < end; c += S.length()) {
            FloatVector center = FloatVector.fromArray(S, mean, meanOffset + c);
            FloatVector sum = FloatVector.fromArray(S, s, sOffset + c);
            for (int r = 0; r < rows; r++) {
                FloatVector centered =
                        FloatVector.fromArray(S, x, xOffset + r * channels + c).sub(center);
                sum = FloatVector.fromArray(S, dy, dyOffset + r * channels + c).fma(centered, sum);
            }
            sum.intoArray(s, sOffset + c);
        }
        rest.addProducts(dy, dyOffset, x, xOffset, rows, end, channels, channels, mean, meanOffset, s, sOffset);
    }

    @Override
    public void combine(
            float[] dy,
            int dyOffset,
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rows,
            int channels,
            float[] mean,
            int meanOffset,
            float[] a,
            float[] b,
            float[] d) {
        int end = S.loopBound(channels);
        for (int r = 0; r < rows; r++) {
            int row = r * channels;
            for (int c = 0; c < end; c += S.length()) {
                FloatVector centered = FloatVector.fromArray(S, x, xOffset + row + c)
                        .sub(FloatVector.fromArray(S, mean, meanOffset + c));
                FloatVector affine = FloatVector.fromArray(S, b, c).fma(centered, FloatVector.fromArray(S, d, c));
                FloatVector.fromArray(S, dy, dyOffset + row + c)
                        .fma(FloatVector.fromArray(S, a, c), affine)
                        .intoArray(dx, dxOffset + row + c);
            }
            rest.combineRow(dy, dyOffset, x, xOffset, dx, dxOffset, row, end, channels, mean, meanOffset, a, b, d);
        }
    }

    @Override
    public void addScaledRows(
            float[] x,
            int xOffset,
            int xStride,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            int yStride,
            int rows,
            int channels) {
        int end = S.loopBound(channels);
        for (int c = 0; c < end; c += S.length()) {
            FloatVector factors = FloatVector.fromArray(S, w, wOffset + c);
            for (int r = 0; r < rows; r++) {
                int at = yOffset + r * yStride + c;
                FloatVector.fromArray(S, x, xOffset + r * xStride + c)
                        .fma(factors, FloatVector.fromArray(S, y, at))
                        .intoArray(y, at);
            }
        }
        rest.addScaledChannels(x, xOffset, xStride, w, wOffset, y, yOffset, yStride, rows, end, channels);
    }

    @Override
    public void addRowProducts(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int rows,
            int channels,
            float[] s,
            int sOffset) {
        int end = S.loopBound(channels);
        for (int c = 0; c < end; c += S.length()) {
            FloatVector sum = FloatVector.fromArray(S, s, sOffset + c);
            for (int r = 0; r < rows; r++) {
                sum = FloatVector.fromArray(S, a, aOffset + r * aStride + c)
                        .fma(FloatVector.fromArray(S, b, bOffset + r * bStride + c), sum);
            }
            sum.intoArray(s, sOffset + c);
        }
        rest.addChannelProducts(a, aOffset, aStride, b, bOffset, bStride, rows, end, channels, s, sOffset);
    }
}
