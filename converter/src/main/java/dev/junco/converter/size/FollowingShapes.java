package dev.junco.converter.size;

import dev.junco.converter.pass.GraphCopy;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import java.util.ArrayList;
import java.util.List;

/** Tells shapes in options as "the same axis of the operand" and "what is left" where several sizes of one graph show that this is what they mean. */
final class FollowingShapes {
    private FollowingShapes() {}

    /** The graph {@code top}, with options that fit the others too where that is possible. */
    static Graph of(Graph top, List<Graph> others) {
        GraphCopy copy = new GraphCopy(top);
        boolean changed = false;
        for (int i = 0; i < top.nodes().size(); i++) {
            Node node = top.nodes().get(i);
            Attributes general = general(node, uses(node, i, others));
            if (general.equals(node.attributes())) {
                copy.copy(node);
            } else {
                copy.replace(node, general, copy.of(node.inputs()), node.output());
                changed = true;
            }
        }
        return changed ? copy.build() : top;
    }

    /** The node in all sizes; only itself where the graphs differ in more than sizes. */
    private static List<Node> uses(Node node, int index, List<Graph> others) {
        List<Node> uses = new ArrayList<>(List.of(node));
        for (Graph other : others) {
            if (index < other.nodes().size()
                    && other.nodes().get(index).name().equals(node.name())
                    && other.nodes().get(index).attributes().getClass()
                            == node.attributes().getClass()
                    && other.nodes().get(index).output().shape().rank()
                            == node.output().shape().rank()) {
                uses.add(other.nodes().get(index));
            }
        }
        return uses;
    }

    private static Attributes general(Node node, List<Node> uses) {
        boolean same = uses.stream().allMatch(use -> use.attributes().equals(node.attributes()));
        if (same) {
            return node.attributes();
        }
        return switch (node.attributes()) {
            case ReshapeAttributes ignored -> new ReshapeAttributes(dims(uses, true));
            case BroadcastToAttributes ignored -> new BroadcastToAttributes(dims(uses, false));
            case SliceAttributes a -> new SliceAttributes(a.begin(), sizes(a, uses), a.strides());
            default -> node.attributes();
        };
    }

    private static List<Integer> dims(List<Node> uses, boolean rest) {
        Shape result = uses.get(0).output().shape();
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < result.rank(); i++) {
            int axis = i;
            int told = dims(uses.get(0)).get(axis);
            if (uses.stream().allMatch(use -> dims(use).get(axis) == told)) {
                dims.add(told);
                rest &= told != -1;
            } else if (uses.stream().allMatch(use -> use.output().shape().dim(axis) == result.dim(axis))) {
                dims.add(result.dim(axis));
            } else if (uses.stream().allMatch(use -> isKept(use, axis))) {
                dims.add(0);
            } else {
                dims.add(rest ? -1 : result.dim(axis));
                rest = false; // what is left can be told of one axis
            }
        }
        return dims;
    }

    private static List<Integer> dims(Node use) {
        return use.attributes() instanceof ReshapeAttributes a
                ? a.dims()
                : ((BroadcastToAttributes) use.attributes()).dims();
    }

    private static boolean isKept(Node use, int axis) {
        Shape operand = use.input(0).shape();
        return axis < operand.rank()
                && operand.dim(axis) == use.output().shape().dim(axis);
    }

    private static List<Integer> sizes(SliceAttributes a, List<Node> uses) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < a.sizes().size(); i++) {
            int axis = i;
            boolean same = uses.stream()
                    .allMatch(use -> ((SliceAttributes) use.attributes())
                            .sizes()
                            .get(axis)
                            .equals(a.sizes().get(axis)));
            sizes.add(same ? a.sizes().get(axis) : -1);
        }
        return sizes;
    }
}
