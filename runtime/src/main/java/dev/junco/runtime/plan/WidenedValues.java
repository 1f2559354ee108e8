package dev.junco.runtime.plan;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.Storage;
import dev.junco.runtime.op.Widening;

/**
 * Which int8 values of a graph lie widened, as float32 integers: results that only operators write and read which compute with such floats anyway. That spares
 * them two conversions for four times the memory. Inputs, outputs and states are bytes.
 */
final class WidenedValues implements Storage {
    private final boolean[] widened;

    WidenedValues(Graph graph, OperatorCatalog catalog) {
        widened = new boolean[graph.values().size()];
        for (Value value : graph.values()) {
            widened[value.id()] = value.role() == Role.ACTIVATION && value.type() == DType.INT8;
        }
        for (Value output : graph.outputs()) {
            widened[output.id()] = false;
        }
        int[] parent = new int[widened.length];
        for (int id = 0; id < parent.length; id++) {
            parent[id] = id;
        }
        for (Node node : graph.nodes()) {
            Widening widening = MemoryClasses.operator(catalog, node).widening(node.attributes(), node);
            boolean operands = widening != Widening.NEVER;
            boolean results = operands && widening != Widening.OPERANDS;
            int first = -1;
            for (int i = 0; i < node.inputs().size() + node.outputs().size(); i++) {
                boolean isOperand = i < node.inputs().size();
                Value value = isOperand
                        ? node.input(i)
                        : node.outputs().get(i - node.inputs().size());
                if (value.type() != DType.INT8) {
                    continue;
                }
                widened[value.id()] &= isOperand ? operands : results;
                first = first < 0 ? value.id() : first;
                if (widening == Widening.TOGETHER) {
                    parent[root(parent, value.id())] = root(parent, first);
                }
            }
        }
        for (int id = 0; id < parent.length; id++) {
            widened[root(parent, id)] &= widened[id];
        }
        for (int id = 0; id < parent.length; id++) {
            widened[id] = widened[root(parent, id)];
        }
    }

    private static int root(int[] parent, int id) {
        int at = id;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    @Override
    public boolean isWidened(Value value) {
        return widened[value.id()];
    }

    /** The arena in which a value lies. */
    DType arena(Value value) {
        return isWidened(value) ? DType.FLOAT32 : value.type().arena();
    }
}
