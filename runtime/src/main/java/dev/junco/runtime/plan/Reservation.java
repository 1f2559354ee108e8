package dev.junco.runtime.plan;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.Storage;

/**
 * What the plan of a graph of varying size has set aside, so that the same offsets serve every size up to the bounds.
 *
 * @param elements by value id: elements of its buffer; 0 for values that lie in no arena
 * @param joins by node: what its result shares its memory with, see {@link MemoryClasses#joins}
 * @param scratch by node, then by scratch buffer: its elements
 */
public record Reservation(int[] elements, int[] joins, int[][] scratch) {
    /** Whether the graph, resized, finds room in what was set aside. */
    boolean holds(Graph resized, OperatorCatalog catalog, Storage storage) {
        for (Value value : resized.values()) {
            if (MemoryClasses.isPlanned(value) && value.shape().elements() > elements[value.id()]) {
                return false;
            }
        }
        for (int i = 0; i < joins.length; i++) {
            Node node = resized.nodes().get(i);
            Operator<Attributes> operator = MemoryClasses.operator(catalog, node);
            if (!MemoryClasses.canJoin(operator, node, joins[i])
                    || !holdsScratch(operator, node, storage, scratch[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsScratch(Operator<Attributes> operator, Node node, Storage storage, int[] reserved) {
        int[] floats = operator.scratch(node.attributes(), node, storage);
        int[] ints = operator.intScratch(node.attributes(), node);
        if (floats.length + ints.length != reserved.length) {
            return false;
        }
        for (int i = 0; i < reserved.length; i++) {
            int wanted = i < floats.length ? floats[i] : ints[i - floats.length];
            if (wanted > reserved[i]) {
                return false;
            }
        }
        return true;
    }
}
