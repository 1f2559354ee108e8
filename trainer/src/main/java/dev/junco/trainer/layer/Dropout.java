package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DropoutAttributes;

/**
 * In training, sets a share of the values to 0 and scales the rest by 1 / (1 − rate) ("inverted"), so that nothing is left to do when the network
 * runs (Srivastava et al. 2014).
 *
 * @param rate share of the values that are dropped, 0 ≤ rate &lt; 1
 */
public record Dropout(float rate) implements Layer {
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout rate is " + rate + ", expected 0 <= rate < 1");
        }
    }

    @Override
    public String type() {
        return "Dropout";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        return builder.add(new DropoutAttributes(rate), x);
    }
}
