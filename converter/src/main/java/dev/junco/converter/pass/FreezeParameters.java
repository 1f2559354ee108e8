package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;

/** Makes parameters constants: a file for a device is not trained any further. */
public final class FreezeParameters implements Pass {
    @Override
    public String name() {
        return "freeze-parameters";
    }

    @Override
    public Graph apply(Graph graph) {
        if (graph.values().stream().noneMatch(value -> value.role() == Role.PARAMETER)) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Value value : graph.values()) {
            if (value.role() == Role.PARAMETER) {
                copy.freeze(value, value.constant());
            }
        }
        for (Node node : graph.nodes()) {
            copy.copy(node);
        }
        return copy.build();
    }
}
