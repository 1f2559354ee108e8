package dev.junco.trainer.loss;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;

/** The mean over all elements of (prediction − target)². Targets have the prediction's shape. */
public record MeanSquaredError() implements Loss {
    @Override
    public String name() {
        return "mean_squared_error";
    }

    @Override
    public TensorSpec target(Shape prediction) {
        return TensorSpec.float32(prediction);
    }
}
