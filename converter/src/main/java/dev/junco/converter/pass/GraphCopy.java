package dev.junco.converter.pass;

import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A graph that is built while another is read: inputs and states are there from the start, constants come along when a node first uses
 * them (so unused ones stay behind), nodes are copied, changed or left out. Not thread-safe.
 */
public final class GraphCopy {
    /** With custom operators, whose results stay what they are as long as their operands do. */
    private static final OperatorCatalog CATALOG = CustomOperators.ANY.catalog();

    private final Graph source;
    private final GraphBuilder builder;
    private final Value[] copies;
    private final int[] uses;
    private final Set<String> names = new HashSet<>();

    /** A copy with the same inputs. */
    public GraphCopy(Graph source) {
        this(source, Value::spec);
    }

    /**
     * A copy with other inputs under the same names.
     *
     * @param inputs the type of each input
     */
    public GraphCopy(Graph source, Function<Value, TensorSpec> inputs) {
        this.source = source;
        this.builder = new GraphBuilder(source.name(), CATALOG);
        this.copies = new Value[source.values().size()];
        this.uses = source.useCounts();
        for (Node node : source.nodes()) {
            names.add(node.name());
        }
        for (Value value : source.values()) {
            names.add(value.name());
            if (value.role() == Role.INPUT) {
                copies[value.id()] = builder.input(value.name(), inputs.apply(value), value.bounds());
            } else if (value.role() == Role.STATE) {
                copies[value.id()] = builder.copy(value);
            }
        }
    }

    /** Whether a value of the source already has its counterpart, or is a constant, which has one whenever it is asked for. */
    public boolean has(Value old) {
        return copies[old.id()] != null || old.isConstant();
    }

    /** The counterpart of a value of the source. */
    public Value of(Value old) {
        Value copy = copies[old.id()];
        if (copy == null && old.isConstant()) {
            copy = builder.copy(old);
            copies[old.id()] = copy;
        }
        if (copy == null) {
            throw new IllegalStateException("value '" + old.name() + "' is used before it is computed");
        }
        return copy;
    }

    /** The counterparts of values of the source. */
    public List<Value> of(List<Value> old) {
        List<Value> result = new ArrayList<>();
        for (Value value : old) {
            result.add(of(value));
        }
        return result;
    }

    /** Makes {@code replacement} the counterpart of a value of the source. */
    public void map(Value old, Value replacement) {
        copies[old.id()] = replacement;
    }

    /** Copies a node as it is. */
    public void copy(Node node) {
        List<Quantization> quantizations = new ArrayList<>();
        List<String> resultNames = new ArrayList<>();
        for (Value output : node.outputs()) {
            quantizations.add(output.quantization());
            resultNames.add(output.name());
        }
        List<TensorSpec> known = node.outputs().stream().map(Value::spec).toList();
        Node copy =
                builder.addAll(node.name(), node.attributes(), of(node.inputs()), quantizations, resultNames, known);
        for (int i = 0; i < copy.outputs().size(); i++) {
            copies[node.output(i).id()] = copy.output(i);
        }
    }

    /**
     * Adds a node with one result in the place of {@code node} and under its name.
     *
     * @param operands values of the new graph
     * @param result the value of the source that the result stands for; gives its name and scale
     */
    public Value replace(Node node, Attributes attributes, List<Value> operands, Value result) {
        Value added = add(node.name(), result.name(), attributes, operands, result.quantization());
        copies[result.id()] = added;
        return added;
    }

    /** Adds a node of one result under names that are free. */
    public Value add(
            String name, String resultName, Attributes attributes, List<Value> operands, Quantization quantization) {
        return builder.addAll(name, attributes, operands, List.of(quantization), List.of(resultName))
                .output();
    }

    /**
     * Adds a node in the place of {@code node}, with results of the same names, which stand for nothing yet.
     *
     * @param operands values of the new graph
     * @param quantizations one for each result
     */
    public List<Value> addAll(
            Node node, Attributes attributes, List<Value> operands, List<Quantization> quantizations) {
        List<String> resultNames = node.outputs().stream().map(Value::name).toList();
        return builder.addAll(node.name(), attributes, operands, quantizations, resultNames)
                .outputs();
    }

    /** Copies a constant or parameter as a constant, whose elements may be stored otherwise. */
    public void freeze(Value old, Constant elements) {
        copies[old.id()] = builder.constant(old.name(), old.spec(), elements);
    }

    /** Adds a constant under a new name that starts with {@code wanted}. */
    public Value constant(String wanted, TensorSpec spec, Constant elements) {
        return builder.constant(fresh(wanted), spec, elements);
    }

    /** Adds a constant in the place of a value of the source; under its name where nothing else needs the old one. */
    public Value constantInPlaceOf(Value old, TensorSpec spec, Constant elements) {
        boolean free = copies[old.id()] == null && (uses[old.id()] == 1 || !old.isConstant());
        return builder.constant(free ? old.name() : fresh(old.name()), spec, elements);
    }

    /** A name that neither graph uses, made of {@code wanted}. */
    public String fresh(String wanted) {
        String name = builder.freeName(wanted);
        for (int i = 2; names.contains(name); i++) {
            name = builder.freeName(wanted + "_" + i);
        }
        names.add(name);
        return name;
    }

    /** The new graph with the outputs of the source. */
    public Graph build() {
        return build(this::of);
    }

    /** The new graph with values of the source as its outputs, named as they are. */
    public Graph buildFor(List<Value> outputs) {
        outputs.forEach(value -> builder.output(value.name(), of(value)));
        return builder.build();
    }

    /** The new graph; each output of the source becomes what {@code chosen} makes of its value. */
    public Graph build(Function<Value, Value> chosen) {
        source.outputNames().forEach((name, value) -> builder.output(name, chosen.apply(source.value(value))));
        return builder.build();
    }
}
