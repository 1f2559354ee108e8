package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedSum;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * int8 arithmetic on widened values: float integers without a zero point, on 512-bit vectors. Results are estimated in float arithmetic; where an estimate is so
 * near to a half that it could be rounded wrongly, integers decide.
 *
 * <p>Loops take few vector operations each, and constants as vectors: where C2 has to inline later than it parses, methods that take a number become
 * calls by a profile that vectors of all widths share, and vectors stay objects.
 */
final class VectorRescaling512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final int LANES = 16;

    /** Vectors that are estimated together, a bit of a long each. */
    private static final int MOST = 63;

    /** Rows that are computed side by side. */
    private static final int ROWS = 2;

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
        IntVector lo = IntVector.broadcast(I, rounding.lowestBits());
        IntVector hi = IntVector.broadcast(I, rounding.highestBits());
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
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
        IntVector lo = IntVector.broadcast(I, rounding.lowestBits());
        IntVector hi = IntVector.broadcast(I, rounding.highestBits());
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector.fromArray(F, acc, at)
                    .lanewise(VectorOperators.FMA, factor0, start0)
                    .lanewise(VectorOperators.ADD, centre0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic)
                    .intoArray(acc, at);
            FloatVector.fromArray(F, acc, at + LANES)
                    .lanewise(VectorOperators.FMA, factor1, start1)
                    .lanewise(VectorOperators.ADD, centre1)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.SUB, magic)
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
        FloatVector exception = FloatVector.fromArray(F, rounding.exceptions(), channel);
        FloatVector replacement = FloatVector.fromArray(F, rounding.replacements(), channel);
        IntVector start = FloatVector.fromArray(F, rounding.starts(), channel).reinterpretAsInts();
        IntVector sign = IntVector.broadcast(I, Integer.MIN_VALUE);
        IntVector lo = IntVector.broadcast(I, rounding.lowestBits());
        IntVector hi = IntVector.broadcast(I, rounding.highestBits());
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector sum = FloatVector.fromArray(F, acc, at);
            sum = sum.blend(replacement, sum.compare(VectorOperators.EQ, exception))
                    .lanewise(VectorOperators.ADD, bias);
            FloatVector signed = sum.reinterpretAsInts()
                    .lanewise(VectorOperators.AND, sign)
                    .lanewise(VectorOperators.OR, start)
                    .reinterpretAsFloats();
            sum.lanewise(VectorOperators.FMA, factor, signed)
                    .lanewise(VectorOperators.ADD, magic)
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

    /** z = a + b for some leading elements, whole groups of {@link #ROWS} vectors; their number. */
    static int add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (sum.estimateError() > 1.0 / 256) {
            return 0;
        }
        int group = ROWS * LANES;
        int done = 0;
        do {
            int groups = Math.min(MOST, (n - done) / group);
            long rest = sums(sum, a, aOffset + done, b, bOffset + done, z, zOffset + done, groups);
            while (rest != 0) {
                int first = done + Long.numberOfTrailingZeros(rest) * group;
                rest &= rest - 1;
                finely(sum, a, aOffset + first, b, bOffset + first, z, zOffset + first);
            }
            done += groups * group;
        } while (done + group <= n);
        return done;
    }

    /** A group of vectors; where the finer estimate leaves doubt as well, in integers. */
    private static void finely(
            QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset) {
        FloatVector factorA = FloatVector.broadcast(F, (float) sum.factorA());
        FloatVector factorB = FloatVector.broadcast(F, (float) sum.factorB());
        FloatVector limit = FloatVector.broadcast(F, (float) (0.5 - sum.widenedError()));
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
        IntVector lo = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + sum.lo() - sum.zeroPoint());
        IntVector hi = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + sum.hi() - sum.zeroPoint());
        for (int first = 0; first < ROWS * LANES; first += LANES) {
            FloatVector scaled = FloatVector.fromArray(F, a, aOffset + first)
                    .lanewise(
                            VectorOperators.FMA,
                            factorA,
                            FloatVector.fromArray(F, b, bOffset + first).lanewise(VectorOperators.MUL, factorB));
            FloatVector whole = scaled.lanewise(VectorOperators.ADD, magic);
            FloatVector rest = scaled.lanewise(VectorOperators.SUB, whole.lanewise(VectorOperators.SUB, magic));
            if (rest.lanewise(VectorOperators.ABS)
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                for (int i = first; i < first + LANES; i++) {
                    z[zOffset + i] = sum.ofWidened(a[aOffset + i], b[bOffset + i]);
                }
            } else {
                whole.reinterpretAsInts()
                        .lanewise(VectorOperators.MAX, lo)
                        .lanewise(VectorOperators.MIN, hi)
                        .reinterpretAsFloats()
                        .lanewise(VectorOperators.SUB, magic)
                        .intoArray(z, zOffset + first);
            }
        }
    }

    /** Stores what the coarse estimate leaves beyond doubt; a bit for each group of vectors that it does not. */
    private static long sums(
            QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int groups) {
        if (groups == 0) {
            return 0;
        }
        int error = sum.coarseError();
        FloatVector factorA = FloatVector.broadcast(F, (float) sum.factorA());
        FloatVector factorB = FloatVector.broadcast(F, (float) sum.factorB());
        FloatVector start =
                FloatVector.broadcast(F, QuantizedSum.BASE + 0.5f + (float) error / (QuantizedSum.FRACTION + 1));
        IntVector margin = IntVector.broadcast(I, 2 * error);
        IntVector fraction = IntVector.broadcast(I, QuantizedSum.FRACTION);
        IntVector whole = IntVector.broadcast(I, ~QuantizedSum.FRACTION);
        IntVector lo = IntVector.broadcast(I, Float.floatToRawIntBits(QuantizedSum.BASE + sum.lo() - sum.zeroPoint()));
        IntVector hi = IntVector.broadcast(I, Float.floatToRawIntBits(QuantizedSum.BASE + sum.hi() - sum.zeroPoint()));
        FloatVector base = FloatVector.broadcast(F, QuantizedSum.BASE);
        long open = 0;
        for (int g = 0; g < groups; g++) {
            int i = g * ROWS * LANES;
            IntVector bits0 = FloatVector.fromArray(F, a, aOffset + i)
                    .lanewise(
                            VectorOperators.FMA,
                            factorA,
                            FloatVector.fromArray(F, b, bOffset + i).lanewise(VectorOperators.FMA, factorB, start))
                    .reinterpretAsInts();
            IntVector bits1 = FloatVector.fromArray(F, a, aOffset + i + LANES)
                    .lanewise(
                            VectorOperators.FMA,
                            factorA,
                            FloatVector.fromArray(F, b, bOffset + i + LANES)
                                    .lanewise(VectorOperators.FMA, factorB, start))
                    .reinterpretAsInts();
            IntVector near = bits0.lanewise(VectorOperators.AND, fraction)
                    .lanewise(VectorOperators.MIN, bits1.lanewise(VectorOperators.AND, fraction));
            if (near.compare(VectorOperators.LE, margin).anyTrue()) {
                open |= 1L << g;
            } else {
                bits0.lanewise(VectorOperators.AND, whole)
                        .lanewise(VectorOperators.MAX, lo)
                        .lanewise(VectorOperators.MIN, hi)
                        .reinterpretAsFloats()
                        .lanewise(VectorOperators.SUB, base)
                        .intoArray(z, zOffset + i);
                bits1.lanewise(VectorOperators.AND, whole)
                        .lanewise(VectorOperators.MAX, lo)
                        .lanewise(VectorOperators.MIN, hi)
                        .reinterpretAsFloats()
                        .lanewise(VectorOperators.SUB, base)
                        .intoArray(z, zOffset + i + LANES);
            }
        }
        return open;
    }
}
