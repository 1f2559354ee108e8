package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;

/**
 * A named piece of a network that adds operators to its graph. A layer is a description: the weights are made when the network is
 * built, so one layer object can serve several networks.
 */
public interface Layer {
    /** Kind of the layer, as in a summary: {@code Dense}. */
    String type();

    /** The name that the user chose, or null: then the network makes one from the type. */
    default String givenName() {
        return null;
    }

    /**
     * Adds the layer's operators behind {@code x}.
     *
     * @return the layer's result
     */
    Value build(LayerBuilder builder, Value x);
}
