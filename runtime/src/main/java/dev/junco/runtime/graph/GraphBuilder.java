package dev.junco.runtime.graph;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a {@link Graph} in execution order. Each node's shapes are inferred and checked when it is added, so an error names the
 * node at fault. Not thread-safe.
 */
public final class GraphBuilder {
    private final String name;
    private final OperatorRules rules;
    private final List<Value> values = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Set<String> valueNames = new HashSet<>();
    private final Set<String> nodeNames = new HashSet<>();
    private final Map<String, Integer> nextSuffix = new HashMap<>();

    /**
     * An empty graph.
     *
     * @param name name of the signature
     * @param rules the operators that may be used
     */
    public GraphBuilder(String name, OperatorRules rules) {
        this.name = name;
        this.rules = rules;
    }

    /** Declares an input. */
    public Value input(String inputName, TensorSpec spec) {
        return value(inputName, spec, Role.INPUT, null);
    }

    /**
     * Declares an input whose size may vary while the model is used.
     *
     * @param spec with the shape that an interpreter starts with
     * @param bounds for each axis 0 if it is fixed, else the largest size that it may be given: {@code (0, 100, 0)} lets axis 1 be 1 to 100
     */
    public Value input(String inputName, TensorSpec spec, List<Integer> bounds) {
        return value(inputName, spec, Role.INPUT, null, bounds);
    }

    /** Adds a fixed tensor. */
    public Value constant(String constantName, TensorSpec spec, Constant elements) {
        return value(constantName, spec, Role.CONSTANT, elements);
    }

    /** Adds a fixed float32 tensor. */
    public Value constant(String constantName, Shape shape, float... elements) {
        return constant(constantName, TensorSpec.float32(shape), Constant.of(elements));
    }

    /** Adds a weight: fixed while running, changed by training. */
    public Value parameter(String parameterName, TensorSpec spec, Constant elements) {
        return value(parameterName, spec, Role.PARAMETER, elements);
    }

    /** Adds a tensor that lives from run to run; it starts from {@code elements}, or from zeros if that is null. */
    public Value state(String stateName, TensorSpec spec, Constant elements) {
        return value(stateName, spec, Role.STATE, elements);
    }

    /** Adds a value of any role but ACTIVATION, as another graph has it, under the same name. */
    public Value copy(Value other) {
        if (other.role() == Role.ACTIVATION) {
            throw new GraphException("value '" + other.name() + "' is computed by a node; add the node instead");
        }
        return value(other.name(), other.spec(), other.role(), other.constant(), other.bounds());
    }

    /** Adds a node with one float result. */
    public Value add(String nodeName, Attributes attributes, Value... inputs) {
        return add(nodeName, attributes, Arrays.asList(inputs), Quantization.NONE);
    }

    /**
     * Adds a node with one result.
     *
     * @param quantization of the result; required where it is int8
     */
    public Value add(String nodeName, Attributes attributes, List<Value> inputs, Quantization quantization) {
        return addAll(nodeName, attributes, inputs, List.of(quantization), List.of(nodeName))
                .output();
    }

    /** Adds a node with any number of float results, named {@code nodeName}, {@code nodeName:1}, … */
    public Node addAll(String nodeName, Attributes attributes, Value... inputs) {
        return addAll(nodeName, attributes, Arrays.asList(inputs), List.of(), List.of());
    }

    /**
     * Adds a node; after an error the graph is as it was before.
     *
     * @param quantizations of the results; missing ones are none
     * @param resultNames names of the results; missing ones are made from the node's name
     */
    public Node addAll(
            String nodeName,
            Attributes attributes,
            List<Value> inputs,
            List<Quantization> quantizations,
            List<String> resultNames) {
        return addAll(nodeName, attributes, inputs, quantizations, resultNames, List.of());
    }

    /**
     * {@link #addAll(String, Attributes, List, List, List)} of a node whose results are known beforehand.
     *
     * @param declared the results for operators that cannot tell them; others tell what they find, which need not be the same
     */
    public Node addAll(
            String nodeName,
            Attributes attributes,
            List<Value> inputs,
            List<Quantization> quantizations,
            List<String> resultNames,
            List<TensorSpec> declared) {
        int before = values.size();
        try {
            for (Value input : inputs) {
                requireOwn(input);
            }
            if (nodeNames.contains(nodeName)) {
                throw new GraphException("another node has the same name");
            }
            List<TensorSpec> specs = rules.infer(attributes, inputs, declared);
            List<Value> results = new ArrayList<>();
            for (int i = 0; i < specs.size(); i++) {
                String resultName =
                        i < resultNames.size() ? resultNames.get(i) : i == 0 ? nodeName : nodeName + ":" + i;
                Quantization given = i < quantizations.size() ? quantizations.get(i) : Quantization.NONE;
                results.add(value(resultName, result(resultName, specs.get(i), given), Role.ACTIVATION, null));
            }
            Node node = new Node(nodeName, attributes, inputs, results);
            rules.check(node);
            nodes.add(node);
            nodeNames.add(nodeName);
            return node;
        } catch (GraphException | IllegalArgumentException e) {
            // Shapes beyond all bounds and scales that do not fit are told by their own classes, which know no node.
            while (values.size() > before) {
                valueNames.remove(values.remove(values.size() - 1).name());
            }
            throw new GraphException(rules.name(attributes) + " '" + nodeName + "': " + e.getMessage());
        }
    }

    private static TensorSpec result(String resultName, TensorSpec inferred, Quantization given) {
        Quantization chosen = given.isQuantized() ? given : inferred.quantization();
        boolean real = inferred.type() == DType.FLOAT32;
        if (chosen.isQuantized() && (real || inferred.type() == DType.BOOL)) {
            throw new GraphException(
                    "result '" + resultName + "' is " + (real ? "float32" : "bool") + " and cannot have a scale");
        }
        return new TensorSpec(inferred.type(), inferred.shape(), chosen);
    }

    private void requireOwn(Value value) {
        if (value.id() >= values.size() || values.get(value.id()) != value) {
            throw new GraphException("value '" + value.name() + "' belongs to another graph");
        }
    }

    /** Makes a value an output under a public name. */
    public void output(String outputName, Value value) {
        requireOwn(value);
        if (outputs.putIfAbsent(outputName, value) != null) {
            throw new GraphException("two outputs are named '" + outputName + "'; names have to be unique");
        }
    }

    /** A name that starts with {@code wanted} and is free for a value and for a node. */
    public String freeName(String wanted) {
        String free = wanted;
        while (valueNames.contains(free) || nodeNames.contains(free)) {
            int suffix = nextSuffix.merge(wanted, 1, Integer::sum);
            free = wanted + "_" + suffix;
        }
        return free;
    }

    /** Nodes added so far, in order. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The finished graph. */
    public Graph build() {
        if (outputs.isEmpty()) {
            throw new GraphException("graph '" + name + "' has no output; declare one with output(name, value)");
        }
        Graph.requireUnique(values, nodes);
        return new Graph(name, values, nodes, outputs);
    }

    private Value value(String valueName, TensorSpec spec, Role role, Constant elements) {
        return value(valueName, spec, role, elements, List.of());
    }

    private Value value(String valueName, TensorSpec spec, Role role, Constant elements, List<Integer> bounds) {
        if (valueNames.contains(valueName)) {
            throw new GraphException("another value is named '" + valueName + "'; names have to be unique");
        }
        Value value = new Value(values.size(), valueName, spec, role, elements, bounds);
        valueNames.add(valueName);
        values.add(value);
        return value;
    }
}
