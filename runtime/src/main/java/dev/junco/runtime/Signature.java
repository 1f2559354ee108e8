package dev.junco.runtime;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a graph takes and gives, by name, in order. */
final class Signature {
    private Signature() {}

    static Map<String, TensorSpec> inputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            specs.put(input.name(), input.spec());
        }
        return Collections.unmodifiableMap(specs);
    }

    static Map<String, List<Integer>> bounds(Graph graph) {
        Map<String, List<Integer>> bounds = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            bounds.put(input.name(), input.bounds());
        }
        return Collections.unmodifiableMap(bounds);
    }

    static Map<String, TensorSpec> outputs(Graph graph) {
        Map<String, TensorSpec> specs = new LinkedHashMap<>();
        for (Map.Entry<String, String> output : graph.outputNames().entrySet()) {
            specs.put(output.getKey(), graph.value(output.getValue()).spec());
        }
        return Collections.unmodifiableMap(specs);
    }
}
