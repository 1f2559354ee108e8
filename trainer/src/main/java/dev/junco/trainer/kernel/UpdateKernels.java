package dev.junco.trainer.kernel;

/** Loops over the weights {@code [from, to)} of one tensor. The gradient of weight i is {@code g[gOffset + i]}. */
public interface UpdateKernels {
    /** w ← fma(factor, g, w). */
    void descend(float[] w, float[] g, int gOffset, int from, int to, float factor);

    /** v ← fma(momentum, v, factor · g), then w ← w + v. */
    void descendWithMomentum(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum);

    /** v ← fma(momentum, v, factor · g), then w ← w + fma(momentum, v, factor · g). */
    void descendLookingAhead(
            float[] w, float[] v, float[] g, int gOffset, int from, int to, float factor, float momentum);

    /**
     * With h = scale · g: m ← fma(meanShare, h − m, m), v ← fma(squareShare, h · h − v, v), w ← w − alpha · m / (√v + epsilon), where h · h − v is
     * one fused multiply-add.
     */
    void adam(
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
            float epsilon);
}
