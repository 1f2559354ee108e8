package dev.junco.converter.pass;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts one node in the place of several that compute the same. */
abstract class FuseRegions implements Pass {
    /** The node that a region is replaced by. */
    record Replacement(Attributes attributes, List<Value> operands) {}

    /** Whether a node may be part of a region. */
    abstract boolean isAllowed(Node node);

    /** What a region computes, as one node; null if it is nothing that is known. */
    abstract Replacement replacement(Region region);

    @Override
    public final Graph apply(Graph graph) {
        Region.Finder finder = new Region.Finder(graph, this::isAllowed);
        Map<Node, Replacement> replacements = new IdentityHashMap<>();
        Set<Node> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        // From the end, so that the largest composition is found before its parts.
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (Region region : gone.contains(node) ? List.<Region>of() : finder.endingIn(node)) {
                Replacement found = region.nodes().stream().anyMatch(gone::contains) ? null : replacement(region);
                if (found != null) {
                    replacements.put(node, found);
                    gone.addAll(region.nodes());
                    break;
                }
            }
        }
        if (replacements.isEmpty()) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            Replacement replacement = replacements.get(node);
            if (replacement != null) {
                List<Value> operands = new ArrayList<>(copy.of(replacement.operands()));
                copy.replace(node, replacement.attributes(), operands, node.output());
            } else if (!gone.contains(node)) {
                copy.copy(node);
            }
        }
        return copy.build();
    }
}
