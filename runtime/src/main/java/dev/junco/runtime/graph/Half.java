package dev.junco.runtime.graph;

/** IEEE 754 binary16, in plain Java because the platform's conversion is younger than the oldest supported one. */
public final class Half {
    private Half() {}

    /** The float32 value of a binary16 number; exact. */
    public static float toFloat(short half) {
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    /** The nearest binary16 number, ties to even; beyond 65504 (rounded) infinite. */
    public static short fromFloat(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 0x47800000) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) {
            // Subnormal halves are multiples of 2^-24: adding 0.5 aligns the float's last bit with that step.
            int rounded = Float.floatToIntBits(Float.intBitsToFloat(magnitude) + 0.5f);
            return (short) (sign | (rounded - 0x3f000000));
        }
        int rounded = magnitude + 0xfff + ((magnitude >> 13) & 1);
        return (short) (sign | ((rounded - 0x38000000) >> 13));
    }
}
