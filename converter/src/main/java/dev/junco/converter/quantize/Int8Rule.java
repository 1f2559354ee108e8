package dev.junco.converter.quantize;

import dev.junco.runtime.Quantization;

/**
 * What becomes of a node in an int8 graph. Immutable.
 *
 * @param scale whose scale the results have
 * @param heavy whether int8 pays off by itself: the node multiplies matrices
 * @param follows whether it takes int8 only from a node that gives int8 anyway, because an operand of its own making would cost more than it saves
 * @param exact whether the largest elements of its operand count most, so that none is clipped
 * @param reason why the node stays float32; null for one that does not
 */
record Int8Rule(Scale scale, boolean heavy, boolean follows, boolean exact, String reason) {
    /** Where the scale of the results comes from. */
    enum Scale {
        /** Calibration. */
        CALIBRATED,
        /** Elements move, or one of several is picked: operands and results have one scale. */
        SHARED,
        /** Fixed for numbers from 0 to 1. */
        PROBABILITY,
        /** Fixed for numbers from −1 to 1. */
        UNIT,
        /** Fixed for logarithms of probabilities. */
        LOGARITHM;

        /** The scale that the specification fixes, or null. */
        Quantization fixed() {
            return switch (this) {
                case PROBABILITY -> Quantization.perTensor(1f / 256, -128);
                case UNIT -> Quantization.perTensor(1f / 128, 0);
                case LOGARITHM -> Quantization.perTensor(1f / 16, 127);
                default -> null;
            };
        }
    }

    static final Int8Rule CALIBRATED = new Int8Rule(Scale.CALIBRATED, false, false, false, null);
    static final Int8Rule SHARED = new Int8Rule(Scale.SHARED, false, false, false, null);
    static final Int8Rule PROBABILITY = new Int8Rule(Scale.PROBABILITY, false, false, false, null);
    static final Int8Rule UNIT = new Int8Rule(Scale.UNIT, false, false, false, null);
    static final Int8Rule LOGARITHM = new Int8Rule(Scale.LOGARITHM, false, false, false, null);
    /** Constant weights and bias with scales of their own. */
    static final Int8Rule PRODUCT = CALIBRATED.thatPays();

    /** The rule of a node that stays float32. */
    static Int8Rule float32(String reason) {
        return new Int8Rule(Scale.CALIBRATED, false, false, false, reason);
    }

    /** The rule of a node that pays off by itself. */
    Int8Rule thatPays() {
        return new Int8Rule(scale, true, follows, exact, reason);
    }

    /** The rule of a node that only takes int8 that is there. */
    Int8Rule thatFollows() {
        return new Int8Rule(scale, heavy, true, exact, reason);
    }

    /** The rule of a node whose operand is not clipped. */
    Int8Rule ofWholeRange() {
        return new Int8Rule(scale, heavy, follows, true, reason);
    }

    boolean isInt8() {
        return reason == null;
    }
}
