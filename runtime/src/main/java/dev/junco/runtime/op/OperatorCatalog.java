package dev.junco.runtime.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.OperatorRules;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators that a graph may use. Immutable; {@link #with} makes a larger one, which is how another module adds
 * its operators.
 */
public final class OperatorCatalog implements OperatorRules {
    private static final OperatorCatalog STANDARD = new OperatorCatalog(List.of(
            new FullyConnectedOperator(),
            new Conv2DOperator(),
            new DepthwiseConv2DOperator(),
            new Pool2DOperator(),
            new GlobalPool2DOperator(),
            new BinaryOperator(),
            new ConcatOperator(),
            new PadOperator(),
            new ReshapeOperator(),
            new BatchNormOperator(),
            new ActivationOperator(),
            new LeakyReluOperator(),
            new SoftmaxOperator(),
            new DropoutOperator(),
            new QuantizeOperator(),
            new DequantizeOperator()));

    private final Map<Class<? extends Attributes>, Operator<?>> operators;

    private OperatorCatalog(List<Operator<?>> list) {
        Map<Class<? extends Attributes>, Operator<?>> map = new LinkedHashMap<>();
        for (Operator<?> operator : list) {
            if (map.put(operator.attributesType(), operator) != null) {
                throw new IllegalArgumentException(
                        "two operators claim " + operator.attributesType().getSimpleName());
            }
        }
        operators = Collections.unmodifiableMap(map);
    }

    /** The runtime's operators, all that a model file can hold. */
    public static OperatorCatalog standard() {
        return STANDARD;
    }

    /** This catalog and more operators. */
    public OperatorCatalog with(List<? extends Operator<?>> more) {
        List<Operator<?>> all = new ArrayList<>(operators.values());
        all.addAll(more);
        return new OperatorCatalog(all);
    }

    /** All operators. */
    public List<Operator<?>> operators() {
        return List.copyOf(operators.values());
    }

    /**
     * The operator of a node's options.
     *
     * @throws GraphException if the catalog has none
     */
    @SuppressWarnings("unchecked") // the map's key is the operator's own attributes type
    public <A extends Attributes> Operator<A> of(A attributes) {
        Operator<?> operator = operators.get(attributes.getClass());
        if (operator == null) {
            throw new GraphException(
                    "there is no operator for " + attributes.getClass().getSimpleName());
        }
        return (Operator<A>) operator;
    }

    @Override
    public String name(Attributes attributes) {
        Operator<?> operator = operators.get(attributes.getClass());
        return operator == null
                ? attributes.getClass().getSimpleName()
                : of(attributes).name(attributes);
    }

    @Override
    public List<TensorSpec> infer(Attributes attributes, List<Value> inputs) {
        return of(attributes).infer(attributes, inputs);
    }

    @Override
    public void check(Node node) {
        of(node.attributes()).check(node.attributes(), node);
    }
}
