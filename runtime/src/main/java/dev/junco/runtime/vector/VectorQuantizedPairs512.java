package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.QuantizedProduct;
import dev.junco.runtime.kernel.QuantizedSum;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and products of int8 values on 512-bit vectors of int32, for factors below one: every shift goes right. Lanes
 * with even and with odd numbers are multiplied apart, as the halves of 64-bit lanes. No value reaches 2³⁰, so that
 * rounding by addition cannot overflow. The loops are written out for the reason given in
 * {@link VectorQuantizedKernels512}.
 */
final class VectorQuantizedPairs512 {
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Integer> WORD = VectorSpecies.of(int.class, VectorShape.S_64_BIT);
    private static final int LANES = 16;
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES < 8 ? 64 : 8 * LANES));
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The low half of a 64-bit lane. */
    private static final long LOW = 0xffffffffL;

    private VectorQuantizedPairs512() {}

    static boolean serves(QuantizedSum sum) {
        return sum.shiftA() <= 0 && sum.shiftB() <= 0 && sum.shift() <= 0;
    }

    static boolean serves(QuantizedProduct product) {
        return product.shift() <= 0;
    }

    /** z = a + sign · b for as many elements as fill vectors; their number. */
    static int combine(
            QuantizedSum sum, int sign, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        long aFactor = sum.multiplierA();
        int aRight = -sum.shiftA();
        int aHalf = (1 << aRight) >>> 1;
        int aSign = aRight > 0 ? -1 : 0;
        long bFactor = sum.multiplierB();
        int bRight = -sum.shiftB();
        int bHalf = (1 << bRight) >>> 1;
        int bSign = bRight > 0 ? -1 : 0;
        long zFactor = sum.multiplier();
        int zRight = -sum.shift();
        int zHalf = (1 << zRight) >>> 1;
        int zSign = zRight > 0 ? -1 : 0;
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
            // the headroom is part of the shift: 31 − 20 = 11
            u = u.sub(sum.zeroPointA());
            u = u.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .mul(aFactor)
                    .add(1L << 10)
                    .lanewise(VectorOperators.LSHR, 11)
                    .and(LOW)
                    .or(u.reinterpretAsLongs()
                            .lanewise(VectorOperators.ASHR, 32)
                            .mul(aFactor)
                            .add(1L << 10)
                            .lanewise(VectorOperators.LSHL, 21)
                            .and(~LOW))
                    .reinterpretAsInts();
            u = u.add(u.lanewise(VectorOperators.ASHR, 31).and(aSign))
                    .add(aHalf)
                    .lanewise(VectorOperators.ASHR, aRight);
            v = v.sub(sum.zeroPointB());
            v = v.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .mul(bFactor)
                    .add(1L << 10)
                    .lanewise(VectorOperators.LSHR, 11)
                    .and(LOW)
                    .or(v.reinterpretAsLongs()
                            .lanewise(VectorOperators.ASHR, 32)
                            .mul(bFactor)
                            .add(1L << 10)
                            .lanewise(VectorOperators.LSHL, 21)
                            .and(~LOW))
                    .reinterpretAsInts();
            v = v.add(v.lanewise(VectorOperators.ASHR, 31).and(bSign))
                    .add(bHalf)
                    .lanewise(VectorOperators.ASHR, bRight);
            u = u.add(v.mul(sign));
            u = u.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .mul(zFactor)
                    .add(1L << 30)
                    .lanewise(VectorOperators.LSHR, 31)
                    .and(LOW)
                    .or(u.reinterpretAsLongs()
                            .lanewise(VectorOperators.ASHR, 32)
                            .mul(zFactor)
                            .add(1L << 30)
                            .lanewise(VectorOperators.LSHL, 1)
                            .and(~LOW))
                    .reinterpretAsInts();
            u = u.add(u.lanewise(VectorOperators.ASHR, 31).and(zSign))
                    .add(zHalf)
                    .lanewise(VectorOperators.ASHR, zRight);
            u = u.add(sum.zeroPoint()).max(sum.lo()).min(sum.hi());
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

    /** z = a · b for as many elements as fill vectors; their number. */
    static int multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        long zFactor = product.multiplier();
        int zRight = -product.shift();
        int zHalf = (1 << zRight) >>> 1;
        int zSign = zRight > 0 ? -1 : 0;
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
            u = u.sub(product.zeroPointA()).mul(v.sub(product.zeroPointB()));
            u = u.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .mul(zFactor)
                    .add(1L << 30)
                    .lanewise(VectorOperators.LSHR, 31)
                    .and(LOW)
                    .or(u.reinterpretAsLongs()
                            .lanewise(VectorOperators.ASHR, 32)
                            .mul(zFactor)
                            .add(1L << 30)
                            .lanewise(VectorOperators.LSHL, 1)
                            .and(~LOW))
                    .reinterpretAsInts();
            u = u.add(u.lanewise(VectorOperators.ASHR, 31).and(zSign))
                    .add(zHalf)
                    .lanewise(VectorOperators.ASHR, zRight);
            u = u.add(product.zeroPoint()).max(product.lo()).min(product.hi());
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
