package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;

/** Who computes and who uses the values of a graph. Immutable. */
public final class Wiring {
    private final Node[] producers;
    private final Node[] users;
    private final int[] uses;

    /** The wiring of a graph. */
    public Wiring(Graph graph) {
        producers = graph.producers();
        uses = graph.useCounts();
        users = new Node[uses.length];
        for (Node node : graph.nodes()) {
            for (Value input : node.inputs()) {
                users[input.id()] = node;
            }
        }
    }

    /** The node that computes a value, or null. */
    public Node producer(Value value) {
        return producers[value.id()];
    }

    /** The node that uses a value if it is used exactly once and is no output of the graph, else null. */
    public Node soleUser(Value value) {
        return uses[value.id()] == 1 ? users[value.id()] : null;
    }
}
