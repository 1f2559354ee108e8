package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedSum;
import dev.junco.runtime.kernel.SingleRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of two widened int8 values on 512-bit vectors, estimated in float arithmetic: coarsely first, more finely where that leaves doubt, and in integers where
 * even that is so near to a half that it could be rounded wrongly.
 */
final class VectorWidenedSums512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final int LANES = 16;

    /** Vectors that are estimated together, a bit of a long each. */
    private static final int MOST = 63;

    /** Vectors that are computed side by side. */
    private static final int ROWS = 2;

    private VectorWidenedSums512() {}

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
                finely(sum, a, aOffset + first, b, bOffset + first, z, zOffset + first, group);
            }
            if (groups == 0) {
                finely(sum, a, aOffset, b, bOffset, z, zOffset, 0); // the warm-up counts calls
            }
            done += groups * group;
        } while (done + group <= n);
        return done;
    }

    /** A group of n elements; where the finer estimate leaves doubt as well, in integers. */
    private static void finely(
            QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (n == 0) {
            return;
        }
        FloatVector factorA = FloatVector.broadcast(F, (float) sum.factorA());
        FloatVector factorB = FloatVector.broadcast(F, (float) sum.factorB());
        FloatVector limit = FloatVector.broadcast(F, (float) (0.5 - sum.widenedError()));
        FloatVector magic = FloatVector.broadcast(F, SingleRounding.MAGIC);
        IntVector lo = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + sum.lo() - sum.zeroPoint());
        IntVector hi = IntVector.broadcast(I, SingleRounding.MAGIC_BITS + sum.hi() - sum.zeroPoint());
        for (int first = 0; first < n; first += LANES) {
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
