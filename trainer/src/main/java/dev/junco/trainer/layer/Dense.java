package dev.junco.trainer.layer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;

/**
 * y = activation(W·x + b): every unit sees every feature. Takes {@code [batch, …]}, of which the axes after the first are joined; gives
 * {@code [batch, units]}. Weights {@code kernel [units, features]}, {@code bias [units]}.
 */
public final class Dense extends WeightedLayer<Dense> {
    private final int units;

    /** A linear layer. */
    public Dense(int units) {
        this(units, Activation.LINEAR);
    }

    /**
     * A layer of {@code units} units.
     *
     * @throws IllegalArgumentException if units is below 1
     */
    public Dense(int units, Activation activation) {
        super(activation);
        this.units = Sizes.positive("Dense units", units);
    }

    @Override
    Dense self() {
        return this;
    }

    @Override
    public String type() {
        return "Dense";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        int features = x.shape().elements(1, x.shape().rank());
        Value kernel = builder.weight(
                "kernel", Shape.of(units, features), kernelInitializer(), features, units, kernelRegularizer());
        FullyConnectedAttributes attributes =
                new FullyConnectedAttributes(dev.junco.runtime.graph.attributes.Activation.NONE);
        Value y = hasBias()
                ? builder.add(
                        attributes,
                        x,
                        kernel,
                        builder.weight("bias", Shape.of(units), biasInitializer(), features, units, null))
                : builder.add(attributes, x, kernel);
        return activation().append(builder, y);
    }
}
