package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;

/**
 * The derivative of one kind of node.
 *
 * @param <A> the node's options
 */
@FunctionalInterface
interface GradientRule<A extends Attributes> {
    /**
     * Appends nodes that compute the gradients of those operands that need one, and tells them to {@code backward}.
     *
     * @param dy gradient of the node's first result, taken before the activation that is fused into the node
     */
    void apply(Node node, A attributes, Value dy, Backward backward);
}
