package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.trainer.regularizer.Regularizer;
import java.util.List;

/**
 * The loss with penalties on weights. Operands: the loss (a scalar), then the weights. Result: loss + Σ penalty.
 *
 * @param regularizers one for each weight
 */
public record Penalties(List<Regularizer> regularizers) implements Attributes {
    public Penalties {
        regularizers = List.copyOf(regularizers);
    }
}
