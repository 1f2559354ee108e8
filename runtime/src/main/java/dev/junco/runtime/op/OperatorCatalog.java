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
    private static final OperatorCatalog STANDARD = new OperatorCatalog(Collections.emptyMap());

    private final Map<Class<? extends Attributes>, Operator<?>> more;

    private OperatorCatalog(Map<Class<? extends Attributes>, Operator<?>> more) {
        this.more = more;
    }

    /** The runtime's operators, all that a model file can hold. */
    public static OperatorCatalog standard() {
        return STANDARD;
    }

    /** This catalog and more operators. */
    public OperatorCatalog with(List<? extends Operator<?>> others) {
        Map<Class<? extends Attributes>, Operator<?>> map = new LinkedHashMap<>(more);
        for (Operator<?> operator : others) {
            if (map.put(operator.attributesType(), operator) != null || isStandard(operator.attributesType())) {
                throw new IllegalArgumentException(
                        "two operators claim " + operator.attributesType().getSimpleName());
            }
        }
        return new OperatorCatalog(Collections.unmodifiableMap(map));
    }

    private static boolean isStandard(Class<?> attributesType) {
        for (Operator<?> operator : StandardOperators.all()) {
            if (operator.attributesType() == attributesType) {
                return true;
            }
        }
        return false;
    }

    /** All operators. */
    public List<Operator<?>> operators() {
        List<Operator<?>> all = new ArrayList<>(StandardOperators.all());
        all.addAll(more.values());
        return List.copyOf(all);
    }

    /**
     * The operator of a node's options.
     *
     * @throws GraphException if the catalog has none
     */
    @SuppressWarnings("unchecked") // the operator is found by its own attributes type
    public <A extends Attributes> Operator<A> of(A attributes) {
        Operator<?> operator = find(attributes);
        if (operator == null) {
            throw new GraphException(
                    "there is no operator for " + attributes.getClass().getSimpleName());
        }
        return (Operator<A>) operator;
    }

    @Override
    public boolean supports(Attributes attributes) {
        return find(attributes) != null && of(attributes).supports(attributes);
    }

    private Operator<?> find(Attributes attributes) {
        Operator<?> operator = StandardOperators.of(attributes.code());
        return operator == null ? more.get(attributes.getClass()) : operator;
    }

    @Override
    public String name(Attributes attributes) {
        Operator<?> operator = find(attributes);
        return operator == null
                ? attributes.getClass().getSimpleName()
                : of(attributes).name(attributes);
    }

    @Override
    public List<TensorSpec> infer(Attributes attributes, List<Value> inputs) {
        return of(attributes).infer(attributes, inputs);
    }

    @Override
    public List<TensorSpec> infer(Attributes attributes, List<Value> inputs, List<TensorSpec> declared) {
        return of(attributes).infer(attributes, inputs, declared);
    }

    @Override
    public void check(Node node) {
        of(node.attributes()).check(node.attributes(), node);
    }
}
