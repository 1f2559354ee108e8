package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.List;

/** Removes nodes that no output depends on, and constants that nothing uses. Nodes that touch a state stay: the next run may depend on them. */
public final class RemoveDeadNodes implements Pass {
    @Override
    public String name() {
        return "remove-dead-nodes";
    }

    @Override
    public Graph apply(Graph graph) {
        boolean[] live = new boolean[graph.values().size()];
        graph.outputs().forEach(output -> live[output.id()] = true);
        List<Node> nodes = graph.nodes();
        boolean[] kept = new boolean[nodes.size()];
        boolean anyDead = false;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            kept[i] = node.outputs().stream().anyMatch(output -> live[output.id()])
                    || node.inputs().stream().anyMatch(input -> input.role() == Role.STATE);
            if (kept[i]) {
                node.inputs().forEach(input -> live[input.id()] = true);
            }
            anyDead |= !kept[i];
        }
        for (Value value : graph.values()) {
            anyDead |= value.isConstant() && !live[value.id()];
        }
        if (!anyDead) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                copy.copy(nodes.get(i));
            }
        }
        return copy.build();
    }
}
