package dev.junco.runtime.graph;

import dev.junco.runtime.TensorSpec;
import java.util.List;

/** What a graph must know of its operators; implemented by the operator catalog. */
public interface OperatorRules {
    /** The operator's name for people, for example {@code Conv2D}. */
    String name(Attributes attributes);

    /** Whether there is an operator for these options. */
    default boolean supports(Attributes attributes) {
        return true;
    }

    /**
     * Checks the operands and tells the results' types and shapes. Results of integer type carry no quantisation: that is the
     * graph's choice.
     *
     * @throws GraphException if the operands do not fit; the message does not name the node
     */
    List<TensorSpec> infer(Attributes attributes, List<Value> inputs);

    /**
     * {@link #infer(Attributes, List)} where results are known beforehand, from a file or another graph; operators that cannot tell their results take them
     * from there.
     *
     * @param declared type, shape and quantisation of each result; empty if nothing is known
     */
    default List<TensorSpec> infer(Attributes attributes, List<Value> inputs, List<TensorSpec> declared) {
        return infer(attributes, inputs);
    }

    /**
     * Checks the whole node, quantisation included, once its results are known.
     *
     * @throws GraphException if the node cannot run; the message does not name the node
     */
    void check(Node node);
}
