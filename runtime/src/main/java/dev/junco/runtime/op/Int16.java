package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;

/** What operators on int16 values share: the specification makes their zero point 0. */
final class Int16 {
    private Int16() {}

    /** Throws if an operand or a result of int16 lacks a single scale, or has a zero point other than 0. */
    static void requireSymmetric(Node node) {
        node.inputs().forEach(Int16::requireSymmetric);
        node.outputs().forEach(Int16::requireSymmetric);
    }

    static void requireSymmetric(Value value) {
        Quantization scale = value.quantization();
        if (value.type() != DType.INT16) {
            return;
        }
        if (!scale.isQuantized() || scale.isPerAxis()) {
            throw new GraphException("int16 tensor '" + value.name() + "' has quantisation " + scale
                    + ", expected one scale for the whole tensor");
        }
        if (scale.zeroPoint() != 0) {
            throw new GraphException(
                    "int16 tensor '" + value.name() + "' has zero point " + scale.zeroPoint() + ", expected 0");
        }
    }

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
