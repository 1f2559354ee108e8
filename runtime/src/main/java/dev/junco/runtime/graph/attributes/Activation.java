package dev.junco.runtime.graph.attributes;

/** A function applied to each element of a result, fused into the operator that computes it or a node of its own. */
public enum Activation {
    /** x. */
    NONE(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
    /** max(x, 0). */
    RELU(0, Float.POSITIVE_INFINITY),
    /** min(max(x, 0), 6). */
    RELU6(0, 6),
    /** min(max(x, −1), 1). */
    RELU_N1_TO_1(-1, 1),
    /** 1 / (1 + e⁻ˣ). */
    SIGMOID(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
    /** tanh x. */
    TANH(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    private final float lower;
    private final float upper;

    Activation(float lower, float upper) {
        this.lower = lower;
        this.upper = upper;
    }

    /** Lower bound of a clamp, −∞ for none. */
    public float lower() {
        return lower;
    }

    /** Upper bound of a clamp, +∞ for none. */
    public float upper() {
        return upper;
    }

    /** Whether the function is min(max(x, lower), upper); such a function costs nothing when fused. */
    public boolean isClamp() {
        return this != SIGMOID && this != TANH;
    }

    /** The function in double precision. */
    public double apply(double x) {
        switch (this) {
            case SIGMOID:
                return 1 / (1 + Math.exp(-x));
            case TANH:
                return Math.tanh(x);
            default:
                return Math.min(Math.max(x, lower), upper);
        }
    }
}
