package dev.junco.trainer.layer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.trainer.initializer.Initializer;

/**
 * y = gamma · (x − mean) / √(variance + epsilon) + beta for each channel (the last axis). In training mean and variance are those of the batch, and
 * moving averages of them are kept for running (Ioffe and Szegedy 2015). Weights {@code gamma}, {@code beta}, all {@code [channels]}.
 *
 * @param epsilon added to the variance
 * @param momentum share of the moving averages that a step keeps
 */
public record BatchNormalization(float epsilon, float momentum) implements Layer {
    public BatchNormalization {
        if (!(epsilon >= 0) || !(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("batch normalisation has epsilon " + epsilon + " and momentum "
                    + momentum + ", expected epsilon >= 0 and momentum from 0 to 1");
        }
    }

    /** epsilon 0.001 and momentum 0.95: the averages follow within some dozens of steps, so short trainings can be validated, too. */
    public BatchNormalization() {
        this(1e-3f, 0.95f);
    }

    @Override
    public String type() {
        return "BatchNormalization";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        Shape shape = Shape.of(x.shape().dim(-1));
        Value gamma = builder.weight("gamma", shape, Initializer.ONES, 1, 1, null);
        Value beta = builder.weight("beta", shape, Initializer.ZEROS, 1, 1, null);
        builder.momentum(momentum);
        Value mean = builder.fixed("moving_mean", shape, Initializer.ZEROS);
        Value variance = builder.fixed("moving_variance", shape, Initializer.ONES);
        return builder.add(new BatchNormAttributes(epsilon), x, gamma, beta, mean, variance);
    }
}
