package dev.junco.trainer.loss;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import java.util.Arrays;

/**
 * {@link CategoricalCrossEntropy} where the target is the number of the right class: int32 targets of the prediction's shape without
 * its last axis, {@code [batch]} for predictions {@code [batch, classes]}. A number outside [0, classes) makes the loss NaN.
 *
 * @param fromLogits whether the network ends in logits, without a softmax
 */
public record SparseCategoricalCrossEntropy(boolean fromLogits) implements Loss {
    /** Of probabilities. */
    public SparseCategoricalCrossEntropy() {
        this(false);
    }

    @Override
    public String name() {
        return "sparse_categorical_cross_entropy";
    }

    @Override
    public TensorSpec target(Shape prediction) {
        return TensorSpec.int32(Shape.of(Arrays.copyOf(prediction.dims(), prediction.rank() - 1)));
    }
}
