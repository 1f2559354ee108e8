package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;

/**
 * Real numbers as integers of the result's scale and zero point, x / scale rounded half away from zero, NaN to the zero point; or integers of int8 or int16
 * as integers of another scale, zero point or type, by fixed-point multiplication. int16 has the zero point 0.
 *
 * @param type of the result, int8 or int16
 */
public record QuantizeAttributes(DType type) implements Attributes {
    /** To int8. */
    public QuantizeAttributes() {
        this(DType.INT8);
    }

    @Override
    public int code() {
        return 14;
    }
}
