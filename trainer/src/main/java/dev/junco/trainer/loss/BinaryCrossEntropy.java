package dev.junco.trainer.loss;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;

/**
 * The mean over all elements of {@code −t · log p − (1 − t) · log(1 − p)} for probabilities p and targets t in [0, 1] of the same shape.
 *
 * <p>Behind a sigmoid with argument z this is computed as {@code max(z, 0) − z · t + log(1 + exp(−|z|))}; otherwise p is first
 * limited to [10⁻⁷, 1 − 10⁻⁷].
 *
 * @param fromLogits whether the network ends in z itself, without a sigmoid
 */
public record BinaryCrossEntropy(boolean fromLogits) implements Loss {
    /** Of probabilities. */
    public BinaryCrossEntropy() {
        this(false);
    }

    @Override
    public String name() {
        return "binary_cross_entropy";
    }

    @Override
    public TensorSpec target(Shape prediction) {
        return TensorSpec.float32(prediction);
    }
}
