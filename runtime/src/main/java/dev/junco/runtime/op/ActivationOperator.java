package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;

/** {@link ActivationAttributes}. */
final class ActivationOperator extends ElementOperator<ActivationAttributes> {
    ActivationOperator() {
        super(ActivationAttributes.class, "Activation");
    }

    @Override
    public String name(ActivationAttributes attributes) {
        switch (attributes.function()) {
            case RELU:
                return "Relu";
            case RELU6:
                return "Relu6";
            case RELU_N1_TO_1:
                return "ReluN1To1";
            case SIGMOID:
                return "Sigmoid";
            case TANH:
                return "Tanh";
            default:
                return "Identity";
        }
    }

    @Override
    double apply(ActivationAttributes attributes, double x) {
        return attributes.function().apply(x);
    }

    @Override
    Step step(ActivationAttributes attributes, Binding binding, FloatRef x, FloatRef y, int elements) {
        return new ActivationStep(binding.kernels(), attributes.function(), x, y, elements);
    }

    @Override
    boolean hasInt16(ActivationAttributes attributes) {
        return true;
    }

    @Override
    Int16Function int16(ActivationAttributes attributes, Quantization from, Quantization to) {
        return Int16Function.of(attributes.function(), from, to);
    }

    @Override
    byte[] table(ActivationAttributes attributes, Quantization from, Quantization to) {
        Activation function = attributes.function();
        return function.isClamp() ? Int8Tables.clamp(function, from, to) : Int8Tables.curve(function, from, to);
    }
}
