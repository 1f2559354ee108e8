package dev.junco.trainer.regularizer;

/**
 * Penalty λ · Σ w² (as in Keras, without a factor ½); gradient 2λ · w.
 *
 * @param lambda strength, at least 0
 */
public record L2(float lambda) implements Regularizer {
    public L2 {
        Strength.check(lambda);
    }

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public double penalty(double w) {
        return lambda * w * w;
    }

    @Override
    public double derivative(double w) {
        return 2.0 * lambda * w;
    }
}
