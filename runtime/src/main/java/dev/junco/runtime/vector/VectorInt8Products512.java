package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedProduct;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of int8 values on 512-bit vectors of int32, for factors below one: every shift goes right. Lanes
 * with even and with odd numbers are multiplied apart, as the halves of 64-bit lanes. No value reaches 2³⁰, so that
 * rounding by addition cannot overflow. The loops are written out for the reason given in
 * {@link VectorQuantizedKernels512}.
 */
final class VectorInt8Products512 {
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
    private static final VectorSpecies<Integer> WORD = VectorSpecies.of(int.class, VectorShape.S_64_BIT);
    private static final int LANES = 16;
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES < 8 ? 64 : 8 * LANES));
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The low half of a 64-bit lane. */
    private static final long LOW = 0xffffffffL;

    private VectorInt8Products512() {}

    static boolean serves(QuantizedProduct product) {
        return product.shift() <= 0;
    }

    /** z = a · b for as many elements as fill vectors; their number. */
    static int multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        int right = -product.shift();
        LongVector factor = LongVector.broadcast(L, product.multiplier());
        LongVector rounding = LongVector.broadcast(L, 1L << 30);
        LongVector low = LongVector.broadcast(L, LOW);
        LongVector high = LongVector.broadcast(L, ~LOW);
        IntVector half = IntVector.broadcast(I, (1 << right) >>> 1);
        IntVector sign = IntVector.broadcast(I, right > 0 ? -1 : 0);
        IntVector zeroA = IntVector.broadcast(I, product.zeroPointA());
        IntVector zeroB = IntVector.broadcast(I, product.zeroPointB());
        IntVector zero = IntVector.broadcast(I, product.zeroPoint());
        IntVector lo = IntVector.broadcast(I, product.lo());
        IntVector hi = IntVector.broadcast(I, product.hi());
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector u = LANES < 8
                    ? IntVector.broadcast(WORD, (int) WORDS.get(a, aOffset + i))
                            .reinterpretAsBytes()
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts()
                    : ByteVector.fromArray(B, a, aOffset + i)
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts();
            IntVector v = LANES < 8
                    ? IntVector.broadcast(WORD, (int) WORDS.get(b, bOffset + i))
                            .reinterpretAsBytes()
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts()
                    : ByteVector.fromArray(B, b, bOffset + i)
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts();
            u = u.lanewise(VectorOperators.SUB, zeroA)
                    .lanewise(VectorOperators.MUL, v.lanewise(VectorOperators.SUB, zeroB));
            u = u.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .lanewise(VectorOperators.MUL, factor)
                    .lanewise(VectorOperators.ADD, rounding)
                    .lanewise(VectorOperators.LSHR, 31)
                    .lanewise(VectorOperators.AND, low)
                    .lanewise(
                            VectorOperators.OR,
                            u.reinterpretAsLongs()
                                    .lanewise(VectorOperators.ASHR, 32)
                                    .lanewise(VectorOperators.MUL, factor)
                                    .lanewise(VectorOperators.ADD, rounding)
                                    .lanewise(VectorOperators.LSHL, 1)
                                    .lanewise(VectorOperators.AND, high))
                    .reinterpretAsInts();
            u = u.lanewise(VectorOperators.ASHR, 31)
                    .lanewise(VectorOperators.AND, sign)
                    .lanewise(VectorOperators.ADD, u)
                    .lanewise(VectorOperators.ADD, half)
                    .lanewise(VectorOperators.ASHR, right)
                    .lanewise(VectorOperators.ADD, zero)
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi);
            if (LANES < 8) {
                WORDS.set(
                        z,
                        zOffset + i,
                        u.convertShape(VectorOperators.I2B, B, 0)
                                .reinterpretAsInts()
                                .lane(0));
            } else {
                u.convertShape(VectorOperators.I2B, B, 0).reinterpretAsBytes().intoArray(z, zOffset + i);
            }
        }
        return end;
    }
}
