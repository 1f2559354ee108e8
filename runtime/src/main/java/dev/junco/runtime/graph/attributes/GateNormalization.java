package dev.junco.runtime.graph.attributes;

/**
 * Layer normalisation inside the cell of {@link LstmAttributes}: before its function the sum v of each gate, without its bias, becomes
 * {@code gamma ⊙ (v − mean(v)) / √(variance(v) + epsilon) + bias}, mean and variance over the units of one gate of one sample.
 *
 * <p>int8 nodes hold v as int16 in steps of the scale that is given for its gate, and the result in steps of 2⁻¹²; they have no epsilon of their own: where the variance is below
 * one step, it becomes 10,000 times the scale of gamma, at least 1.
 *
 * @param epsilon positive; 0 for no normalisation
 * @param inputScale of int8 nodes, for gate i; else 0
 * @param forgetScale alike for f
 * @param candidateScale alike for g
 * @param outputScale alike for o
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros, Hinton: Layer Normalization (2016)</a>
 */
public record GateNormalization(
        float epsilon, float inputScale, float forgetScale, float candidateScale, float outputScale) {
    /** None. */
    public static final GateNormalization NONE = of(0);

    /** That of float32 nodes. */
    public static GateNormalization of(float epsilon) {
        return new GateNormalization(epsilon, 0, 0, 0, 0);
    }

    /** Whether gates are normalised. */
    public boolean isPresent() {
        return epsilon > 0;
    }

    /** The scales in the order of gates. */
    public float[] scales() {
        return new float[] {inputScale, forgetScale, candidateScale, outputScale};
    }
}
