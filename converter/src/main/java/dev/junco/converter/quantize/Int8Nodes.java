package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;
import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of a float graph run in int8: those that have int8 arithmetic and hang together with a dense layer or convolution, for without one
 * the change of type would cost more than it saves.
 */
final class Int8Nodes {
    /** The runtime's bound on an int8 depthwise filter: sums stay below 2²⁴. */
    private static final int MOST_DEPTHWISE_CELLS = (1 << 24) / (255 * 128);

    private final Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());

    Int8Nodes(Graph graph) {
        Groups groups = new Groups(graph.values().size());
        List<Node> able = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (isAble(node)) {
                able.add(node);
                for (Value input : node.inputs()) {
                    if (!input.isConstant()) {
                        groups.join(input.id(), node.output().id());
                    }
                }
            }
        }
        boolean[] worthwhile = new boolean[graph.values().size()];
        for (Node node : able) {
            worthwhile[groups.root(node.output().id())] |= Product.of(node) != null;
        }
        for (Node node : able) {
            if (worthwhile[groups.root(node.output().id())]) {
                nodes.add(node);
            }
        }
    }

    boolean contains(Node node) {
        return nodes.contains(node);
    }

    int size() {
        return nodes.size();
    }

    /** Inputs and activations that int8 nodes read or write, in the order of their ids. */
    List<Value> values(Graph graph) {
        boolean[] touched = new boolean[graph.values().size()];
        for (Node node : graph.nodes()) {
            if (contains(node)) {
                operands(node).forEach(operand -> touched[operand.id()] = true);
                touched[node.output().id()] = true;
            }
        }
        return graph.values().stream()
                .filter(value -> touched[value.id()] && !value.isConstant())
                .toList();
    }

    /** The operands that are activations: not the weights and bias of a product. */
    static List<Value> operands(Node node) {
        return Product.of(node) != null ? node.inputs().subList(0, 1) : node.inputs();
    }

    /** Whether the specification makes the result's scale that of the operand. */
    static boolean keepsScale(Node node) {
        return switch (node.attributes()) {
            case Pool2DAttributes ignored -> true;
            case GlobalPool2DAttributes ignored -> true;
            case ReshapeAttributes ignored -> true;
            case PadAttributes ignored -> true;
            default -> false;
        };
    }

    private static boolean isAble(Node node) {
        boolean floats = node.outputs().size() == 1
                && node.output().type() == DType.FLOAT32
                && node.inputs().stream()
                        .allMatch(input -> input.type() == DType.FLOAT32 && input.role() != Role.STATE);
        return floats
                && switch (node.attributes()) {
                    case DepthwiseConv2DAttributes ignored ->
                        isAbleProduct(node) && node.input(1).shape().elements(1, 3) <= MOST_DEPTHWISE_CELLS;
                    case Pool2DAttributes a ->
                        a.activation().isClamp() && (!a.countPadding() || isUnpadded(a.padding()));
                    case BinaryAttributes a -> a.activation().isClamp();
                    case GlobalPool2DAttributes ignored -> true;
                    case ConcatAttributes ignored -> true;
                    case PadAttributes ignored -> true;
                    case ReshapeAttributes ignored -> true;
                    case ActivationAttributes ignored -> true;
                    case LeakyReluAttributes ignored -> true;
                    case SoftmaxAttributes ignored -> true;
                    default -> isAbleProduct(node);
                };
    }

    private static boolean isAbleProduct(Node node) {
        Product product = Product.of(node);
        return product != null && product.isFixed() && product.activation().isClamp();
    }

    private static boolean isUnpadded(Padding padding) {
        return padding.mode() == Padding.Mode.VALID || padding.equals(Padding.explicit(0, 0, 0, 0));
    }
}
