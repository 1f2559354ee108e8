package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import java.util.List;

/**
 * Removes nodes that give back their operand: dropout, the identity activation, reshapes to the same shape, axes in the same order, padding by nothing,
 * joining one operand, quantising to the same scale, multiplying by 1. Such a node stays where it makes an input or a constant an output of the graph.
 */
public final class RemoveIdentities implements Pass {
    /** Larger constants are not looked through for ones. */
    private static final int MOST_ONES = 1 << 16;

    @Override
    public String name() {
        return "remove-identities";
    }

    @Override
    public Graph apply(Graph graph) {
        if (graph.nodes().stream().noneMatch(node -> isRemovable(graph, node))) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            // The operand may have become an input or constant by a removal just before: then this one waits for the
            // next round.
            if (isRemovable(graph, node) && (!isOutput(graph, node.output()) || isComputed(copy.of(node.input(0))))) {
                copy.map(node.output(), copy.of(node.input(0)));
            } else {
                copy.copy(node);
            }
        }
        return copy.build();
    }

    private static boolean isRemovable(Graph graph, Node node) {
        return isIdentity(node) && (!isOutput(graph, node.output()) || isComputed(node.input(0)));
    }

    private static boolean isIdentity(Node node) {
        return switch (node.attributes()) {
            case DropoutAttributes ignored -> true;
            case ActivationAttributes a -> a.function() == Activation.NONE && sameSpec(node);
            case ReshapeAttributes ignored -> sameSpec(node);
            case PadAttributes ignored -> sameSpec(node);
            case ConcatAttributes ignored -> node.inputs().size() == 1 && sameSpec(node);
            case QuantizeAttributes ignored -> sameSpec(node);
            case BinaryAttributes a ->
                (a.kind() == BinaryKind.MULTIPLY || a.kind() == BinaryKind.DIVIDE)
                        && a.activation() == Activation.NONE
                        && isOne(node.input(1))
                        && sameSpec(node);
            case TransposeAttributes a -> isSorted(a.permutation()) && sameSpec(node);
            default -> false;
        };
    }

    private static boolean isOne(Value value) {
        if (!value.isConstant()
                || value.type() != DType.FLOAT32
                || value.shape().elements() > MOST_ONES) {
            return false;
        }
        for (float element : value.floats()) {
            if (element != 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSorted(List<Integer> permutation) {
        for (int i = 0; i < permutation.size(); i++) {
            if (permutation.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameSpec(Node node) {
        return node.input(0).spec().equals(node.output().spec());
    }

    private static boolean isOutput(Graph graph, Value value) {
        return graph.outputs().contains(value);
    }

    private static boolean isComputed(Value value) {
        return value.role() == Role.ACTIVATION;
    }
}
