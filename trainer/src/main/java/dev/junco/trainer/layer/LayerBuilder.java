package dev.junco.trainer.layer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.data.Random64;
import dev.junco.trainer.initializer.Initializer;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.Map;

/** What a layer builds with: the network's graph, names under the layer's own name, and the source of randomness. */
public final class LayerBuilder {
    private final GraphBuilder graph;
    private final String layer;
    private final Random64 random;
    private final Map<String, Regularizer> regularizers;
    private final Map<String, Float> momenta;

    /**
     * A builder for one layer.
     *
     * @param layer the layer's name, first part of all its values' names
     * @param regularizers where the penalties of weights are noted, by name
     * @param momenta where the momenta of batch normalisations are noted, by layer
     */
    public LayerBuilder(
            GraphBuilder graph,
            String layer,
            Random64 random,
            Map<String, Regularizer> regularizers,
            Map<String, Float> momenta) {
        this.graph = graph;
        this.layer = layer;
        this.random = random;
        this.regularizers = regularizers;
        this.momenta = momenta;
    }

    /** Name of the layer. */
    public String layer() {
        return layer;
    }

    /** Adds the layer's main node, which has the layer's name. */
    public Value add(Attributes attributes, Value... inputs) {
        return graph.add(layer, attributes, inputs);
    }

    /** Adds another node, named {@code layer/part}. */
    public Value add(String part, Attributes attributes, Value... inputs) {
        return graph.add(layer + "/" + part, attributes, inputs);
    }

    /**
     * Adds a trainable tensor, named {@code layer/part}.
     *
     * @param regularizer its penalty, or null
     */
    public Value weight(
            String part, Shape shape, Initializer initializer, int fanIn, int fanOut, Regularizer regularizer) {
        String name = layer + "/" + part;
        float[] start = initializer.create(shape.elements(), fanIn, fanOut, random);
        if (regularizer != null) {
            regularizers.put(name, regularizer);
        }
        return graph.parameter(name, TensorSpec.float32(shape), Constant.of(start));
    }

    /** Adds a tensor that no gradient changes, named {@code layer/part}. */
    public Value fixed(String part, Shape shape, Initializer initializer) {
        return graph.constant(layer + "/" + part, shape, initializer.create(shape.elements(), 1, 1, random));
    }

    /** Notes what share of its moving averages this layer keeps in a step of training. */
    void momentum(float share) {
        momenta.put(layer, share);
    }
}
