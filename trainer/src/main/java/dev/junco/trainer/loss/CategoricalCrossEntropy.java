package dev.junco.trainer.loss;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;

/**
 * The mean over all rows of {@code −Σ t · log p} along the last axis, for probabilities p and target distributions t (one-hot, for
 * example) of the same shape.
 *
 * <p>Behind a softmax with argument z this is computed as {@code Σ t · (log Σ exp z − z)}; otherwise p is first divided by its row's
 * sum and bounded below by 10⁻⁷.
 *
 * @param fromLogits whether the network ends in z itself, without a softmax
 */
public record CategoricalCrossEntropy(boolean fromLogits) implements Loss {
    /** Of probabilities. */
    public CategoricalCrossEntropy() {
        this(false);
    }

    @Override
    public String name() {
        return "categorical_cross_entropy";
    }

    @Override
    public TensorSpec target(Shape prediction) {
        return TensorSpec.float32(prediction);
    }
}
