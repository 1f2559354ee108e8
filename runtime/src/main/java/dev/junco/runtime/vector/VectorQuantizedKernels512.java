package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.QuantizedProduct;
import dev.junco.runtime.kernel.QuantizedSoftmax;
import dev.junco.runtime.kernel.QuantizedSum;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * int8 arithmetic on 512-bit vectors: a 256-bit vector of bytes widens to two vectors of int32 or float32. The last bytes of a
 * run overlap those before where the length is not a multiple. Shorter runs go to the next narrower class.
 */
public final class VectorQuantizedKernels512 implements QuantizedKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_256;
    private static final int LANES = 16;
    private static final int BYTES = 2 * LANES;
    private static final QuantizedKernels NARROWER = new VectorQuantizedKernels256();
    private static final QuantizedKernels PLAIN = new PlainQuantizedKernels();

    @Override
    public void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n) {
        if (n < BYTES) {
            NARROWER.expand(x, xOffset, zeroPoint, y, yOffset, n);
            return;
        }
        for (int i = 0, end = n - BYTES; ; i = Math.min(i + BYTES, end)) {
            ByteVector bytes = ByteVector.fromArray(B, x, xOffset + i);
            floats(bytes, 0).sub(zeroPoint).intoArray(y, yOffset + i);
            floats(bytes, 1).sub(zeroPoint).intoArray(y, yOffset + i + LANES);
            if (i == end) {
                return;
            }
        }
    }

    private static FloatVector floats(ByteVector bytes, int part) {
        return (FloatVector) bytes.convertShape(VectorOperators.B2F, F, part);
    }

    private static IntVector ints(ByteVector bytes, int part) {
        return (IntVector) bytes.convertShape(VectorOperators.B2I, I, part);
    }

    /** Two vectors of int32 in the range of int8, narrowed. */
    private static ByteVector bytes(IntVector low, IntVector high) {
        ByteVector first = (ByteVector) low.convertShape(VectorOperators.I2B, B, 0);
        ByteVector second = (ByteVector) high.convertShape(VectorOperators.I2B, B, -1);
        return first.or(second);
    }

    @Override
    public void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n) {
        if (n < BYTES) {
            NARROWER.dequantize(x, xOffset, scale, zeroPoint, y, yOffset, n);
            return;
        }
        for (int i = 0, end = n - BYTES; ; i = Math.min(i + BYTES, end)) {
            ByteVector bytes = ByteVector.fromArray(B, x, xOffset + i);
            floats(bytes, 0).sub(zeroPoint).mul(scale).intoArray(y, yOffset + i);
            floats(bytes, 1).sub(zeroPoint).mul(scale).intoArray(y, yOffset + i + LANES);
            if (i == end) {
                return;
            }
        }
    }

    @Override
    public void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n) {
        if (n < BYTES) {
            NARROWER.quantize(x, xOffset, scale, zeroPoint, y, yOffset, n);
            return;
        }
        for (int i = 0, end = n - BYTES; ; i = Math.min(i + BYTES, end)) {
            IntVector low = round(FloatVector.fromArray(F, x, xOffset + i).div(scale));
            IntVector high =
                    round(FloatVector.fromArray(F, x, xOffset + i + LANES).div(scale));
            bytes(clamp(low.add(zeroPoint), -128, 127), clamp(high.add(zeroPoint), -128, 127))
                    .intoArray(y, yOffset + i);
            if (i == end) {
                return;
            }
        }
    }

    /** Rounds by the exact remainder, because q + 0.5 can itself round up. */
    private static IntVector round(FloatVector q) {
        FloatVector bounded = q.blend(-1000f, q.compare(VectorOperators.LT, -1000f));
        bounded = bounded.blend(1000f, bounded.compare(VectorOperators.GT, 1000f));
        FloatVector whole =
                (FloatVector) bounded.convert(VectorOperators.F2I, 0).convert(VectorOperators.I2F, 0);
        FloatVector rest = bounded.sub(whole);
        FloatVector up = whole.add(1f, rest.compare(VectorOperators.GE, 0.5f));
        FloatVector rounded = up.sub(1f, rest.compare(VectorOperators.LE, -0.5f));
        return (IntVector) rounded.convert(VectorOperators.F2I, 0);
    }

    private static IntVector clamp(IntVector v, int lo, int hi) {
        return v.max(lo).min(hi);
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
        if (channels < BYTES) {
            NARROWER.requantize(
                    acc, accOffset, accStride, rows, channels, bias, multiplier, shift, zeroPoint, lo, hi, y, yOffset);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int in = accOffset + r * accStride;
            int out = yOffset + r * channels;
            for (int c = 0, end = channels - BYTES; ; c = Math.min(c + BYTES, end)) {
                IntVector low = requantize(acc, in + c, bias, multiplier, shift, c);
                IntVector high = requantize(acc, in + c + LANES, bias, multiplier, shift, c + LANES);
                bytes(clamp(low.add(zeroPoint), lo, hi), clamp(high.add(zeroPoint), lo, hi))
                        .intoArray(y, out + c);
                if (c == end) {
                    break;
                }
            }
        }
    }

    private static IntVector requantize(float[] acc, int in, int[] bias, int[] multiplier, int[] shift, int c) {
        IntVector sum = (IntVector) FloatVector.fromArray(F, acc, in).convert(VectorOperators.F2I, 0);
        IntVector biased = sum.add(IntVector.fromArray(I, bias, c));
        IntVector shifts = IntVector.fromArray(I, shift, c);
        return VectorFixedPoint512.multiply(biased, IntVector.fromArray(I, multiplier, c), shifts);
    }

    @Override
    public void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n) {
        PLAIN.lookup(x, xOffset, table, y, yOffset, n);
    }

    @Override
    public void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (n < BYTES) {
            NARROWER.add(sum, a, aOffset, b, bOffset, z, zOffset, n);
        } else {
            combine(sum, 1, a, aOffset, b, bOffset, z, zOffset, n);
        }
    }

    @Override
    public void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (n < BYTES) {
            NARROWER.subtract(sum, a, aOffset, b, bOffset, z, zOffset, n);
        } else {
            combine(sum, -1, a, aOffset, b, bOffset, z, zOffset, n);
        }
    }

    /** z = a + sign · b; the last bytes are computed first, because z may be a or b. */
    private static void combine(
            QuantizedSum sum, int sign, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        int end = n - BYTES;
        ByteVector last = combine(
                sum, sign, ByteVector.fromArray(B, a, aOffset + end), ByteVector.fromArray(B, b, bOffset + end));
        for (int i = 0; i < end; i += BYTES) {
            combine(sum, sign, ByteVector.fromArray(B, a, aOffset + i), ByteVector.fromArray(B, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    private static ByteVector combine(QuantizedSum sum, int sign, ByteVector a, ByteVector b) {
        return bytes(combine(sum, sign, ints(a, 0), ints(b, 0)), combine(sum, sign, ints(a, 1), ints(b, 1)));
    }

    private static IntVector combine(QuantizedSum sum, int sign, IntVector a, IntVector b) {
        IntVector scaledA = scale(a.sub(sum.zeroPointA()), sum.multiplierA(), sum.shiftA());
        IntVector scaledB = scale(b.sub(sum.zeroPointB()), sum.multiplierB(), sum.shiftB());
        IntVector result = VectorFixedPoint512.multiply(
                scaledA.add(scaledB.mul(sign)),
                IntVector.broadcast(I, sum.multiplier()),
                IntVector.broadcast(I, sum.shift()));
        return clamp(result.add(sum.zeroPoint()), sum.lo(), sum.hi());
    }

    private static IntVector scale(IntVector v, int multiplier, int shift) {
        return VectorFixedPoint512.multiply(
                v.lanewise(VectorOperators.LSHL, QuantizedSum.HEADROOM),
                IntVector.broadcast(I, multiplier),
                IntVector.broadcast(I, shift));
    }

    @Override
    public void multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (n < BYTES) {
            NARROWER.multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = n - BYTES;
        ByteVector last =
                multiply(product, ByteVector.fromArray(B, a, aOffset + end), ByteVector.fromArray(B, b, bOffset + end));
        for (int i = 0; i < end; i += BYTES) {
            multiply(product, ByteVector.fromArray(B, a, aOffset + i), ByteVector.fromArray(B, b, bOffset + i))
                    .intoArray(z, zOffset + i);
        }
        last.intoArray(z, zOffset + end);
    }

    private static ByteVector multiply(QuantizedProduct product, ByteVector a, ByteVector b) {
        return bytes(multiply(product, ints(a, 0), ints(b, 0)), multiply(product, ints(a, 1), ints(b, 1)));
    }

    private static IntVector multiply(QuantizedProduct product, IntVector a, IntVector b) {
        IntVector result = VectorFixedPoint512.multiply(
                a.sub(product.zeroPointA()).mul(b.sub(product.zeroPointB())),
                IntVector.broadcast(I, product.multiplier()),
                IntVector.broadcast(I, product.shift()));
        return clamp(result.add(product.zeroPoint()), product.lo(), product.hi());
    }

    @Override
    public void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns) {
        PLAIN.softmax(softmax, x, xOffset, y, yOffset, rows, columns);
    }
}
