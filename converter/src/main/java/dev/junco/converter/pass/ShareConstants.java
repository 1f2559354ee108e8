package dev.junco.converter.pass;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Keeps one of several constants with the same type, shape and elements. */
public final class ShareConstants implements Pass {
    @Override
    public String name() {
        return "share-constants";
    }

    private record Key(TensorSpec spec, Constant elements) {}

    @Override
    public Graph apply(Graph graph) {
        Map<Key, Value> firsts = new HashMap<>();
        Map<Value, Value> same = new IdentityHashMap<>();
        for (Value value : graph.values()) {
            if (value.role() == Role.CONSTANT) {
                Value first = firsts.putIfAbsent(new Key(value.spec(), value.constant()), value);
                if (first != null) {
                    same.put(value, first);
                }
            }
        }
        if (same.isEmpty()) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Value value : graph.values()) {
            if (same.containsKey(value)) {
                copy.map(value, copy.of(same.get(value)));
            }
        }
        for (Node node : graph.nodes()) {
            copy.copy(node);
        }
        return copy.build();
    }
}
