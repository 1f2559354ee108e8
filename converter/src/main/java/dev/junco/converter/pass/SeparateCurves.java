package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import java.util.ArrayList;
import java.util.List;

/** Gives fused sigmoids and hyperbolic tangents nodes of their own again: an int8 operator can clamp, but a curve is a table. */
public final class SeparateCurves implements Pass {
    @Override
    public String name() {
        return "separate-curves";
    }

    @Override
    public Graph apply(Graph graph) {
        if (graph.nodes().stream().noneMatch(SeparateCurves::hasCurve)) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            if (!hasCurve(node)) {
                copy.copy(node);
                continue;
            }
            Activation curve = FusedActivation.of(node);
            Value before = copy.add(
                    node.name(),
                    copy.fresh(node.name() + "/linear"),
                    FusedActivation.with(node, Activation.NONE),
                    new ArrayList<>(copy.of(node.inputs())),
                    node.output().quantization());
            Value after = copy.add(
                    copy.fresh(node.name() + "/activation"),
                    node.output().name(),
                    new ActivationAttributes(curve),
                    List.of(before),
                    node.output().quantization());
            copy.map(node.output(), after);
        }
        return copy.build();
    }

    private static boolean hasCurve(Node node) {
        Activation activation = FusedActivation.of(node);
        return activation != null && !activation.isClamp();
    }
}
