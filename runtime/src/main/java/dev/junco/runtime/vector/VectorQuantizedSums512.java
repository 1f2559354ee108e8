package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedSum;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of int8 values by float arithmetic on 512-bit vectors. The three fixed-point products of the specification round by less
 * than a millionth of a step of the result; where the float result is so near to a half that they or float32 might decide it
 * otherwise, integers do.
 */
final class VectorQuantizedSums512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final int LANES = 16;
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES < 8 ? 64 : 8 * LANES));

    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    private static final float MAGIC = 12582912f;

    private static final int MAGIC_BITS = 0x4b400000;

    /** Vectors that are estimated together, a bit of a long each. */
    private static final int MOST = 63;

    /** Where more of them than this are open, sums of these scales often come to halves. */
    private static final int OFTEN = 8;

    private VectorQuantizedSums512() {}

    /** z = a + sign · b for some leading elements, whole vectors of them; their number. */
    static int combine(
            QuantizedSum sum, int sign, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        double error = sum.estimateError();
        if (LANES < 8 || error > 1.0 / 256) {
            return 0;
        }
        double aFactor = sum.factorA();
        double bFactor = sum.factorB();
        double start = -aFactor * sum.zeroPointA() - sign * bFactor * sum.zeroPointB();
        int done = 0;
        int open = 0;
        do { // once for nothing as well: the warm-up counts calls
            int vectors = Math.min(MOST, (n - done) / LANES);
            long rest = estimate(
                    (float) aFactor,
                    (float) (sign * bFactor),
                    (float) start,
                    (float) (0.5 - error),
                    sum.zeroPoint(),
                    sum.lo(),
                    sum.hi(),
                    a,
                    aOffset + done,
                    b,
                    bOffset + done,
                    z,
                    zOffset + done,
                    vectors);
            open = Long.bitCount(rest);
            while (rest != 0) {
                int first = done + Long.numberOfTrailingZeros(rest) * LANES;
                rest &= rest - 1;
                for (int i = first; i < first + LANES; i++) {
                    z[zOffset + i] = sum.result(sum.scaledA(a[aOffset + i]) + sign * sum.scaledB(b[bOffset + i]));
                }
            }
            done += vectors * LANES;
        } while (done + LANES <= n && open <= OFTEN);
        return done;
    }

    /** Stores what is beyond doubt; a bit for each vector that is not and so was not stored, because z may be a or b. */
    private static long estimate(
            float aFactor,
            float bFactor,
            float start,
            float limit,
            int zeroPoint,
            int lo,
            int hi,
            byte[] a,
            int aOffset,
            byte[] b,
            int bOffset,
            byte[] z,
            int zOffset,
            int vectors) {
        FloatVector first = FloatVector.broadcast(F, start);
        FloatVector factorA = FloatVector.broadcast(F, aFactor);
        FloatVector factorB = FloatVector.broadcast(F, bFactor);
        FloatVector magic = FloatVector.broadcast(F, MAGIC);
        FloatVector doubt = FloatVector.broadcast(F, limit);
        IntVector low = IntVector.broadcast(I, MAGIC_BITS - zeroPoint + lo);
        IntVector high = IntVector.broadcast(I, MAGIC_BITS - zeroPoint + hi);
        IntVector zero = IntVector.broadcast(I, MAGIC_BITS - zeroPoint);
        long open = 0;
        for (int v = 0; v < vectors; v++) {
            int i = v * LANES;
            FloatVector sum = ByteVector.fromArray(B, b, bOffset + i)
                    .convertShape(VectorOperators.B2I, I, 0)
                    .convertShape(VectorOperators.I2F, F, 0)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.FMA, factorB, first);
            sum = ByteVector.fromArray(B, a, aOffset + i)
                    .convertShape(VectorOperators.B2I, I, 0)
                    .convertShape(VectorOperators.I2F, F, 0)
                    .reinterpretAsFloats()
                    .lanewise(VectorOperators.FMA, factorA, sum);
            FloatVector whole = sum.lanewise(VectorOperators.ADD, magic);
            FloatVector rest = sum.lanewise(VectorOperators.SUB, whole.lanewise(VectorOperators.SUB, magic));
            if (rest.lanewise(VectorOperators.ABS)
                    .compare(VectorOperators.GT, doubt)
                    .anyTrue()) {
                open |= 1L << v;
            } else {
                whole.reinterpretAsInts()
                        .lanewise(VectorOperators.MAX, low)
                        .lanewise(VectorOperators.MIN, high)
                        .lanewise(VectorOperators.SUB, zero)
                        .convertShape(VectorOperators.I2B, B, 0)
                        .reinterpretAsBytes()
                        .intoArray(z, zOffset + i);
            }
        }
        return open;
    }
}
