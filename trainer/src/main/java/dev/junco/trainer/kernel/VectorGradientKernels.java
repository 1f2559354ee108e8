package dev.junco.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Derivatives of a vector of elements at a time; what is left over goes to the plain loops. */
final class VectorGradientKernels implements GradientKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

    private final PlainGradientKernels rest = new PlainGradientKernels();

    @Override
    public void clamp(
            float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n, float lo, float hi) {
        int end = S.loopBound(n);
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < end; i += S.length()) {
            FloatVector at = FloatVector.fromArray(S, y, yOffset + i);
            VectorMask<Float> inside = at.compare(VectorOperators.GT, lo).and(at.compare(VectorOperators.LT, hi));
            zero.blend(FloatVector.fromArray(S, dy, dyOffset + i), inside).intoArray(dx, dxOffset + i);
        }
        rest.clamp(dy, dyOffset + end, y, yOffset + end, dx, dxOffset + end, n - end, lo, hi);
    }

    @Override
    public void sigmoid(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n) {
        int end = S.loopBound(n);
        FloatVector one = FloatVector.broadcast(S, 1f);
        for (int i = 0; i < end; i += S.length()) {
            FloatVector at = FloatVector.fromArray(S, y, yOffset + i);
            FloatVector slope = at.mul(one.sub(at));
            FloatVector.fromArray(S, dy, dyOffset + i).mul(slope).intoArray(dx, dxOffset + i);
        }
        rest.sigmoid(dy, dyOffset + end, y, yOffset + end, dx, dxOffset + end, n - end);
    }

    @Override
    public void tanh(float[] dy, int dyOffset, float[] y, int yOffset, float[] dx, int dxOffset, int n) {
        int end = S.loopBound(n);
        FloatVector one = FloatVector.broadcast(S, 1f);
        for (int i = 0; i < end; i += S.length()) {
            FloatVector at = FloatVector.fromArray(S, y, yOffset + i);
            FloatVector slope = at.neg().fma(at, one);
            FloatVector.fromArray(S, dy, dyOffset + i).mul(slope).intoArray(dx, dxOffset + i);
        }
        rest.tanh(dy, dyOffset + end, y, yOffset + end, dx, dxOffset + end, n - end);
    }

    @Override
    public void leakyRelu(
            float[] dy, int dyOffset, float[] x, int xOffset, float[] dx, int dxOffset, int n, float alpha) {
        int end = S.loopBound(n);
        FloatVector alphas = FloatVector.broadcast(S, alpha);
        for (int i = 0; i < end; i += S.length()) {
            VectorMask<Float> right = FloatVector.fromArray(S, x, xOffset + i).compare(VectorOperators.GE, 0f);
            alphas.blend(1f, right)
                    .mul(FloatVector.fromArray(S, dy, dyOffset + i))
                    .intoArray(dx, dxOffset + i);
        }
        rest.leakyRelu(dy, dyOffset + end, x, xOffset + end, dx, dxOffset + end, n - end, alpha);
    }

    @Override
    public void dropout(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            int n,
            int first,
            int key0,
            int key1,
            int threshold,
            float scale) {
        int end = S.loopBound(n);
        FloatVector zero = FloatVector.zero(S);
        // index · GOLDEN + key0 goes up by equal steps.
        IntVector at = IntVector.broadcast(I, first)
                .addIndex(1)
                .mul(CounterRandom.GOLDEN)
                .add(key0);
        for (int i = 0; i < end; i += S.length()) {
            IntVector bits = mix(mix(at).lanewise(VectorOperators.XOR, key1));
            VectorMask<Integer> kept = bits.lanewise(VectorOperators.LSHR, 8).compare(VectorOperators.GE, threshold);
            FloatVector scaled = FloatVector.fromArray(S, x, xOffset + i).mul(scale);
            zero.blend(scaled, kept.cast(S)).intoArray(y, yOffset + i);
            at = at.add(CounterRandom.GOLDEN * S.length());
        }
        rest.dropout(x, xOffset + end, y, yOffset + end, n - end, first + end, key0, key1, threshold, scale);
    }

    private static IntVector mix(IntVector bits) {
        IntVector x = bits;
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
        x = x.mul(CounterRandom.FIRST);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
        x = x.mul(CounterRandom.SECOND);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
    }

    @Override
    public void maxPoolWindow(
            float[] x,
            int xOffset,
            float[] dx,
            int dxOffset,
            int rowStride,
            int rows,
            int columns,
            float[] dy,
            int dyOffset,
            int n,
            float lo,
            float hi,
            boolean accumulate) {
        int end = S.loopBound(n);
        for (int c = 0; c < end; c += S.length()) {
            FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    max = max.max(FloatVector.fromArray(S, x, xOffset + row * rowStride + column * n + c));
                }
            }
            VectorMask<Float> inside = max.compare(VectorOperators.GT, lo).and(max.compare(VectorOperators.LT, hi));
            FloatVector zero = FloatVector.zero(S);
            FloatVector gradient = zero.blend(FloatVector.fromArray(S, dy, dyOffset + c), inside);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int cell = row * rowStride + column * n + c;
                    VectorMask<Float> here =
                            FloatVector.fromArray(S, x, xOffset + cell).compare(VectorOperators.EQ, max);
                    FloatVector share = zero.blend(gradient, here);
                    gradient = gradient.blend(zero, here);
                    if (accumulate) {
                        share = share.add(FloatVector.fromArray(S, dx, dxOffset + cell));
                    }
                    share.intoArray(dx, dxOffset + cell);
                }
            }
        }
        rest.maxPoolChannels(
                x, xOffset, dx, dxOffset, rowStride, rows, columns, dy, dyOffset, end, n, n, lo, hi, accumulate);
    }
}
