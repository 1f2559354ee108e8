package dev.junco.trainer.regularizer;

/**
 * Penalty λ · Σ |w|; gradient λ · sign(w), 0 at 0.
 *
 * @param lambda strength, at least 0
 */
public record L1(float lambda) implements Regularizer {
    public L1 {
        Strength.check(lambda);
    }

    @Override
    public String name() {
        return "l1";
    }

    @Override
    public double penalty(double w) {
        return lambda * Math.abs(w);
    }

    @Override
    public double derivative(double w) {
        return lambda * Math.signum(w);
    }
}
