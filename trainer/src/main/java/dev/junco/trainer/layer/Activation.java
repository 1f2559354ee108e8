package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.trainer.initializer.Initializer;

/** A function of a layer's result; also a layer of its own: {@code .add(Activation.RELU)}. */
public enum Activation implements Layer {
    /** x. */
    LINEAR(null),
    /** max(x, 0). */
    RELU(dev.junco.runtime.graph.attributes.Activation.RELU),
    /** min(max(x, 0), 6). */
    RELU6(dev.junco.runtime.graph.attributes.Activation.RELU6),
    /** 1 / (1 + e⁻ˣ). */
    SIGMOID(dev.junco.runtime.graph.attributes.Activation.SIGMOID),
    /** tanh x. */
    TANH(dev.junco.runtime.graph.attributes.Activation.TANH),
    /** eˣ / Σ eˣ along the last axis. */
    SOFTMAX(null);

    private final dev.junco.runtime.graph.attributes.Activation function;

    Activation(dev.junco.runtime.graph.attributes.Activation function) {
        this.function = function;
    }

    @Override
    public String type() {
        return "Activation";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        if (this == LINEAR) {
            return x;
        }
        return this == SOFTMAX
                ? builder.add(new SoftmaxAttributes(1), x)
                : builder.add(new ActivationAttributes(function), x);
    }

    /** Adds the function behind another node of the same layer. */
    Value append(LayerBuilder builder, Value x) {
        if (this == LINEAR) {
            return x;
        }
        return this == SOFTMAX
                ? builder.add("softmax", new SoftmaxAttributes(1), x)
                : builder.add(name().toLowerCase(java.util.Locale.ROOT), new ActivationAttributes(function), x);
    }

    /** The start of weights before this function: He for rectifiers, Glorot for the others; both uniform. */
    Initializer defaultInitializer() {
        return this == RELU || this == RELU6 ? Initializer.HE_UNIFORM : Initializer.GLOROT_UNIFORM;
    }
}
