package dev.junco.converter.quantize;

import dev.junco.converter.pass.GraphCopy;
import dev.junco.converter.pass.Pass;
import dev.junco.converter.pass.Product;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;

/**
 * Stores the float weights of dense layers and convolutions in fewer bytes; they are decoded once when the model is loaded, and everything is computed in
 * float32. Biases stay as they are: they are few and matter more.
 */
abstract class WeightStorage implements Pass {
    /** The elements in fewer bytes, or null if this storage does not suit them. */
    abstract Constant encode(Product product);

    @Override
    public Graph apply(Graph graph) {
        Constant[] encoded = new Constant[graph.values().size()];
        boolean any = false;
        for (Node node : graph.nodes()) {
            Product product = Product.of(node);
            if (product != null
                    && product.weights().isConstant()
                    && product.weights().constant().storage() == Storage.FLOAT32
                    && encoded[product.weights().id()] == null) {
                Constant constant = encode(product);
                encoded[product.weights().id()] = constant;
                any |= constant != null;
            }
        }
        if (!any) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Value value : graph.values()) {
            if (encoded[value.id()] != null) {
                copy.freeze(value, encoded[value.id()]);
            }
        }
        for (Node node : graph.nodes()) {
            copy.copy(node);
        }
        return copy.build();
    }
}
