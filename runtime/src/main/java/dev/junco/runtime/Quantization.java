package dev.junco.runtime;

import java.util.Arrays;

/**
 * How integers stand for real numbers: {@code real = scale · (integer − zeroPoint)}, for the whole tensor or for each index of
 * one axis. Immutable.
 */
public final class Quantization {
    /** Not quantised. */
    public static final Quantization NONE = new Quantization(new float[0], new int[0], -1);

    private final float[] scales;
    private final int[] zeroPoints;
    private final int axis;

    private Quantization(float[] scales, int[] zeroPoints, int axis) {
        this.scales = scales;
        this.zeroPoints = zeroPoints;
        this.axis = axis;
    }

    /**
     * One scale and zero point for the whole tensor.
     *
     * @throws IllegalArgumentException if the scale is not a positive finite number
     */
    public static Quantization perTensor(float scale, int zeroPoint) {
        checkScale(scale);
        return new Quantization(new float[] {scale}, new int[] {zeroPoint}, -1);
    }

    /**
     * One scale for each index of {@code axis}, all zero points 0 (weights are symmetric).
     *
     * @throws IllegalArgumentException if there is no scale, one is not a positive finite number, or the axis is negative
     */
    public static Quantization perAxis(float[] scales, int axis) {
        if (scales.length == 0 || axis < 0) {
            throw new IllegalArgumentException("quantisation per axis needs an axis >= 0 and its scales; found axis "
                    + axis + ", " + scales.length + " scales");
        }
        for (float scale : scales) {
            checkScale(scale);
        }
        return new Quantization(scales.clone(), new int[scales.length], axis);
    }

    private static void checkScale(float scale) {
        if (!(scale > 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("quantisation scale is " + scale + "; it has to be positive and finite");
        }
    }

    /** Whether there is a scale at all. */
    public boolean isQuantized() {
        return scales.length > 0;
    }

    /** Whether each index of {@link #axis()} has a scale of its own. */
    public boolean isPerAxis() {
        return axis >= 0;
    }

    /** The axis of the scales, -1 for the whole tensor. */
    public int axis() {
        return axis;
    }

    /** Number of scales. */
    public int size() {
        return scales.length;
    }

    /** Real step of one integer at an index of the axis (index 0 for the whole tensor). */
    public float scale(int index) {
        return scales[index];
    }

    /** Real step of one integer, of a tensor with one scale. */
    public float scale() {
        return scales[0];
    }

    /** The integer that stands for 0, of a tensor with one scale. */
    public int zeroPoint() {
        return zeroPoints[0];
    }

    /**
     * The int8 that stands for a real number, of a tensor with one scale: real / scale in float32, rounded half away from zero, plus the zero point,
     * held within int8. NaN becomes the zero point.
     */
    public byte toInt8(float real) {
        float steps = real / scales[0];
        double rounded = steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5);
        int bounded = (int) Math.max(-1e9, Math.min(1e9, rounded)); // 0 for NaN
        return (byte) Math.max(-128, Math.min(127, bounded + (long) zeroPoints[0]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantization
                && axis == ((Quantization) other).axis
                && Arrays.equals(scales, ((Quantization) other).scales)
                && Arrays.equals(zeroPoints, ((Quantization) other).zeroPoints);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(scales) + axis;
    }

    @Override
    public String toString() {
        if (!isQuantized()) {
            return "none";
        }
        return isPerAxis()
                ? scales.length + " scales on axis " + axis
                : "scale " + scales[0] + ", zero point " + zeroPoints[0];
    }
}
