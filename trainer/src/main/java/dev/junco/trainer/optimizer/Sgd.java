package dev.junco.trainer.optimizer;

import java.util.List;

/**
 * Stochastic gradient descent, with momentum if wanted. Without: {@code w ← w − η · g}. With momentum μ: {@code v ← μ · v − η · g}, then
 * {@code w ← w + v}, or looking ahead (Nesterov) {@code w ← w + μ · v − η · g}. As in Keras; Sutskever, Martens, Dahl and Hinton, "On the
 * importance of initialization and momentum in deep learning", 2013.
 *
 * @param learningRate η
 * @param momentum μ, 0 for none
 * @param nesterov whether to look ahead
 */
public record Sgd(float learningRate, float momentum, boolean nesterov) implements Optimizer {
    public Sgd {
        Bounds.checkNotNegative("learningRate", learningRate);
        Bounds.checkShare("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0, for example 0.9");
        }
    }

    /** Without momentum. */
    public Sgd(float learningRate) {
        this(learningRate, 0, false);
    }

    /** With momentum. */
    public Sgd(float learningRate, float momentum) {
        this(learningRate, momentum, false);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("velocity");
    }
}
