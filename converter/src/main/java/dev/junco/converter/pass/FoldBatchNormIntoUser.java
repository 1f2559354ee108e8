package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts batch normalisation into the weights of the dense layer or convolution after it: with x′ = scale · x + shift, w′[u][k] = w[u][k] · scale[k],
 * b′[u] = b[u] + Σ_k w[u][k] · shift[k], computed in double precision. Reshapes that keep the samples apart may lie between. Legal where
 * nothing else uses the normalised values; with a shift, a convolution must not pad, for it pads with zeros after the shift.
 */
public final class FoldBatchNormIntoUser implements Pass {
    @Override
    public String name() {
        return "fold-batch-norm-forward";
    }

    @Override
    public Graph apply(Graph graph) {
        Wiring wiring = new Wiring(graph);
        Map<Node, BatchNorm> folds = new IdentityHashMap<>();
        Map<Node, Node> folded = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            BatchNorm norm = BatchNorm.of(node);
            Product product = norm == null ? null : target(wiring, node);
            if (product != null && isLegal(product, norm)) {
                folds.put(product.node(), norm);
                folded.put(node, product.node());
            }
        }
        if (folds.isEmpty()) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            if (folds.containsKey(node)) {
                fold(copy, Product.of(node), folds.get(node));
            } else if (folded.containsKey(node)) {
                copy.map(node.output(), copy.of(node.input(0)));
            } else {
                copy.copy(node);
            }
        }
        return copy.build();
    }

    /** The product behind a normalisation, seen through reshapes, or null. */
    private static Product target(Wiring wiring, Node norm) {
        Value value = norm.output();
        Node user = wiring.soleUser(value);
        while (user != null
                && user.attributes() instanceof ReshapeAttributes
                && user.output().shape().rank() > 0
                && user.output().shape().dim(0) == value.shape().dim(0)) {
            value = user.output();
            user = wiring.soleUser(value);
        }
        Product product = Product.of(user);
        return product != null && product.x() == value ? product : null;
    }

    private static boolean isLegal(Product product, BatchNorm norm) {
        if (!product.isFixed()) {
            return false;
        }
        return switch (product.node().attributes()) {
            case FullyConnectedAttributes ignored -> product.depth() % norm.channels() == 0;
            case Conv2DAttributes a -> isLegal(product, norm, a.padding());
            case DepthwiseConv2DAttributes a -> isLegal(product, norm, a.padding());
            default -> false;
        };
    }

    private static boolean isLegal(Product product, BatchNorm norm, Padding padding) {
        boolean unpadded = padding.mode() == Padding.Mode.VALID || padding.equals(Padding.explicit(0, 0, 0, 0));
        return product.x().shape().dim(3) == norm.channels() && (unpadded || !norm.hasShift());
    }

    private static void fold(GraphCopy copy, Product product, BatchNorm norm) {
        float[] weights = product.weights().floats();
        double[] bias = product.biases();
        for (int i = 0; i < weights.length; i++) {
            int channel = channelOf(product, norm, i);
            bias[product.unitOf(i)] += weights[i] * norm.shift()[channel];
            weights[i] = (float) (weights[i] * norm.scale()[channel]);
        }
        float[] rounded = new float[bias.length];
        for (int u = 0; u < rounded.length; u++) {
            rounded[u] = (float) bias[u];
        }
        copy.replace(
                product.node(),
                product.node().attributes(),
                List.of(
                        copy.of(product.x()),
                        ProductConstants.weights(copy, product, weights),
                        ProductConstants.bias(copy, product, rounded)),
                product.node().output());
    }

    /** The channel of the operand that the weight at {@code index} multiplies. */
    private static int channelOf(Product product, BatchNorm norm, int index) {
        return switch (product.node().attributes()) {
            case Conv2DAttributes a -> {
                int perGroup = product.weights().shape().dim(3);
                int group = product.unitOf(index) / (product.units() / a.groups());
                yield group * perGroup + index % perGroup;
            }
            case DepthwiseConv2DAttributes ignored -> product.unitOf(index) / (product.units() / norm.channels());
            default -> index % product.depth() % norm.channels();
        };
    }
}
