package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;

/** Real numbers as int16 values, whose zero point is 0. */
final class Int16 {
    private Int16() {}

    /** The lower bound of a clamp as an int16 of the result's scale. */
    static int lower(Activation activation, Quantization result) {
        return activation.lower() == Float.NEGATIVE_INFINITY ? Short.MIN_VALUE : of(activation.lower(), result.scale());
    }

    /** The upper bound of a clamp as an int16 of the result's scale. */
    static int upper(Activation activation, Quantization result) {
        return activation.upper() == Float.POSITIVE_INFINITY ? Short.MAX_VALUE : of(activation.upper(), result.scale());
    }

    /** The int16 nearest to a real number, halves away from zero, divided in float32; NaN becomes 0. */
    static int of(float real, float scale) {
        float steps = real / scale;
        return saturated(steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5));
    }

    private static int saturated(double x) {
        return (int) Math.max(Math.min(x, Short.MAX_VALUE), Short.MIN_VALUE); // 0 for NaN
    }
}
