package dev.junco.runtime.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The operations of {@code FixedPoint} on 512-bit vectors. */
final class VectorFixedPoint512 {
    private static final long LOW = 0xffffffffL;

    private VectorFixedPoint512() {}

    /** x · multiplier · 2^(shift − 31), rounded twice; multiplier ≥ 0. */
    static IntVector multiply(IntVector x, IntVector multiplier, IntVector shift) {
        IntVector left = shift.max(0);
        IntVector right = shift.neg().max(0);
        return divideByPowerOfTwo(multiplyHigh(x.lanewise(VectorOperators.LSHL, left), multiplier), right);
    }

    /**
     * a · b / 2³¹ rounded to the nearest integer, halves up, for b ≥ 0. The lanes with even and those with odd numbers
     * are multiplied apart, as the halves of 64-bit lanes, so that nothing moves across lanes.
     */
    static IntVector multiplyHigh(IntVector a, IntVector b) {
        LongVector pairsA = a.reinterpretAsLongs();
        LongVector pairsB = b.reinterpretAsLongs();
        LongVector even = low(pairsA).mul(low(pairsB)).add(1L << 30).lanewise(VectorOperators.LSHR, 31);
        LongVector odd = high(pairsA).mul(high(pairsB)).add(1L << 30).lanewise(VectorOperators.LSHL, 1);
        return even.and(LOW).or(odd.and(~LOW)).reinterpretAsInts();
    }

    private static LongVector low(LongVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.ASHR, 32);
    }

    private static LongVector high(LongVector pairs) {
        return pairs.lanewise(VectorOperators.ASHR, 32);
    }

    /** x / 2^exponent rounded to the nearest integer, halves away from zero; exponents from 0 to 31. */
    static IntVector divideByPowerOfTwo(IntVector x, IntVector exponent) {
        IntVector ones = IntVector.broadcast(IntVector.SPECIES_512, -1);
        IntVector mask = ones.lanewise(VectorOperators.LSHL, exponent).not();
        IntVector threshold = mask.lanewise(VectorOperators.LSHR, 1).sub(x.lanewise(VectorOperators.ASHR, 31));
        IntVector quotient = x.lanewise(VectorOperators.ASHR, exponent);
        return quotient.add(1, x.and(mask).compare(VectorOperators.GT, threshold));
    }
}
