package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.trainer.op.PoolGradient;

/** Pooling: the gradient goes where the result came from. */
final class PoolRules {
    private PoolRules() {}

    static void windowed(Node node, Pool2DAttributes a, Value dy, Backward backward) {
        Activation through = through(a.kind(), node.input(0), backward);
        accumulate(
                node,
                new PoolGradient(
                        a.kind(),
                        a.windowH(),
                        a.windowW(),
                        a.strideH(),
                        a.strideW(),
                        a.padding(),
                        a.countPadding(),
                        through),
                dy,
                backward);
    }

    static void global(Node node, GlobalPool2DAttributes a, Value dy, Backward backward) {
        int height = node.input(0).shape().dim(1);
        int width = node.input(0).shape().dim(2);
        Activation through = through(a.kind(), node.input(0), backward);
        accumulate(node, new PoolGradient(a.kind(), height, width, 1, 1, Padding.VALID, false, through), dy, backward);
    }

    /** The derivative of a clamp before a maximum costs nothing: it is told from the maximum. */
    private static Activation through(PoolKind kind, Value x, Backward backward) {
        return kind == PoolKind.MAX ? backward.claim(x) : Activation.NONE;
    }

    private static void accumulate(Node node, PoolGradient gradient, Value dy, Backward backward) {
        backward.accumulate(node.input(0), backward.add(node.name() + "/input", gradient, node.input(0), dy));
    }
}
