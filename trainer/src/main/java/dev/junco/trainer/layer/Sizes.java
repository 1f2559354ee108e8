package dev.junco.trainer.layer;

/** Checks of layer options. */
final class Sizes {
    private Sizes() {}

    static int positive(String what, int size) {
        if (size < 1) {
            throw new IllegalArgumentException(what + " is " + size + ", expected at least 1");
        }
        return size;
    }
}
