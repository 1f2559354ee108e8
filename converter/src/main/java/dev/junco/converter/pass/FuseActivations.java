package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Lets a dense layer, convolution, pooling or arithmetic node apply the activation behind it. Legal where nothing else uses the value between and the
 * node has no activation yet; results keep their bits.
 */
public final class FuseActivations implements Pass {
    @Override
    public String name() {
        return "fuse-activations";
    }

    @Override
    public Graph apply(Graph graph) {
        Wiring wiring = new Wiring(graph);
        Map<Node, Node> activations = new IdentityHashMap<>();
        Map<Node, Node> fused = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            boolean real = node.output().type() == DType.FLOAT32; // integers would be rounded once instead of twice
            if (real && FusedActivation.of(node) == Activation.NONE) {
                Node user = wiring.soleUser(node.output());
                if (user != null && user.attributes() instanceof ActivationAttributes) {
                    activations.put(node, user);
                    fused.put(user, node);
                }
            }
        }
        if (fused.isEmpty()) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            Node activation = activations.get(node);
            if (activation != null) {
                Activation function = ((ActivationAttributes) activation.attributes()).function();
                copy.replace(
                        node,
                        FusedActivation.with(node, function),
                        new ArrayList<>(copy.of(node.inputs())),
                        activation.output());
            } else if (!fused.containsKey(node)) {
                copy.copy(node);
            }
        }
        return copy.build();
    }
}
