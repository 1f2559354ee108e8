package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.QuantizedProduct;
import dev.junco.runtime.kernel.QuantizedSoftmax;
import dev.junco.runtime.kernel.QuantizedSum;
import dev.junco.runtime.kernel.Rescaling;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * int8 arithmetic on 512-bit vectors of int32 or float32. What does not fill a vector goes to the next narrower class,
 * or else the last vector overlaps the one before.
 *
 * <p>Each loop is written out without calls, because C2 stops inlining methods of ours (not those of the vector API)
 * where a method has become large, and a vector that crosses a call is an object. Floats become integers by the
 * addition of {@link #MAGIC}, because C2 does not compile that conversion well. Four bytes are less than the narrowest
 * vector and travel as an int.
 */
public final class VectorQuantizedKernels512 implements QuantizedKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Integer> WORD = VectorSpecies.of(int.class, VectorShape.S_64_BIT);
    private static final int LANES = 16;
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES < 8 ? 64 : 8 * LANES));
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final QuantizedKernels NARROWER = new VectorQuantizedKernels256();
    private static final QuantizedKernels PLAIN = new PlainQuantizedKernels();

    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    private static final float MAGIC = 12582912f;

    private static final int MAGIC_BITS = 0x4b400000;

    /** Rows that are estimated together: one bit of a long each, the highest one kept free. */
    private static final int MOST_ROWS = 63;

    /** An estimate begins with about as much work as so many rows. */
    private static final int WORTH_ESTIMATING = 4;

    /** No row is settled. */
    private static final long ALL = -1;

    /** Half the distance of 1 and the next float. */
    private static final float ULP = 1f / (1 << 24);

    private static final int QUARTER = 0x3e800000;

    /** The low half of a 64-bit lane. */
    private static final long LOW = 0xffffffffL;

    @Override
    public void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            IntVector v = LANES < 8
                    ? IntVector.broadcast(WORD, (int) WORDS.get(x, xOffset + i))
                            .reinterpretAsBytes()
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts()
                    : ByteVector.fromArray(B, x, xOffset + i)
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts();
            v.sub(zeroPoint)
                    .convertShape(VectorOperators.I2F, F, 0)
                    .reinterpretAsFloats()
                    .intoArray(y, yOffset + i);
        }
        if (end < n) {
            NARROWER.expand(x, xOffset + end, zeroPoint, y, yOffset + end, n - end);
        }
    }

    @Override
    public void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n) {
        expand(x, xOffset, zeroPoint, y, yOffset, n);
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, y, yOffset + i).mul(scale).intoArray(y, yOffset + i);
        }
        for (int i = end; i < n; i++) {
            y[yOffset + i] *= scale;
        }
    }

    /** Adding MAGIC rounds halves to even; those it rounded down go up, and the sign comes last. */
    @Override
    public void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector q = FloatVector.fromArray(F, x, xOffset + i).div(scale);
            FloatVector size = q.abs();
            size = size.blend(1000f, size.compare(VectorOperators.GT, 1000f));
            size = size.blend(0f, size.compare(VectorOperators.NE, size));
            FloatVector even = size.add(MAGIC).sub(MAGIC);
            FloatVector rounded = even.add(1f, size.sub(even).compare(VectorOperators.EQ, 0.5f));
            IntVector whole = rounded.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS);
            IntVector negative = q.reinterpretAsInts().lanewise(VectorOperators.ASHR, 31);
            IntVector v = whole.lanewise(VectorOperators.XOR, negative).sub(negative);
            v = v.add(zeroPoint).max(Byte.MIN_VALUE).min(Byte.MAX_VALUE);
            if (LANES < 8) {
                WORDS.set(
                        y,
                        yOffset + i,
                        v.convertShape(VectorOperators.I2B, B, 0)
                                .reinterpretAsInts()
                                .lane(0));
            } else {
                v.convertShape(VectorOperators.I2B, B, 0).reinterpretAsBytes().intoArray(y, yOffset + i);
            }
        }
        if (end < n) {
            NARROWER.quantize(x, xOffset + end, scale, zeroPoint, y, yOffset + end, n - end);
        }
    }

    @Override
    public void requantize(
            float[] acc,
            int accOffset,
            int accStride,
            int rows,
            int channels,
            int[] bias,
            int[] multiplier,
            int[] shift,
            int zeroPoint,
            int lo,
            int hi,
            byte[] y,
            int yOffset) {
        if (channels < LANES) {
            NARROWER.requantize(
                    acc, accOffset, accStride, rows, channels, bias, multiplier, shift, zeroPoint, lo, hi, y, yOffset);
            return;
        }
        int last = channels - LANES;
        for (int first = 0; first < rows; first += MOST_ROWS) {
            int n = Math.min(rows - first, MOST_ROWS);
            for (int block = 0; block < channels; block += LANES) {
                int c = Math.min(block, last);
                int in = accOffset + first * accStride + c;
                int out = yOffset + first * channels + c;
                long open = n < WORTH_ESTIMATING
                        ? ALL
                        : estimate(
                                acc, in, accStride, n, bias, multiplier, shift, c, zeroPoint, lo, hi, y, out, channels);
                if (open == ALL) {
                    column(acc, in, accStride, n, bias, multiplier, shift, c, zeroPoint, lo, hi, y, out, channels);
                    continue;
                }
                while (open != 0) {
                    int r = Long.numberOfTrailingZeros(open);
                    open &= open - 1;
                    settle(
                            acc,
                            in + r * accStride,
                            bias,
                            multiplier,
                            shift,
                            c,
                            zeroPoint,
                            lo,
                            hi,
                            y,
                            out + r * channels);
                }
            }
        }
    }

    /** One row of as many channels as there are lanes, in integers; rare, so it must not need to be compiled to be fast. */
    private static void settle(
            float[] acc,
            int accOffset,
            int[] bias,
            int[] multiplier,
            int[] shift,
            int channel,
            int zeroPoint,
            int lo,
            int hi,
            byte[] y,
            int yOffset) {
        for (int i = 0; i < LANES; i++) {
            int sum = (int) acc[accOffset + i] + bias[channel + i];
            int scaled = zeroPoint + FixedPoint.multiply(sum, multiplier[channel + i], shift[channel + i]);
            y[yOffset + i] = (byte) Math.min(Math.max(scaled, lo), hi);
        }
    }

    /**
     * As many channels as there are lanes, for factors below 1/8, by float arithmetic. The two roundings of the
     * specification together are one at the halves, for a number whose size is first enlarged by half a unit of the
     * first rounding: 2^(shift − 1). The float result is off by at most 2⁻²⁴ times 4 |bias · factor| + 3 |result| + 1,
     * and where the result is beyond 256 it is clamped anyway; rows with a lane as near to a half as that are left open.
     *
     * @return a bit for each row that is left open, all of them where a factor or bias does not suit
     */
    private static long estimate(
            float[] acc,
            int accOffset,
            int accStride,
            int rows,
            int[] bias,
            int[] multiplier,
            int[] shift,
            int channel,
            int zeroPoint,
            int lo,
            int hi,
            byte[] y,
            int yOffset,
            int yStride) {
        IntVector exponent = IntVector.fromArray(I, shift, channel);
        IntVector wholeBias = IntVector.fromArray(I, bias, channel);
        FloatVector factor = IntVector.fromArray(I, multiplier, channel)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .mul(exponent.add(127 - 31).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
        FloatVector start = wholeBias
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .mul(factor);
        FloatVector limit = start.abs().mul(-4 * ULP).add(0.5f - 800 * ULP);
        IntVector half = exponent.add(127 - 1).lanewise(VectorOperators.LSHL, 23);
        boolean suits = exponent.compare(VectorOperators.LE, -3)
                .and(wholeBias.compare(VectorOperators.LT, 1 << 30))
                .and(wholeBias.compare(VectorOperators.GT, -(1 << 30)))
                .and(limit.reinterpretAsInts().compare(VectorOperators.GT, QUARTER))
                .allTrue();
        if (!suits) {
            return ALL;
        }
        long open = 0;
        for (int r = 0; r < rows; r++) {
            FloatVector scaled = FloatVector.fromArray(F, acc, accOffset + r * accStride)
                    .lanewise(VectorOperators.FMA, factor, start);
            FloatVector larger = scaled.add(
                    scaled.reinterpretAsInts().and(Integer.MIN_VALUE).or(half).reinterpretAsFloats());
            FloatVector whole = larger.add(MAGIC);
            if (larger.sub(whole.sub(MAGIC))
                    .abs()
                    .compare(VectorOperators.GT, limit)
                    .anyTrue()) {
                open |= 1L << r;
            }
            IntVector v = whole.reinterpretAsInts()
                    .sub(MAGIC_BITS - zeroPoint)
                    .max(lo)
                    .min(hi);
            if (LANES < 8) {
                WORDS.set(
                        y,
                        yOffset + r * yStride,
                        v.convertShape(VectorOperators.I2B, B, 0)
                                .reinterpretAsInts()
                                .lane(0));
            } else {
                v.convertShape(VectorOperators.I2B, B, 0).reinterpretAsBytes().intoArray(y, yOffset + r * yStride);
            }
        }
        return open;
    }

    /**
     * All rows of as many channels as there are lanes. A sum is split into a multiple of 4096 and the rest, each small
     * enough for MAGIC. Lanes with even and with odd numbers are multiplied apart, as the halves of 64-bit lanes, so
     * that nothing moves across lanes.
     */
    private static void column(
            float[] acc,
            int accOffset,
            int accStride,
            int rows,
            int[] bias,
            int[] multiplier,
            int[] shift,
            int channel,
            int zeroPoint,
            int lo,
            int hi,
            byte[] y,
            int yOffset,
            int yStride) {
        IntVector start = IntVector.fromArray(I, bias, channel).sub(MAGIC_BITS).sub(MAGIC_BITS << 12);
        IntVector left = IntVector.fromArray(I, shift, channel).max(0);
        IntVector right = IntVector.fromArray(I, shift, channel).neg().max(0);
        LongVector factors = IntVector.fromArray(I, multiplier, channel).reinterpretAsLongs();
        LongVector evenFactors = factors.and(LOW);
        LongVector oddFactors = factors.lanewise(VectorOperators.LSHR, 32);
        IntVector mask =
                IntVector.broadcast(I, -1).lanewise(VectorOperators.LSHL, right).not();
        IntVector threshold = mask.lanewise(VectorOperators.LSHR, 1);
        for (int r = 0; r < rows; r++) {
            FloatVector sum = FloatVector.fromArray(F, acc, accOffset + r * accStride);
            FloatVector high = sum.mul(1f / 4096).add(MAGIC);
            FloatVector low =
                    high.sub(MAGIC).lanewise(VectorOperators.FMA, -4096f, sum).add(MAGIC);
            IntVector v = high.reinterpretAsInts().lanewise(VectorOperators.LSHL, 12);
            v = v.add(low.reinterpretAsInts()).add(start).lanewise(VectorOperators.LSHL, left);

            LongVector pairs = v.reinterpretAsLongs();
            LongVector even = pairs.lanewise(VectorOperators.LSHL, 32)
                    .lanewise(VectorOperators.ASHR, 32)
                    .mul(evenFactors)
                    .add(1L << 30)
                    .lanewise(VectorOperators.LSHR, 31)
                    .and(LOW);
            LongVector odd = pairs.lanewise(VectorOperators.ASHR, 32)
                    .mul(oddFactors)
                    .add(1L << 30)
                    .lanewise(VectorOperators.LSHL, 1)
                    .and(~LOW);
            v = even.or(odd).reinterpretAsInts();

            // one more where the rest is above the threshold: the sign of a difference that cannot overflow
            IntVector bound = threshold.sub(v.lanewise(VectorOperators.ASHR, 31));
            IntVector carry = bound.sub(v.and(mask)).lanewise(VectorOperators.LSHR, 31);
            v = v.lanewise(VectorOperators.ASHR, right).add(carry);
            v = v.add(zeroPoint).max(lo).min(hi);
            if (LANES < 8) {
                WORDS.set(
                        y,
                        yOffset + r * yStride,
                        v.convertShape(VectorOperators.I2B, B, 0)
                                .reinterpretAsInts()
                                .lane(0));
            } else {
                v.convertShape(VectorOperators.I2B, B, 0).reinterpretAsBytes().intoArray(y, yOffset + r * yStride);
            }
        }
    }

    @Override
    public void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        int end = VectorWidened512.rescale(scaling, acc, accOffset, accStride, rows, from, to);
        if (end < to) {
            NARROWER.rescale(scaling, acc, accOffset, accStride, rows, end, to);
        }
    }

    @Override
    public void add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        int end = VectorWidened512.add(sum, a, aOffset, b, bOffset, z, zOffset, n);
        if (end < n) {
            NARROWER.add(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        }
    }

    @Override
    public void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n) {
        PLAIN.lookup(x, xOffset, table, y, yOffset, n);
    }

    @Override
    public void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (!VectorQuantizedPairs512.serves(sum)) {
            PLAIN.add(sum, a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = VectorQuantizedSums512.combine(sum, 1, a, aOffset, b, bOffset, z, zOffset, n);
        end += VectorQuantizedPairs512.combine(sum, 1, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        if (end < n) {
            NARROWER.add(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        }
    }

    @Override
    public void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (!VectorQuantizedPairs512.serves(sum)) {
            PLAIN.subtract(sum, a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = VectorQuantizedSums512.combine(sum, -1, a, aOffset, b, bOffset, z, zOffset, n);
        end += VectorQuantizedPairs512.combine(sum, -1, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        if (end < n) {
            NARROWER.subtract(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        }
    }

    @Override
    public void multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (!VectorQuantizedPairs512.serves(product)) {
            PLAIN.multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = VectorQuantizedPairs512.multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
        if (end < n) {
            NARROWER.multiply(product, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
        }
    }

    @Override
    public void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns) {
        PLAIN.softmax(softmax, x, xOffset, y, yOffset, rows, columns);
    }
}
