package dev.junco.runtime.graph;

import java.util.List;

/**
 * One operation: an operator (told by the class of the attributes) applied to values.
 *
 * @param name unique in the graph, for example {@code features/3}
 * @param attributes the operator's options
 * @param inputs operands in the operator's order; an optional operand at the end may be missing
 * @param outputs results
 */
public record Node(String name, Attributes attributes, List<Value> inputs, List<Value> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Operand {@code index}. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** Result {@code index}. */
    public Value output(int index) {
        return outputs.get(index);
    }

    /** The only or first result. */
    public Value output() {
        return outputs.get(0);
    }
}
