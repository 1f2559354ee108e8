package dev.junco.trainer.op;

import dev.junco.runtime.graph.attributes.Activation;

/** Derivatives of activation functions in double precision. */
final class Slopes {
    private Slopes() {}

    /** The derivative where the function's result is y; 0 on the corners of a clamp. */
    static double of(Activation function, double y) {
        return switch (function) {
            case SIGMOID -> y * (1 - y);
            case TANH -> 1 - y * y;
            case NONE, RELU, RELU6, RELU_N1_TO_1 -> y > function.lower() && y < function.upper() ? 1 : 0;
        };
    }
}
