package dev.junco.converter.quantize;

/** Rounding as the TensorFlow Lite 8-bit specification wants it. */
final class Rounding {
    private Rounding() {}

    /** The nearest integer, halves away from zero. */
    static double halfAway(double value) {
        return Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
    }

    /** value / scale as a symmetric int8 in [−127, 127]. */
    static byte symmetric(double value, double scale) {
        return (byte) Math.max(-127, Math.min(127, halfAway(value / scale)));
    }
}
