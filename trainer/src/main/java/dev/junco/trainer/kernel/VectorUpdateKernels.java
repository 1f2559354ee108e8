package dev.junco.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Updates a vector of weights at a time; what is left over goes to the plain loops. */
final class VectorUpdateKernels implements UpdateKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private final PlainUpdateKernels rest = new PlainUpdateKernels();

    private static int end(int from, int to) {
        return from + S.loopBound(to - from);
    }

    @Override
    public void descend(float[] w, float[] g, int gOffset, int from, int to, float factor) {
        int end = end(from, to);
        FloatVector factors = FloatVector.broadcast(S, factor);
        for (int i = from; i < end; i += S.length()) {
            FloatVector.fromArray(S, g, gOffset + i)
                    .fma(factors, FloatVector.fromArray(S, w, i))
                    .intoArray(w, i);
        }
        rest.descend(w, g, gOffset, end, to, factor);
    }

    @Override
    public void descendWithMomentum(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum) {
        int end = end(from, to);
        FloatVector momenta = FloatVector.broadcast(S, momentum);
        for (int i = from; i < end; i += S.length()) {
            FloatVector step = FloatVector.fromArray(S, g, gOffset + i).mul(factor);
            FloatVector velocity = FloatVector.fromArray(S, v, i).fma(momenta, step);
            velocity.intoArray(v, i);
            FloatVector.fromArray(S, w, i).add(velocity).intoArray(w, i);
        }
        rest.descendWithMomentum(w, v, g, gOffset, end, to, factor, momentum);
    }

    @Override
    public void descendLookingAhead(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum) {
        int end = end(from, to);
        FloatVector momenta = FloatVector.broadcast(S, momentum);
        for (int i = from; i < end; i += S.length()) {
            FloatVector step = FloatVector.fromArray(S, g, gOffset + i).mul(factor);
            FloatVector velocity = FloatVector.fromArray(S, v, i).fma(momenta, step);
            velocity.intoArray(v, i);
            FloatVector.fromArray(S, w, i).add(velocity.fma(momenta, step)).intoArray(w, i);
        }
        rest.descendLookingAhead(w, v, g, gOffset, end, to, factor, momentum);
    }

    @Override
    public void adam(
            float[] w,
            float[] m,
            float[] v,
            float[] g,
            int gOffset,
            int from,
            int to,
            float scale,
            float alpha,
            float meanShare,
            float squareShare,
            float epsilon) {
        int end = end(from, to);
        FloatVector meanShares = FloatVector.broadcast(S, meanShare);
        FloatVector squareShares = FloatVector.broadcast(S, squareShare);
        for (int i = from; i < end; i += S.length()) {
            FloatVector h = FloatVector.fromArray(S, g, gOffset + i).mul(scale);
            FloatVector mean = FloatVector.fromArray(S, m, i);
            mean = h.sub(mean).fma(meanShares, mean);
            mean.intoArray(m, i);
            FloatVector square = FloatVector.fromArray(S, v, i);
            square = h.fma(h, square.neg()).fma(squareShares, square);
            square.intoArray(v, i);
            FloatVector step = mean.mul(alpha).div(square.sqrt().add(epsilon));
            FloatVector.fromArray(S, w, i).sub(step).intoArray(w, i);
        }
        rest.adam(w, m, v, g, gOffset, end, to, scale, alpha, meanShare, squareShare, epsilon);
    }
}
