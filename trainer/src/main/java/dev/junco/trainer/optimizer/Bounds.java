package dev.junco.trainer.optimizer;

/** Checks of an optimizer's numbers. */
final class Bounds {
    private Bounds() {}

    /** Throws unless a number lies in [0, 1). */
    static void checkShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 <= " + name + " < 1");
        }
    }

    /** Throws unless a number is finite and at least 0. */
    static void checkNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a finite number >= 0");
        }
    }
}
