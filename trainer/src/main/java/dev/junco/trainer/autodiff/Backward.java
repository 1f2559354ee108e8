package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.trainer.op.ActivationGradient;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse-mode differentiation: walks the nodes of a graph from the last to the first and appends the nodes that carry the gradient
 * back. Gradients that nobody needs are not computed.
 */
final class Backward {
    private final GraphBuilder graph;
    private final Node loss;
    private final List<Node> forward;
    private final BitSet needed = new BitSet();
    private final BitSet claimed = new BitSet();
    private final int[] uses;
    private final Node[] producers;
    private final Map<Integer, List<Value>> contributions = new HashMap<>();

    /**
     * A walk that has not begun.
     *
     * @param graph holds the forward nodes and receives the others
     * @param trainable ids of the values whose gradients are wanted
     * @param loss the last forward node, which gives the gradient by its operand 0 as its second result
     */
    Backward(GraphBuilder graph, BitSet trainable, Node loss) {
        this.graph = graph;
        this.loss = loss;
        this.forward = graph.nodes();
        int values = 1 + loss.output(1).id();
        this.uses = new int[values];
        this.producers = new Node[values];
        needed.or(trainable);
        for (Node node : forward) {
            boolean any = false;
            for (Value input : node.inputs()) {
                uses[input.id()]++;
                any |= needed.get(input.id());
            }
            for (Value output : node.outputs()) {
                producers[output.id()] = node;
                needed.set(output.id(), any);
            }
        }
    }

    /** Walks from the loss to the beginning. */
    void run() {
        accumulate(loss.input(0), loss.output(1));
        for (int i = forward.size() - 2; i >= 0; i--) {
            Node node = forward.get(i);
            Value dy = gradient(node.output());
            if (dy != null && needs(node.output())) {
                Activation function = GradientRules.activation(node.attributes());
                if (function != Activation.NONE && !claimed.get(node.output().id())) {
                    dy = add(node.name() + "/activation", new ActivationGradient(function), dy, node.output());
                }
                GradientRules.apply(node, dy, this);
            }
        }
    }

    /** Whether anybody needs the gradient of a forward value. */
    boolean needs(Value value) {
        return needed.get(value.id());
    }

    /** Adds to the gradient of a forward value. */
    void accumulate(Value value, Value gradient) {
        contributions.computeIfAbsent(value.id(), _ -> new ArrayList<>()).add(gradient);
    }

    /** The gradient of a forward value from all its users so far, or null. */
    Value gradient(Value value) {
        List<Value> parts = contributions.get(value.id());
        if (parts == null) {
            return null;
        }
        Value sum = parts.get(0);
        for (int i = 1; i < parts.size(); i++) {
            sum = add(value.name() + "/sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), sum, parts.get(i));
        }
        contributions.put(value.id(), new ArrayList<>(List.of(sum)));
        return sum;
    }

    /**
     * The clamp that made an operand, if its derivative may be applied by the node that computes the operand's gradient: because no
     * other gradient is added to it. The asker then has to apply it.
     */
    Activation claim(Value operand) {
        Node producer = producers[operand.id()];
        if (producer == null || uses[operand.id()] != 1) {
            return Activation.NONE;
        }
        Activation function = GradientRules.activation(producer.attributes());
        if (function == Activation.NONE || !function.isClamp()) {
            return Activation.NONE;
        }
        claimed.set(operand.id());
        return function;
    }

    /** Appends a node with one result. */
    Value add(String name, Attributes attributes, Value... inputs) {
        return graph.add(graph.freeName("gradient/" + name), attributes, inputs);
    }

    /** Appends a node with several results. */
    Node addAll(String name, Attributes attributes, Value... inputs) {
        return graph.addAll(graph.freeName("gradient/" + name), attributes, inputs);
    }
}
