package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * From the sums of int8 products to widened results, float integers without a zero point, on 512-bit vectors: by the lines of a {@link SingleRounding} where there
 * are any. Else results are estimated in float arithmetic, and where an estimate is so near to a half that it could be rounded wrongly, integers decide.
 *
 * <p>Loops take few vector operations each, and constants as vectors: where C2 has to inline later than it parses, methods that take a number become
 * calls by a profile that vectors of all widths share, and vectors stay objects.
 */
final class VectorRescaling512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final int LANES = 16;

    private VectorRescaling512() {}

    /** Sums to results for as many channels from {@code from} on as fill vectors; the first one that is left. */
    static int rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        SingleRounding rounding = scaling.singleRounding();
        int end = to - (to - from) % LANES;
        int c = from;
        while (c < end) {
            int at = accOffset + c;
            if (scaling.isOneSided() && c + LANES < end && rounding.hasLines(c) && rounding.hasLines(c + LANES)) {
                twoLines(rounding, acc, at, accStride, rows, c);
                c += 2 * LANES;
            } else {
                rescale(scaling, acc, at, accStride, rows, c);
                c += LANES;
            }
        }
        return end;
    }

    /** Sums to results for as many channels as there are lanes; the first of {@code acc} is of the first of them. */
    static void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int channel) {
        SingleRounding rounding = scaling.singleRounding();
        if (!rounding.hasLines(channel)) {
            estimate(scaling, acc, accOffset, accStride, rows, channel);
        } else if (scaling.isOneSided()) {
            line(rounding, acc, accOffset, accStride, rows, channel);
        } else {
            twoSidedLine(rounding, acc, accOffset, accStride, rows, channel);
        }
    }

    /** Rescales as many channels as there are lanes by their lines. */
    private static void line(
            SingleRounding rounding, float[] acc, int accOffset, int accStride, int rows, int channel) {
        if (rows == 0) {
            return; // the warm-up asks for nothing, many times
        }
        FloatVector factor = FloatVector.fromArray(F, rounding.factors(), channel);
        FloatVector start = FloatVector.fromArray(F, rounding.starts(), channel);
        FloatVector centre = FloatVector.fromArray(F, rounding.centres(), channel);
        FloatVector magic = FloatVector.fromArray(F, rounding.magics(), channel);
        IntVector lo = FloatVector.fromArray(F, rounding.lows(), channel).reinterpretAsInts();
        IntVector hi = FloatVector.fromArray(F, rounding.highs(), channel).reinterpretAsInts();
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector.fromArray(F, acc, at)
                    .lanewise(VectorOperators.FMA, factor, start)
                    .lanewise(VectorOperators.ADD, centre)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic)
                    .intoArray(acc, at);
        }
    }

    /** The same for twice as many: the way from row to row costs as much as the results. */
    private static void twoLines(
            SingleRounding rounding, float[] acc, int accOffset, int accStride, int rows, int channel) {
        if (rows == 0) {
            return;
        }
        FloatVector factor0 = FloatVector.fromArray(F, rounding.factors(), channel);
        FloatVector factor1 = FloatVector.fromArray(F, rounding.factors(), channel + LANES);
        FloatVector start0 = FloatVector.fromArray(F, rounding.starts(), channel);
        FloatVector start1 = FloatVector.fromArray(F, rounding.starts(), channel + LANES);
        FloatVector centre0 = FloatVector.fromArray(F, rounding.centres(), channel);
        FloatVector centre1 = FloatVector.fromArray(F, rounding.centres(), channel + LANES);
        FloatVector magic0 = FloatVector.fromArray(F, rounding.magics(), channel);
        FloatVector magic1 = FloatVector.fromArray(F, rounding.magics(), channel + LANES);
        IntVector lo0 = FloatVector.fromArray(F, rounding.lows(), channel).reinterpretAsInts();
        IntVector lo1 =
                FloatVector.fromArray(F, rounding.lows(), channel + LANES).reinterpretAsInts();
        IntVector hi0 = FloatVector.fromArray(F, rounding.highs(), channel).reinterpretAsInts();
        IntVector hi1 =
                FloatVector.fromArray(F, rounding.highs(), channel + LANES).reinterpretAsInts();
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector.fromArray(F, acc, at)
                    .lanewise(VectorOperators.FMA, factor0, start0)
                    .lanewise(VectorOperators.ADD, centre0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo0)
                    .lanewise(VectorOperators.MIN, hi0)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic0)
                    .intoArray(acc, at);
            FloatVector.fromArray(F, acc, at + LANES)
                    .lanewise(VectorOperators.FMA, factor1, start1)
                    .lanewise(VectorOperators.ADD, centre1)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo1)
                    .lanewise(VectorOperators.MIN, hi1)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic1)
                    .intoArray(acc, at + LANES);
        }
    }

    /** The same for results that may be negative. */
    private static void twoSidedLine(
            SingleRounding rounding, float[] acc, int accOffset, int accStride, int rows, int channel) {
        if (rows == 0) {
            return; // the warm-up asks for nothing, many times
        }
        FloatVector factor = FloatVector.fromArray(F, rounding.factors(), channel);
        FloatVector bias = FloatVector.fromArray(F, rounding.biases(), channel);
        IntVector start = FloatVector.fromArray(F, rounding.starts(), channel).reinterpretAsInts();
        IntVector centre = FloatVector.fromArray(F, rounding.centres(), channel).reinterpretAsInts();
        FloatVector magic = FloatVector.fromArray(F, rounding.magics(), channel);
        IntVector sign = IntVector.broadcast(I, Integer.MIN_VALUE);
        IntVector lo = FloatVector.fromArray(F, rounding.lows(), channel).reinterpretAsInts();
        IntVector hi = FloatVector.fromArray(F, rounding.highs(), channel).reinterpretAsInts();
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector sum = FloatVector.fromArray(F, acc, at).lanewise(VectorOperators.ADD, bias);
            IntVector signs = sum.reinterpretAsInts().lanewise(VectorOperators.AND, sign);
            FloatVector from = signs.lanewise(VectorOperators.XOR, start).reinterpretAsFloats();
            FloatVector to = signs.lanewise(VectorOperators.XOR, centre)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.ADD, magic);
            sum.lanewise(VectorOperators.FMA, factor, from)
                    .lanewise(VectorOperators.ADD, to)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic)
                    .intoArray(acc, at);
        }
    }

    /** Rescales as many channels as there are lanes by estimates; where they leave doubt, in integers. */
    private static void estimate(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int channel) {
        if (rows == 0) {
            return; // the warm-up asks for nothing, many times
        }
        FloatVector factor = FloatVector.fromArray(F, scaling.factors(), channel);
        FloatVector start = FloatVector.fromArray(F, scaling.starts(), channel);
        FloatVector limit = FloatVector.fromArray(F, scaling.limits(), channel);
        IntVector half = scaling.isOneSided()
                ? IntVector.broadcast(I, Integer.MIN_VALUE)
                : FloatVector.fromArray(F, scaling.halves(), channel).reinterpretAsInts();
        IntVector sign = IntVector.broadcast(I, Integer.MIN_VALUE);
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
        IntVector lo = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + scaling.lo());
        IntVector hi = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + scaling.hi());
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector scaled = FloatVector.fromArray(F, acc, at).lanewise(VectorOperators.FMA, factor, start);
            scaled = scaled.lanewise(
                    VectorOperators.ADD,
                    scaled.reinterpretAsInts()
                            .lanewise(VectorOperators.AND, sign)
                            .lanewise(VectorOperators.OR, half)
                            .reinterpretAsFloats());
            FloatVector whole = scaled.lanewise(VectorOperators.ADD, magic);
            FloatVector rest = scaled.lanewise(VectorOperators.SUB, whole.lanewise(VectorOperators.SUB, magic));
            if (rest.lanewise(VectorOperators.ABS)
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                for (int i = 0; i < LANES; i++) {
                    acc[at + i] = scaling.of(channel + i, (int) acc[at + i]);
                }
            } else {
                whole.reinterpretAsInts()
                        .lanewise(VectorOperators.MAX, lo)
                        .lanewise(VectorOperators.MIN, hi)
                        .reinterpretAsFloats()
                        .lanewise(VectorOperators.SUB, magic)
                        .intoArray(acc, at);
            }
        }
    }
}
