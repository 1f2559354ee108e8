package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.trainer.op.BatchNormTraining;
import dev.junco.trainer.op.DropoutTraining;
import java.util.HashMap;
import java.util.Map;

/** The table of derivatives: one rule for each kind of node. */
final class GradientRules {
    private static final Map<Class<? extends Attributes>, GradientRule<?>> RULES = new HashMap<>();

    static {
        put(ActivationAttributes.class, (node, _, dy, backward) -> backward.accumulate(node.input(0), dy));
        put(FullyConnectedAttributes.class, new DenseRule());
        put(Conv2DAttributes.class, new Conv2DRule());
        put(DepthwiseConv2DAttributes.class, new DepthwiseConv2DRule());
        put(Pool2DAttributes.class, PoolRules::windowed);
        put(GlobalPool2DAttributes.class, PoolRules::global);
        put(BinaryAttributes.class, ArithmeticRules::binary);
        put(LeakyReluAttributes.class, ArithmeticRules::leakyRelu);
        put(SoftmaxAttributes.class, ArithmeticRules::softmax);
        put(DropoutTraining.class, ArithmeticRules::dropout);
        put(BatchNormTraining.class, NormalizationRules::byBatch);
        put(BatchNormAttributes.class, NormalizationRules::byGiven);
        put(ReshapeAttributes.class, LayoutRules::reshape);
        put(ConcatAttributes.class, LayoutRules::concat);
        put(PadAttributes.class, LayoutRules::pad);
    }

    private GradientRules() {}

    private static <A extends Attributes> void put(Class<A> type, GradientRule<A> rule) {
        RULES.put(type, rule);
    }

    /**
     * Applies the rule of a node.
     *
     * @throws GraphException if there is none
     */
    @SuppressWarnings("unchecked") // the key of the map is the rule's own attributes type
    static void apply(Node node, Value dy, Backward backward) {
        GradientRule<Attributes> rule =
                (GradientRule<Attributes>) RULES.get(node.attributes().getClass());
        if (rule == null) {
            throw new GraphException("node '" + node.name() + "' ("
                    + node.attributes().getClass().getSimpleName()
                    + ") cannot be trained through: it has no derivative; freeze all weights before it");
        }
        rule.apply(node, node.attributes(), dy, backward);
    }

    /** The activation at the end of a node, fused or the node itself. Its derivative is applied before the node's rule. */
    static Activation activation(Attributes attributes) {
        return switch (attributes) {
            case ActivationAttributes a -> a.function();
            case FullyConnectedAttributes a -> a.activation();
            case Conv2DAttributes a -> a.activation();
            case DepthwiseConv2DAttributes a -> a.activation();
            case Pool2DAttributes a -> a.activation();
            case BinaryAttributes a -> a.activation();
            default -> Activation.NONE;
        };
    }
}
