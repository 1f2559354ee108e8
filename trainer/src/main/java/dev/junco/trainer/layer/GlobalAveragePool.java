package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;

/** The mean of each channel over the whole image: {@code [batch, height, width, channels]} to {@code [batch, channels]}. */
public record GlobalAveragePool() implements Layer {
    @Override
    public String type() {
        return "GlobalAveragePool";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        return builder.add(new GlobalPool2DAttributes(PoolKind.AVERAGE, false), x);
    }
}
