package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts arithmetic with a constant of one element, or of one for each unit, into the weights and bias of the dense layer or convolution before it: w′[u] = w[u] · scale[u], b′[u] = b[u] ·
 * scale[u] + shift[u], computed in double precision. Legal where nothing else uses the layer's result, no activation lies between and the weights are stored as float32 (others would
 * grow). The activation of the arithmetic becomes the layer's.
 */
public final class FoldScaleAndShift implements Pass {
    /** y · scale + shift, one a unit, then the activation of {@code node}. */
    private record Affine(Node node, double[] scale, double[] shift, Activation activation) {}

    @Override
    public String name() {
        return "fold-scale-and-shift";
    }

    @Override
    public Graph apply(Graph graph) {
        Wiring wiring = new Wiring(graph);
        Map<Node, Affine> folds = new IdentityHashMap<>();
        Map<Node, Node> folded = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            Product product = Product.of(node);
            if (product != null
                    && product.activation() == Activation.NONE
                    && product.isFixed()
                    && product.weights().constant().storage() == Storage.FLOAT32) {
                Affine affine = affine(product, wiring.soleUser(node.output()));
                if (affine != null) {
                    folds.put(node, affine);
                    folded.put(affine.node(), node);
                }
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

    /** What a node does to the result of a product, or null if it is something else. */
    private static Affine affine(Product product, Node node) {
        if (node == null || !(node.attributes() instanceof BinaryAttributes a)) {
            return null;
        }
        int side = node.input(0) == product.node().output() ? 0 : 1;
        Value constant = node.input(1 - side);
        if (!constant.isConstant() || !isPerUnit(product, node, constant)) {
            return null;
        }
        float[] elements = constant.floats();
        double[] scale = new double[product.units()];
        double[] shift = new double[product.units()];
        for (int u = 0; u < scale.length; u++) {
            double c = elements[elements.length == 1 ? 0 : u];
            scale[u] = switch (a.kind()) {
                case MULTIPLY -> c;
                case DIVIDE -> 1 / c;
                case SUBTRACT -> side == 0 ? 1 : -1;
                default -> 1;
            };
            shift[u] = switch (a.kind()) {
                case ADD -> c;
                case SUBTRACT -> side == 0 ? -c : c;
                default -> 0;
            };
            if (!Double.isFinite(scale[u]) || !Double.isFinite(shift[u])) {
                return null;
            }
        }
        return switch (a.kind()) {
            case ADD, SUBTRACT, MULTIPLY -> new Affine(node, scale, shift, a.activation());
            case DIVIDE -> side == 0 ? new Affine(node, scale, shift, a.activation()) : null;
            default -> null;
        };
    }

    /** Whether the constant has one element, or one for each unit on the last axis, and makes the result no larger. */
    private static boolean isPerUnit(Product product, Node node, Value constant) {
        int elements = constant.shape().elements();
        boolean fits = elements == 1
                || elements == product.units()
                        && constant.shape().rank() > 0
                        && constant.shape().dim(-1) == elements;
        return fits && node.output().shape().equals(product.node().output().shape());
    }

    private static void fold(GraphCopy copy, Product product, Affine affine) {
        float[] weights = product.weights().floats();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (weights[i] * affine.scale()[product.unitOf(i)]);
        }
        double[] old = product.biases();
        float[] bias = new float[old.length];
        for (int u = 0; u < bias.length; u++) {
            bias[u] = (float) (old[u] * affine.scale()[u] + affine.shift()[u]);
        }
        copy.replace(
                product.node(),
                product.with(affine.activation()),
                List.of(
                        copy.of(product.x()),
                        ProductConstants.weights(copy, product, weights),
                        ProductConstants.bias(copy, product, bias)),
                affine.node().output());
    }
}
