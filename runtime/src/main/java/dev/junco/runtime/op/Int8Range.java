package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;

/** The bounds of a fused clamp as int8 values of the result's scale. */
final class Int8Range {
    private Int8Range() {}

    static int lower(Activation activation, Quantization result) {
        return activation.lower() == Float.NEGATIVE_INFINITY
                ? -128
                : Math.max(-128, quantize(activation.lower(), result));
    }

    static int upper(Activation activation, Quantization result) {
        return activation.upper() == Float.POSITIVE_INFINITY
                ? 127
                : Math.min(127, quantize(activation.upper(), result));
    }

    /** zero point + value / scale, rounded half away from zero in float32 as TensorFlow Lite does; not clamped. */
    private static int quantize(float value, Quantization result) {
        float steps = value / result.scale();
        int rounded = (int) (steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5));
        return result.zeroPoint() + rounded;
    }
}
