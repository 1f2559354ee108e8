package dev.junco.trainer.loss;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;

/**
 * How far a prediction is from its target: a number for the whole batch, the mean over its samples. Only a description: the arithmetic becomes a
 * node of the training graph, joined with the sigmoid or softmax that ends the network, so that no probability ever has to be taken a
 * logarithm of.
 */
public sealed interface Loss
        permits MeanSquaredError, BinaryCrossEntropy, CategoricalCrossEntropy, SparseCategoricalCrossEntropy {
    /** Name for people and files, for example {@code mean_squared_error}. */
    String name();

    /** Type and shape of the targets for predictions of a shape, the batch included. */
    TensorSpec target(Shape prediction);
}
