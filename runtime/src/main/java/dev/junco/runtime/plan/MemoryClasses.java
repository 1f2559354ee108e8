package dev.junco.runtime.plan;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which values share their memory from the start: a reshaped value and its origin, and the result of an in-place operator and the operand that it
 * overwrites. Each class of values has one lifetime, from its first writer to its last reader.
 */
final class MemoryClasses {
    /** In {@link #joins}: the result has memory of its own. */
    static final int NONE = -1;
    /** In {@link #joins}: the result is operand 0 under another shape. */
    static final int ALIAS = -2;

    private final List<Graph> otherSizes;
    private final WidenedValues widened;
    private final int[] joins;
    private final int[] parent;
    private final int[] first;
    private final int[] last;

    /**
     * The classes of a graph.
     *
     * @param otherSizes the same graph for inputs of other sizes: only what can share its memory in all of them does
     */
    MemoryClasses(Graph graph, List<Graph> otherSizes, OperatorCatalog catalog, WidenedValues widened) {
        this.otherSizes = otherSizes;
        this.widened = widened;
        joins = new int[graph.nodes().size()];
        Arrays.fill(joins, NONE);
        int count = graph.values().size();
        parent = new int[count];
        first = new int[count];
        last = new int[count];
        int end = graph.nodes().size();
        for (int id = 0; id < count; id++) {
            parent[id] = id;
        }
        Arrays.fill(first, -1);
        Arrays.fill(last, -1);
        for (int i = 0; i < end; i++) {
            Node node = graph.nodes().get(i);
            for (Value input : node.inputs()) {
                last[input.id()] = i;
            }
            for (Value output : node.outputs()) {
                first[output.id()] = i;
                last[output.id()] = i;
            }
        }
        // Inputs and outputs live to the end, so nothing ever overwrites them.
        for (Value input : graph.inputs()) {
            last[input.id()] = end;
        }
        for (Value output : graph.outputs()) {
            last[output.id()] = end;
        }
        for (int i = 0; i < end; i++) {
            share(graph.nodes().get(i), i, catalog);
        }
    }

    /** Whether a value lies in an arena. */
    static boolean isPlanned(Value value) {
        return value.role() == Role.ACTIVATION || value.role() == Role.INPUT;
    }

    /** The operator of a node, for calls with the node's own attributes. */
    @SuppressWarnings("unchecked") // the catalog finds the operator by the attributes' class
    static Operator<Attributes> operator(OperatorCatalog catalog, Node node) {
        return (Operator<Attributes>) (Operator<?>) catalog.of(node.attributes());
    }

    private void share(Node node, int index, OperatorCatalog catalog) {
        Operator<Attributes> operator = operator(catalog, node);
        if (node.outputs().isEmpty()) {
            return;
        }
        Value output = node.output();
        if (operator.isAlias(node.attributes(), node)) {
            if (isPlanned(node.input(0)) && canJoinInOtherSizes(operator, index, ALIAS)) {
                joins[index] = ALIAS;
                join(node.input(0).id(), output.id());
            }
            return;
        }
        Set<Integer> tried = new HashSet<>();
        for (int operand = 0; operand < node.inputs().size(); operand++) {
            Value input = node.input(operand);
            if (!isPlanned(input)
                    || !tried.add(input.id())
                    || widened.isWidened(input) != widened.isWidened(output)
                    || !canJoin(operator, node, operand)) {
                continue;
            }
            int root = root(input.id());
            if (last[root] == index
                    && onlyOperandOf(root, node, operand)
                    && canJoinInOtherSizes(operator, index, operand)) {
                joins[index] = operand;
                join(input.id(), output.id());
                return;
            }
        }
    }

    private boolean canJoinInOtherSizes(Operator<Attributes> operator, int index, int operand) {
        for (Graph other : otherSizes) {
            if (!canJoin(operator, other.nodes().get(index), operand)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first result of a node may lie where an operand lies, as far as the node itself is concerned. */
    static boolean canJoin(Operator<Attributes> operator, Node node, int operand) {
        if (operand == NONE) {
            return true;
        }
        if (operand == ALIAS) {
            return operator.isAlias(node.attributes(), node);
        }
        Value input = node.input(operand);
        Value output = node.output();
        return input.type() == output.type()
                && input.shape().elements() == output.shape().elements()
                && operator.canRunInPlace(node.attributes(), node, operand);
    }

    /** By node: the operand whose memory its first result takes over, or {@link #ALIAS}, or {@link #NONE}. */
    int[] joins() {
        return joins;
    }

    private boolean onlyOperandOf(int root, Node node, int operand) {
        for (int other = 0; other < node.inputs().size(); other++) {
            Value input = node.input(other);
            if (other != operand && isPlanned(input) && root(input.id()) == root && input != node.input(operand)) {
                return false;
            }
        }
        return true;
    }

    private void join(int into, int id) {
        int root = root(into);
        int joined = root(id);
        parent[joined] = root;
        first[root] = Math.min(first[root], first[joined]);
        last[root] = Math.max(last[root], last[joined]);
    }

    /** The value that stands for the class of a value. */
    int root(int id) {
        int root = id;
        while (parent[root] != root) {
            root = parent[root];
        }
        // Path compression keeps long chains of in-place nodes cheap.
        int at = id;
        while (parent[at] != root) {
            int next = parent[at];
            parent[at] = root;
            at = next;
        }
        return root;
    }

    int firstNode(int root) {
        return first[root];
    }

    int lastNode(int root) {
        return last[root];
    }
}
