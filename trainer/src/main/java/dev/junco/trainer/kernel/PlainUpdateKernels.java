package dev.junco.trainer.kernel;

/** Updates weight by weight. */
final class PlainUpdateKernels implements UpdateKernels {
    @Override
    public void descend(float[] w, float[] g, int gOffset, int from, int to, float factor) {
        for (int i = from; i < to; i++) {
            w[i] = Math.fma(factor, g[gOffset + i], w[i]);
        }
    }

    @Override
    public void descendWithMomentum(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum) {
        for (int i = from; i < to; i++) {
            v[i] = Math.fma(momentum, v[i], factor * g[gOffset + i]);
            w[i] += v[i];
        }
    }

    @Override
    public void descendLookingAhead(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum) {
        for (int i = from; i < to; i++) {
            float step = factor * g[gOffset + i];
            v[i] = Math.fma(momentum, v[i], step);
            w[i] += Math.fma(momentum, v[i], step);
        }
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
        for (int i = from; i < to; i++) {
            float h = scale * g[gOffset + i];
            m[i] = Math.fma(meanShare, h - m[i], m[i]);
            v[i] = Math.fma(squareShare, Math.fma(h, h, -v[i]), v[i]);
            w[i] -= alpha * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
        }
    }
}
