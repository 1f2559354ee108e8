package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Nodes that together compute one value from one other and constants, and whose results nothing else uses: one node could take their place.
 *
 * @param x what goes in
 * @param nodes in the order of the graph; the last one gives the result
 */
record Region(Value x, List<Node> nodes) {
    /** More nodes than any composition of a single operator has. */
    private static final int MOST_NODES = 16;

    Node end() {
        return nodes.get(nodes.size() - 1);
    }

    /** Finds the regions of a graph. */
    static final class Finder {
        private final Node[] producers;
        private final int[] uses;
        private final int[] order;
        private final Predicate<Node> allowed;

        /**
         * A finder.
         *
         * @param allowed nodes that may lie in a region
         */
        Finder(Graph graph, Predicate<Node> allowed) {
            this.producers = graph.producers();
            this.uses = graph.useCounts();
            this.order = new int[graph.values().size()];
            this.allowed = allowed;
            for (int i = 0; i < graph.nodes().size(); i++) {
                for (Value output : graph.nodes().get(i).outputs()) {
                    order[output.id()] = i;
                }
            }
        }

        /** All regions that end in a node, largest first. */
        List<Region> endingIn(Node end) {
            List<Region> regions = new ArrayList<>();
            if (!isAllowed(end)) {
                return regions;
            }
            Set<Value> candidates = Collections.newSetFromMap(new IdentityHashMap<>());
            reach(end, candidates, new ArrayList<>());
            for (Value x : candidates) {
                List<Node> nodes = new ArrayList<>();
                if (collect(end, x, nodes) && isClosed(end, nodes)) {
                    nodes.sort(
                            (a, b) -> order[a.output().id()] - order[b.output().id()]);
                    regions.add(new Region(x, nodes));
                }
            }
            regions.sort((a, b) -> a.nodes().size() == b.nodes().size()
                    ? a.x().id() - b.x().id()
                    : b.nodes().size() - a.nodes().size());
            return regions;
        }

        private boolean isAllowed(Node node) {
            return node != null
                    && node.outputs().size() == 1
                    && node.output().type() == DType.FLOAT32
                    && allowed.test(node);
        }

        private void reach(Node node, Set<Value> found, List<Node> seen) {
            if (seen.size() >= MOST_NODES || seen.contains(node)) {
                return;
            }
            seen.add(node);
            for (Value input : node.inputs()) {
                if (!input.isConstant() && found.add(input) && isAllowed(producers[input.id()])) {
                    reach(producers[input.id()], found, seen);
                }
            }
        }

        private boolean collect(Node node, Value x, List<Node> nodes) {
            if (nodes.contains(node)) {
                return true;
            }
            if (!isAllowed(node) || nodes.size() >= MOST_NODES) {
                return false;
            }
            nodes.add(node);
            for (Value input : node.inputs()) {
                if (input != x && !input.isConstant() && !collect(producers[input.id()], x, nodes)) {
                    return false;
                }
            }
            return true;
        }

        /** Whether nothing outside uses what lies inside. */
        private boolean isClosed(Node end, List<Node> nodes) {
            for (Node node : nodes) {
                int inside = 0;
                for (Node user : nodes) {
                    for (Value input : user.inputs()) {
                        inside += input == node.output() ? 1 : 0;
                    }
                }
                if (node != end && inside != uses[node.output().id()]) {
                    return false;
                }
            }
            return true;
        }
    }
}
