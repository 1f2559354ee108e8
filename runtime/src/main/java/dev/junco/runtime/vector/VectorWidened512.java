package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedSum;
import dev.junco.runtime.kernel.Rescaling;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * int8 arithmetic on widened values: float integers without a zero point, on 512-bit vectors. Results are estimated in float arithmetic; where an estimate is so
 * near to a half that it could be rounded wrongly, integers decide.
 */
final class VectorWidened512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    private static final float MAGIC = 12582912f;

    private static final int MAGIC_BITS = 0x4b400000;

    /** Vectors that are estimated together, a bit of a long each. */
    private static final int MOST = 63;

    /** Where more of them than this are open, sums of these scales often come to halves. */
    private static final int OFTEN = 8;

    private VectorWidened512() {}

    /** Sums to results for as many channels from {@code from} on as fill vectors; the first one that is left. */
    static int rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        int end = to - (to - from) % LANES;
        for (int first = 0; first < rows; first += MOST) {
            int n = Math.min(rows - first, MOST);
            int row = accOffset + first * accStride;
            for (int c = from; c < end; c += LANES) {
                long open = scaling.isOneSided()
                        ? oneSided(scaling, acc, row + c, accStride, n, c)
                        : twoSided(scaling, acc, row + c, accStride, n, c);
                while (open != 0) {
                    int at = row + c + Long.numberOfTrailingZeros(open) * accStride;
                    open &= open - 1;
                    for (int i = 0; i < LANES; i++) {
                        acc[at + i] = scaling.of(c + i, acc[at + i]);
                    }
                }
            }
        }
        return end;
    }

    /** Stores what is beyond doubt; a bit for each row that is not. */
    private static long oneSided(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int channel) {
        FloatVector factor = FloatVector.fromArray(F, scaling.factors(), channel);
        FloatVector start = FloatVector.fromArray(F, scaling.starts(), channel);
        FloatVector limit = FloatVector.fromArray(F, scaling.limits(), channel);
        int lo = MAGIC_BITS + scaling.lo();
        int hi = MAGIC_BITS + scaling.hi();
        long open = 0;
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector scaled = FloatVector.fromArray(F, acc, at).lanewise(VectorOperators.FMA, factor, start);
            FloatVector whole = scaled.add(MAGIC);
            if (scaled.sub(whole.sub(MAGIC))
                    .abs()
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                open |= 1L << r;
            } else {
                whole.reinterpretAsInts()
                        .max(lo)
                        .min(hi)
                        .reinterpretAsFloats()
                        .sub(MAGIC)
                        .intoArray(acc, at);
            }
        }
        return open;
    }

    /** The same where results may be negative. */
    private static long twoSided(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int channel) {
        FloatVector factor = FloatVector.fromArray(F, scaling.factors(), channel);
        FloatVector start = FloatVector.fromArray(F, scaling.starts(), channel);
        FloatVector half = FloatVector.fromArray(F, scaling.halves(), channel);
        FloatVector limit = FloatVector.fromArray(F, scaling.limits(), channel);
        int lo = MAGIC_BITS + scaling.lo();
        int hi = MAGIC_BITS + scaling.hi();
        long open = 0;
        for (int r = 0; r < rows; r++) {
            int at = accOffset + r * accStride;
            FloatVector scaled = FloatVector.fromArray(F, acc, at).lanewise(VectorOperators.FMA, factor, start);
            scaled = scaled.add(scaled.reinterpretAsInts()
                    .and(Integer.MIN_VALUE)
                    .or(half.reinterpretAsInts())
                    .reinterpretAsFloats());
            FloatVector whole = scaled.add(MAGIC);
            if (scaled.sub(whole.sub(MAGIC))
                    .abs()
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                open |= 1L << r;
            } else {
                whole.reinterpretAsInts()
                        .max(lo)
                        .min(hi)
                        .reinterpretAsFloats()
                        .sub(MAGIC)
                        .intoArray(acc, at);
            }
        }
        return open;
    }

    /** z = a + b for some leading elements, whole vectors of them; their number. */
    static int add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        if (sum.estimateError() > 1.0 / 256) {
            return 0;
        }
        int done = 0;
        int open = 0;
        while (done + LANES <= n && open <= OFTEN) {
            int vectors = Math.min(MOST, (n - done) / LANES);
            long rest = sums(sum, a, aOffset + done, b, bOffset + done, z, zOffset + done, vectors);
            open = Long.bitCount(rest);
            while (rest != 0) {
                int first = done + Long.numberOfTrailingZeros(rest) * LANES;
                rest &= rest - 1;
                for (int i = first; i < first + LANES; i++) {
                    z[zOffset + i] = sum.ofWidened(a[aOffset + i], b[bOffset + i]);
                }
            }
            done += vectors * LANES;
        }
        return done;
    }

    /** Stores what is beyond doubt; a bit for each vector that is not. */
    private static long sums(
            QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int vectors) {
        FloatVector factorA = FloatVector.broadcast(F, (float) sum.factorA());
        float factorB = (float) sum.factorB();
        float limit = (float) (0.5 - sum.estimateError());
        int lo = MAGIC_BITS + sum.lo() - sum.zeroPoint();
        int hi = MAGIC_BITS + sum.hi() - sum.zeroPoint();
        long open = 0;
        for (int v = 0; v < vectors; v++) {
            int i = v * LANES;
            FloatVector scaled = FloatVector.fromArray(F, a, aOffset + i)
                    .lanewise(
                            VectorOperators.FMA,
                            factorA,
                            FloatVector.fromArray(F, b, bOffset + i).mul(factorB));
            FloatVector whole = scaled.add(MAGIC);
            if (scaled.sub(whole.sub(MAGIC))
                    .abs()
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                open |= 1L << v;
            } else {
                whole.reinterpretAsInts()
                        .max(lo)
                        .min(hi)
                        .reinterpretAsFloats()
                        .sub(MAGIC)
                        .intoArray(z, zOffset + i);
            }
        }
        return open;
    }
}
