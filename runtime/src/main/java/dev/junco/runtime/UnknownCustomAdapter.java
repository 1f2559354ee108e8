package dev.junco.runtime;

import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.Operator;
import java.util.List;

/** Custom operators of which nothing is known but what a file or a graph says of their results: they can be kept, but not run. */
final class UnknownCustomAdapter extends Operator<CustomAttributes> {
    UnknownCustomAdapter() {
        super(CustomAttributes.class, "Custom");
    }

    @Override
    public String name(CustomAttributes attributes) {
        return attributes.name();
    }

    @Override
    public List<TensorSpec> infer(CustomAttributes attributes, List<Value> inputs) {
        throw new GraphException(
                "custom operator '" + attributes.name() + "' is unknown here, so nothing tells the shapes of its"
                        + " results for other sizes of its operands; load the model with CustomOperators.of(...)");
    }

    @Override
    public List<TensorSpec> infer(CustomAttributes attributes, List<Value> inputs, List<TensorSpec> declared) {
        return declared.isEmpty() ? infer(attributes, inputs) : declared;
    }

    /** What a file says of the results of an unknown operator is as good as any. */
    @Override
    public void check(CustomAttributes attributes, Node node) {}

    @Override
    public void bind(CustomAttributes attributes, Node node, Binding binding) {
        throw new UnsupportedModelException(
                "node '" + node.name() + "' is custom operator '" + attributes.name() + "' version "
                        + attributes.version() + ", which is unknown here, so the model cannot be run; load it with"
                        + " CustomOperators.of(...) of the application that brings the operator");
    }

    @Override
    public void evaluate(CustomAttributes attributes, Node node, Doubles values) {
        throw new GraphException(
                "custom operator '" + attributes.name() + "' of node '" + node.name() + "' is unknown here");
    }
}
