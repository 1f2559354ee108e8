package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;
import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which nodes of a float graph run in int8: those whose {@linkplain Int8Rules rule} says so and that hang together with a product of matrices, for
 * without one the change of type would cost more than it saves.
 */
final class Int8Nodes {
    private final Graph graph;
    private final Map<Node, Int8Rule> rules = new IdentityHashMap<>();
    private final Set<Node> nodes = identitySet();

    /**
     * The nodes of a graph.
     *
     * @param unfit nodes that have been found to stay float32
     */
    Int8Nodes(Graph graph, Collection<Node> unfit) {
        this.graph = graph;
        Set<Node> able = identitySet();
        for (Node node : graph.nodes()) {
            Int8Rule rule = Int8Rules.of(node);
            if (rule.isInt8() && isReal(node) && !unfit.contains(node)) {
                rules.put(node, rule);
                if (!rule.follows()) {
                    able.add(node);
                }
            }
        }
        // Who follows joins what lies behind to what lies before, so that more may follow.
        do {
            nodes.clear();
            nodes.addAll(worthwhile(able));
        } while (able.addAll(followers()));
    }

    private static Set<Node> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Whether the node computes on real numbers, and on no state, which its model keeps as it is. */
    private static boolean isReal(Node node) {
        return !operands(node).isEmpty()
                && node.inputs().stream().allMatch(input -> input.role() != Role.STATE && isPlain(input))
                && node.outputs().stream().allMatch(Int8Nodes::isPlain);
    }

    private static boolean isPlain(Value value) {
        return value.type() != DType.INT8 && value.type() != DType.INT16;
    }

    private Set<Node> worthwhile(Set<Node> able) {
        Groups groups = new Groups(graph.values().size());
        boolean[] heavy = new boolean[graph.values().size()];
        for (Node node : able) {
            List<Value> computed = computed(node);
            computed.forEach(value -> groups.join(value.id(), computed.get(0).id()));
        }
        for (Node node : able) {
            heavy[groups.root(computed(node).get(0).id())] |= rules.get(node).heavy();
        }
        Set<Node> chosen = identitySet();
        for (Node node : able) {
            if (heavy[groups.root(computed(node).get(0).id())]) {
                chosen.add(node);
            }
        }
        return chosen;
    }

    /** The int8 results and operands, without constants, which join nothing. */
    private static List<Value> computed(Node node) {
        return Stream.concat(results(node).stream(), operands(node).stream())
                .filter(value -> !value.isConstant())
                .toList();
    }

    /** Nodes all of whose operands come in int8. */
    private Set<Node> followers() {
        boolean[] given = new boolean[graph.values().size()];
        nodes.forEach(node -> results(node).forEach(result -> given[result.id()] = true));
        Set<Node> followers = identitySet();
        for (Node node : graph.nodes()) {
            boolean follows = rules.containsKey(node) && rules.get(node).follows();
            List<Value> operands =
                    operands(node).stream().filter(value -> !value.isConstant()).toList();
            if (follows && !operands.isEmpty() && operands.stream().allMatch(operand -> given[operand.id()])) {
                followers.add(node);
            }
        }
        return followers;
    }

    boolean contains(Node node) {
        return nodes.contains(node);
    }

    /** The int8 nodes in the order of the graph. */
    List<Node> inOrder() {
        return graph.nodes().stream().filter(this::contains).toList();
    }

    /** The rule of an int8 node. */
    Int8Rule rule(Node node) {
        return rules.get(node);
    }

    /** Whether operands and results of a node have one scale. */
    boolean sharesScale(Node node) {
        return rule(node).scale() == Int8Rule.Scale.SHARED;
    }

    int size() {
        return nodes.size();
    }

    /** Real inputs and activations that int8 nodes read or write, in the order of their ids. */
    List<Value> values() {
        boolean[] touched = new boolean[graph.values().size()];
        for (Node node : nodes) {
            operands(node).forEach(operand -> touched[operand.id()] = true);
            results(node).forEach(result -> touched[result.id()] = true);
        }
        return graph.values().stream()
                .filter(value -> touched[value.id()] && !value.isConstant())
                .toList();
    }

    /** The operands that become int8 with one scale: real numbers, but not the weights and bias of a product. */
    static List<Value> operands(Node node) {
        List<Value> inputs = Product.of(node) != null ? node.inputs().subList(0, 1) : node.inputs();
        return inputs.stream().filter(input -> input.type() == DType.FLOAT32).toList();
    }

    /** The results that become int8. */
    static List<Value> results(Node node) {
        return node.outputs().stream()
                .filter(output -> output.type() == DType.FLOAT32)
                .toList();
    }
}
