package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts batch normalisation into the weights of the dense layer or convolution before it: w′[u] = w[u] · scale[u],
 * b′[u] = b[u] · scale[u] + shift[u], computed in double precision. Legal where nothing else uses the layer's result and no activation lies between.
 */
public final class FoldBatchNormIntoProducer implements Pass {
    @Override
    public String name() {
        return "fold-batch-norm";
    }

    @Override
    public Graph apply(Graph graph) {
        Wiring wiring = new Wiring(graph);
        Map<Node, BatchNorm> folds = new IdentityHashMap<>();
        Map<Node, Node> folded = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            Product product = Product.of(node);
            if (product == null || product.activation() != Activation.NONE || !product.isFixed()) {
                continue;
            }
            BatchNorm norm = BatchNorm.of(wiring.soleUser(node.output()));
            if (norm != null && norm.node().input(0) == node.output() && norm.channels() == product.units()) {
                folds.put(node, norm);
                folded.put(norm.node(), node);
            }
        }
        if (folds.isEmpty()) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            if (folds.containsKey(node)) {
                fold(copy, Product.of(node), folds.get(node));
            } else if (!folded.containsKey(node)) {
                copy.copy(node);
            }
        }
        return copy.build();
    }

    private static void fold(GraphCopy copy, Product product, BatchNorm norm) {
        float[] weights = product.weights().floats();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (weights[i] * norm.scale()[product.unitOf(i)]);
        }
        double[] old = product.biases();
        float[] bias = new float[old.length];
        for (int u = 0; u < bias.length; u++) {
            bias[u] = (float) (old[u] * norm.scale()[u] + norm.shift()[u]);
        }
        Value result = norm.node().output();
        Value x = copy.of(product.x());
        copy.replace(
                product.node(),
                product.node().attributes(),
                List.of(
                        x,
                        ProductConstants.weights(copy, product, weights),
                        ProductConstants.bias(copy, product, bias)),
                result);
    }
}
