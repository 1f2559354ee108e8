package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;

/**
 * y = x for x ≥ 0, alpha · x below.
 *
 * @param alpha slope below 0
 */
public record LeakyRelu(float alpha) implements Layer {
    @Override
    public String type() {
        return "LeakyRelu";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        return builder.add(new LeakyReluAttributes(alpha), x);
    }
}
