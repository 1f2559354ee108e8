package dev.junco.converter.pass;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.DynamicRoundAttributes;
import java.util.Arrays;

/**
 * Takes back that a layer rounds its operand for each sample anew, x ≈ q · step: q becomes x and step becomes 1, and integer weights real numbers. That is nearer to the network that was
 * trained, but not what the source answers, so it is for graphs that are quantised otherwise. Legal where q feeds layers without activation alone.
 */
public final class UndoDynamicRounding implements Pass {
    @Override
    public String name() {
        return "undo-dynamic-rounding";
    }

    @Override
    public Graph apply(Graph graph) {
        boolean[] linear = new boolean[graph.values().size()];
        Arrays.fill(linear, true);
        for (Node node : graph.nodes()) {
            Product product = Product.of(node);
            for (Value input : node.inputs()) {
                linear[input.id()] &= product != null
                        && product.x() == input
                        && product.isFixed()
                        && product.activation() == Activation.NONE
                        && !product.hasBias();
            }
        }
        graph.outputs().forEach(output -> linear[output.id()] = false);
        if (graph.nodes().stream().noneMatch(node -> isLegal(node, linear))) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        boolean[] freed = new boolean[graph.values().size()];
        for (Node node : graph.nodes()) {
            if (isLegal(node, linear)) {
                Value step = node.output(1);
                float[] ones = new float[step.shape().elements()];
                Arrays.fill(ones, 1);
                copy.map(node.output(0), copy.of(node.input(0)));
                copy.map(step, copy.constant(step.name(), TensorSpec.float32(step.shape()), Constant.of(ones)));
                freed[node.output(0).id()] = true;
                continue;
            }
            Product product = Product.of(node);
            if (product != null && freed[product.x().id()]) {
                Value weights = product.weights();
                copy.map(weights, copy.constantInPlaceOf(weights, weights.spec(), Constant.of(weights.floats())));
            }
            copy.copy(node);
        }
        return copy.build();
    }

    private static boolean isLegal(Node node, boolean[] linear) {
        return node.attributes() instanceof DynamicRoundAttributes
                && linear[node.output(0).id()]
                && node.input(0).shape().dim(0) == 1;
    }
}
