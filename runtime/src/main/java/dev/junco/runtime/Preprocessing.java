package dev.junco.runtime;

import java.util.Arrays;

/**
 * How raw values become an input of the model: {@code input = (raw − mean) · scale}, with one mean and scale for all elements or
 * one for each index of the last axis. Immutable.
 */
public final class Preprocessing {
    private final String input;
    private final float[] mean;
    private final float[] scale;

    /**
     * Preprocessing of one named input.
     *
     * @throws IllegalArgumentException if the arrays are empty or differ in length, or a number is not finite
     */
    public Preprocessing(String input, float[] mean, float[] scale) {
        if (mean.length == 0 || mean.length != scale.length) {
            throw new IllegalArgumentException("preprocessing of '" + input + "' has " + mean.length + " means and "
                    + scale.length + " scales; expected the same number, at least 1");
        }
        for (int i = 0; i < mean.length; i++) {
            if (!Float.isFinite(mean[i]) || !Float.isFinite(scale[i])) {
                throw new IllegalArgumentException("preprocessing of '" + input + "' has mean " + mean[i]
                        + " and scale " + scale[i] + " at index " + i + "; both have to be finite");
            }
        }
        this.input = input;
        this.mean = mean.clone();
        this.scale = scale.clone();
    }

    /** Name of the model's input. */
    public String input() {
        return input;
    }

    /** Means: one, or one for each index of the last axis. */
    public float[] mean() {
        return mean.clone();
    }

    /** Factors, as many as means. */
    public float[] scale() {
        return scale.clone();
    }

    /** Over how many channels the means go round in a tensor of a shape. */
    int channels(Shape shape) {
        int last = shape.rank() == 0 ? 1 : shape.dim(-1);
        if (mean.length > 1 && mean.length != last) {
            throw new IllegalStateException("the metadata's preprocessing of '" + input + "' has " + mean.length
                    + " means, but the last axis of its shape " + shape + " has " + last
                    + " indices; set prepared values with set");
        }
        return mean.length;
    }

    /** Number of means: 1, or one for each index of the last axis. */
    public int size() {
        return mean.length;
    }

    /** (raw − mean) · scale at an index of the last axis, 0 where there is one mean for all. */
    public float apply(float raw, int channel) {
        return (raw - mean[channel]) * scale[channel];
    }

    /** values[i] = (values[i] − mean) · scale for {@code n} elements from {@code offset}, in place. */
    public void apply(float[] values, int offset, int n) {
        int channels = mean.length;
        for (int i = 0; i < n; i++) {
            int channel = i % channels;
            values[offset + i] = (values[offset + i] - mean[channel]) * scale[channel];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessing
                && input.equals(((Preprocessing) other).input)
                && Arrays.equals(mean, ((Preprocessing) other).mean)
                && Arrays.equals(scale, ((Preprocessing) other).scale);
    }

    @Override
    public int hashCode() {
        return input.hashCode() * 31 + Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return mean.length == 1
                ? "(raw - " + mean[0] + ") * " + scale[0]
                : "(raw - mean[c]) * scale[c], c = 0.." + (mean.length - 1);
    }
}
