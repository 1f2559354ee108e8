package dev.junco.converter;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import java.util.List;

/** What the numbers of a converted model are, which a source that was quantised already decides too. */
final class ResultTypes {
    private ResultTypes() {}

    /** In a word for people: the smallest type that activations have, else the smallest that weights are stored in. */
    static String of(List<Graph> graphs) {
        if (any(graphs, value -> !value.isConstant() && value.type() == DType.INT8)) {
            return Precision.INT8.toString();
        }
        if (any(graphs, value -> !value.isConstant() && value.type() == DType.INT16)) {
            return "int16";
        }
        if (any(graphs, value -> value.isConstant() && isInt8(value.constant().storage()))) {
            return Precision.INT8_WEIGHTS.toString();
        }
        return any(graphs, value -> value.isConstant() && value.constant().storage() == Storage.FLOAT16)
                ? Precision.FLOAT16.toString()
                : Precision.FLOAT32.toString();
    }

    private static boolean isInt8(Storage storage) {
        return storage == Storage.SCALED_INT8 || storage == Storage.INT8;
    }

    private static boolean any(List<Graph> graphs, java.util.function.Predicate<Value> wanted) {
        return graphs.stream().flatMap(graph -> graph.values().stream()).anyMatch(wanted);
    }
}
