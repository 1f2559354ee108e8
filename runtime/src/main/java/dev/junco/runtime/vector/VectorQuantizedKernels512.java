package dev.junco.runtime.vector;

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
    public void narrow(float[] x, int xOffset, int zeroPoint, byte[] y, int yOffset, int n) {
        int end = n - n % LANES;
        float shift = MAGIC + zeroPoint;
        for (int i = 0; i < end; i += LANES) {
            IntVector v = FloatVector.fromArray(F, x, xOffset + i).add(shift).reinterpretAsInts();
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
            NARROWER.narrow(x, xOffset + end, zeroPoint, y, yOffset + end, n - end);
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
