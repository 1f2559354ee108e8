package dev.junco.converter;

import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;

/** What a source must be before it is converted. */
final class SourceCheck {
    private SourceCheck() {}

    static void requireConvertible(Model source, Precision precision) {
        source.content().signatures().forEach(graph -> requireConvertible(graph, precision));
    }

    private static void requireConvertible(Graph graph, Precision precision) {
        for (Value value : graph.values()) {
            if (value.type() == DType.INT8 && precision != Precision.FLOAT32) {
                throw new ConversionException("'" + value.name() + "' is int8 already; convert the float32 model to "
                        + precision + " instead");
            }
            if (value.isConstant() && value.type() == DType.FLOAT32) {
                requireFinite(value);
            }
        }
    }

    private static void requireFinite(Value value) {
        float[] elements = value.floats();
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new ConversionException("weights '" + value.name() + "' hold " + elements[i] + " at index " + i
                        + "; the training has diverged, try a lower learning rate");
            }
        }
    }
}
