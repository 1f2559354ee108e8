package dev.junco.converter.pass;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;

/** The activation inside a node's options. */
final class FusedActivation {
    private FusedActivation() {}

    /** The activation of a node that can have one, else null. */
    static Activation of(Node node) {
        Product product = Product.of(node);
        if (product != null) {
            return product.activation();
        }
        return switch (node.attributes()) {
            case BinaryAttributes a -> a.activation();
            case MatMulAttributes a -> a.activation();
            case Pool2DAttributes a -> a.activation();
            default -> null;
        };
    }

    /** The options of such a node with another activation. */
    static Attributes with(Node node, Activation activation) {
        return switch (node.attributes()) {
            case BinaryAttributes a -> new BinaryAttributes(a.kind(), activation);
            case MatMulAttributes a -> new MatMulAttributes(a.transposeA(), a.transposeB(), activation);
            case Pool2DAttributes a ->
                new Pool2DAttributes(
                        a.kind(),
                        a.windowH(),
                        a.windowW(),
                        a.strideH(),
                        a.strideW(),
                        a.padding(),
                        a.countPadding(),
                        activation);
            default -> Product.of(node).with(activation);
        };
    }
}
