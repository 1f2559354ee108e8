package dev.junco.trainer.data;

import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * A change of scale that is recorded, so that a device does to its input what training did:
 * {@code y[i] = (x[i] - mean[i % n]) * scale[i % n]}, where {@code n} is the length of both arrays. One value serves
 * every feature, as many values as channels serve each channel of an NHWC image, and as many as features serve each
 * feature.
 *
 * <p>Fit it on the training part only and apply it to all parts. Immutable and thread-safe.
 *
 * @param kind how the numbers came about; only for people
 * @param mean what is subtracted first
 * @param scale what is multiplied then
 */
public record Normalization(Kind kind, float[] mean, float[] scale) {
    /** How the numbers of a normalisation came about. */
    public enum Kind {
        /** Changes nothing. */
        NONE,
        /** Multiplies by a constant. */
        SCALE,
        /** Gives a mean of 0 and a variance of 1. */
        STANDARDIZE,
        /** Gives a smallest value of 0 and a largest of 1. */
        MIN_MAX
    }

    /** What shares one pair of numbers. */
    public enum Axis {
        /** All features. */
        ALL,
        /** The features of one index of the last axis: the channels of an image. */
        CHANNEL,
        /** Each feature for itself: the columns of a table. */
        FEATURE;

        /** How many pairs of numbers features of a shape have. */
        int columns(Shape shape) {
            return switch (this) {
                case ALL -> 1;
                case CHANNEL -> shape.rank() == 0 ? 1 : shape.dim(-1);
                case FEATURE -> shape.elements();
            };
        }
    }

    private static final Normalization IDENTITY = new Normalization(Kind.NONE, new float[] {0}, new float[] {1});

    /**
     * A normalisation of given numbers.
     *
     * @throws DataException if the arrays are empty, differ in length, or hold a number that is not finite or a scale
     *     of 0
     */
    public Normalization {
        mean = mean.clone();
        scale = scale.clone();
        if (mean.length == 0 || mean.length != scale.length) {
            throw new DataException("A normalisation needs as many means as scales, at least one; found " + mean.length
                    + " means and " + scale.length + " scales.");
        }
        for (int i = 0; i < mean.length; i++) {
            if (!Float.isFinite(mean[i]) || !Float.isFinite(scale[i]) || scale[i] == 0) {
                throw new DataException("Normalisation of feature " + i + ": mean " + mean[i] + " and scale " + scale[i]
                        + "; both must be finite and the scale not 0.");
            }
        }
    }

    /** Changes nothing. */
    public static Normalization none() {
        return IDENTITY;
    }

    /** Multiplies every feature by {@code factor}; {@code 1f / 255} brings pixels to 0 to 1. */
    public static Normalization scale(float factor) {
        return new Normalization(Kind.SCALE, new float[] {0}, new float[] {factor});
    }

    /**
     * Gives the features of {@code data}, as stored, a mean of 0 and a variance of 1. A feature that never changes
     * only loses its mean.
     */
    public static Normalization standardize(Dataset data, Axis axis) {
        return NormalizationFit.ofFeatures(data, axis).standardize();
    }

    /** Brings the features of {@code data}, as stored, to 0 to 1. A feature that never changes becomes 0. */
    public static Normalization minMax(Dataset data, Axis axis) {
        return NormalizationFit.ofFeatures(data, axis).minMax();
    }

    /** Gives each target of a regression a mean of 0 and a variance of 1. */
    public static Normalization standardizeTargets(Dataset data) {
        return NormalizationFit.ofTargets(data).standardize();
    }

    /** A copy of what is subtracted. */
    @Override
    public float[] mean() {
        return mean.clone();
    }

    /** A copy of what is multiplied. */
    @Override
    public float[] scale() {
        return scale.clone();
    }

    /** Number of means, which is the number of scales. */
    public int length() {
        return mean.length;
    }

    /** Complains where samples of {@code shape} do not divide into whole turns of the numbers. */
    void requireFit(Shape shape) {
        if (shape.elements() % mean.length != 0) {
            throw new DataException("A normalisation of " + mean.length + " features does not fit samples of " + shape
                    + "; it must have one entry, one for each channel or one for each of the " + shape.elements()
                    + " features.");
        }
    }

    /** Whether values stay as they are. */
    public boolean isIdentity() {
        for (int i = 0; i < mean.length; i++) {
            if (mean[i] != 0 || scale[i] != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Normalises {@code count} values in place, from the first feature of a sample on.
     *
     * @param values Modified from {@code offset} on.
     */
    public void apply(float[] values, int offset, int count) {
        int n = mean.length;
        for (int start = 0; start < count; start += n) {
            int end = Math.min(n, count - start);
            for (int i = 0; i < end; i++) {
                int position = offset + start + i;
                values[position] = (values[position] - mean[i]) * scale[i];
            }
        }
    }

    /**
     * Takes a normalisation back in place: {@code x = y / scale + mean}, as for the answers of a regression.
     *
     * @param values Modified from {@code offset} on.
     */
    public void undo(float[] values, int offset, int count) {
        for (int i = 0; i < count; i++) {
            int k = i % mean.length;
            values[offset + i] = values[offset + i] / scale[k] + mean[k];
        }
    }

    /** The same for a model's metadata, where a device finds it. */
    public Preprocessing toPreprocessing(String input) {
        return new Preprocessing(input, mean, scale);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization that
                && kind == that.kind
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(scale, that.scale);
    }

    @Override
    public int hashCode() {
        return (kind.hashCode() * 31 + Arrays.hashCode(mean)) * 31 + Arrays.hashCode(scale);
    }

    @Override
    public String toString() {
        if (kind == Kind.NONE) {
            return "none";
        }
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return mean.length == 1
                ? name + ": (x - " + mean[0] + ") * " + scale[0]
                : name + ": " + mean.length + " means and scales";
    }
}
