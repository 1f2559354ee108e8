package dev.junco.trainer.optimizer;

import java.util.List;

/**
 * Adam: {@code m ← β₁ · m + (1 − β₁) · g}, {@code v ← β₂ · v + (1 − β₂) · g²}, {@code w ← w − α · m / (√v + ε)} with {@code α = η · √(1 − β₂ᵗ) / (1
 * − β₁ᵗ)} in step t = 1, 2, … Kingma and Ba, "Adam: a method for stochastic optimization", 2015, in the form that ends section 2 (as
 * in Keras).
 *
 * @param learningRate η
 * @param beta1 decay of the mean
 * @param beta2 decay of the mean square
 * @param epsilon keeps the divisor above 0
 */
public record Adam(float learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
    public Adam {
        Bounds.checkNotNegative("learningRate", learningRate);
        Bounds.checkShare("beta1", beta1);
        Bounds.checkShare("beta2", beta2);
        Bounds.checkNotNegative("epsilon", epsilon);
    }

    /** β₁ 0.9, β₂ 0.999, ε 1e-7. */
    public Adam(float learningRate) {
        this(learningRate, 0.9, 0.999, 1e-7);
    }

    /** Learning rate 0.001. */
    public Adam() {
        this(1e-3f);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public List<String> slots() {
        return List.of("m", "v");
    }
}
