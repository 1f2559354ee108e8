package dev.junco.converter.quantize;

import dev.junco.converter.pass.GraphCopy;
import dev.junco.converter.pass.Pass;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;

/**
 * Stores the float weights of layers and recurrent cells, constants of matrix products and tables of embeddings in fewer bytes; they are decoded once when the model is loaded, and everything is computed in
 * float32. Biases stay as they are: they are few and matter more.
 */
abstract class WeightStorage implements Pass {
    /** The elements in fewer bytes, or null if this storage does not suit them. */
    abstract Constant encode(Weights weights);

    @Override
    public Graph apply(Graph graph) {
        Constant[] encoded = new Constant[graph.values().size()];
        boolean any = false;
        for (Node node : graph.nodes()) {
            for (Weights weights : Weights.of(node)) {
                int id = weights.value().id();
                if (encoded[id] == null) {
                    encoded[id] = encode(weights);
                    any |= encoded[id] != null;
                }
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
