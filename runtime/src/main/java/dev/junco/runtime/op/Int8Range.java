package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;

/**
 * The bounds of a fused clamp as int8 values of the result's scale: zero point + bound / scale, rounded half away from zero in float32 as
 * TensorFlow Lite does.
 */
final class Int8Range {
    private Int8Range() {}

    static int lower(Activation activation, Quantization result) {
        return activation.lower() == Float.NEGATIVE_INFINITY ? -128 : result.toInt8(activation.lower());
    }

    static int upper(Activation activation, Quantization result) {
        return activation.upper() == Float.POSITIVE_INFINITY ? 127 : result.toInt8(activation.upper());
    }
}
