package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;

/** Joins all axes but the batch: {@code [batch, …]} to {@code [batch, features]}. */
public record Flatten() implements Layer {
    @Override
    public String type() {
        return "Flatten";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        return builder.add(ReshapeAttributes.FLATTEN, x);
    }
}
