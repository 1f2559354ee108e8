package dev.junco.trainer.regularizer;

/** Check of the factor of a penalty. */
final class Strength {
    private Strength() {}

    static void check(float lambda) {
        if (!(lambda >= 0) || Float.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda is " + lambda + ", expected a finite number >= 0");
        }
    }
}
