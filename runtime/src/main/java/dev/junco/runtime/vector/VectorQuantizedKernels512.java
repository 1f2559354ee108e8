package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.QuantizedKernels;
import dev.junco.runtime.kernel.QuantizedProduct;
import dev.junco.runtime.kernel.QuantizedSoftmax;
import dev.junco.runtime.kernel.QuantizedSum;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * int8 arithmetic on 512-bit vectors of int32 or float32. What does not fill a vector goes to the plain kernels: vectors of another width would spoil
 * what C2 learns about these.
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
    private static final VectorWidenedKernels512 WIDENED = new VectorWidenedKernels512();
    private static final QuantizedKernels PLAIN = new PlainQuantizedKernels();

    /** 1.5 · 2²³: what is added to it is rounded to an integer, which then stands in the low bits. */
    private static final float MAGIC = 12582912f;

    private static final int MAGIC_BITS = 0x4b400000;

    @Override
    public void dequantize(byte[] x, int xOffset, float scale, int zeroPoint, float[] y, int yOffset, int n) {
        WIDENED.expand(x, xOffset, zeroPoint, y, yOffset, n);
        int end = n - n % LANES;
        FloatVector factor = FloatVector.broadcast(F, scale);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, y, yOffset + i)
                    .lanewise(VectorOperators.MUL, factor)
                    .intoArray(y, yOffset + i);
        }
        for (int i = end; i < n; i++) {
            y[yOffset + i] *= scale;
        }
    }

    /** Adding MAGIC rounds halves to even; those it rounded down go up, and the sign comes last. */
    @Override
    public void quantize(float[] x, int xOffset, float scale, int zeroPoint, byte[] y, int yOffset, int n) {
        int end = n - n % LANES;
        FloatVector divisor = FloatVector.broadcast(F, scale);
        FloatVector most = FloatVector.broadcast(F, 1000f);
        FloatVector nothing = FloatVector.broadcast(F, 0f);
        FloatVector one = FloatVector.broadcast(F, 1f);
        FloatVector half = FloatVector.broadcast(F, 0.5f);
        FloatVector magic = FloatVector.broadcast(F, MAGIC);
        IntVector zero = IntVector.broadcast(I, zeroPoint);
        IntVector lo = IntVector.broadcast(I, Byte.MIN_VALUE);
        IntVector hi = IntVector.broadcast(I, Byte.MAX_VALUE);
        IntVector bits = IntVector.broadcast(I, MAGIC_BITS);
        IntVector sign = IntVector.broadcast(I, 31);
        for (int i = 0; i < end; i += LANES) {
            FloatVector q = FloatVector.fromArray(F, x, xOffset + i).lanewise(VectorOperators.DIV, divisor);
            FloatVector size = q.lanewise(VectorOperators.ABS);
            size = size.blend(most, size.compare(VectorOperators.GT, most));
            size = size.blend(nothing, size.compare(VectorOperators.NE, size));
            FloatVector even = size.lanewise(VectorOperators.ADD, magic).lanewise(VectorOperators.SUB, magic);
            FloatVector rounded = even.blend(
                    even.lanewise(VectorOperators.ADD, one),
                    size.lanewise(VectorOperators.SUB, even).compare(VectorOperators.EQ, half));
            IntVector whole = rounded.lanewise(VectorOperators.ADD, magic)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.SUB, bits);
            IntVector negative = q.reinterpretAsInts().lanewise(VectorOperators.ASHR, sign);
            IntVector v = whole.lanewise(VectorOperators.XOR, negative)
                    .lanewise(VectorOperators.SUB, negative)
                    .lanewise(VectorOperators.ADD, zero)
                    .lanewise(VectorOperators.MAX, lo)
                    .lanewise(VectorOperators.MIN, hi);
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
        PLAIN.quantize(x, xOffset + end, scale, zeroPoint, y, yOffset + end, n - end);
    }

    @Override
    public void lookup(byte[] x, int xOffset, byte[] table, byte[] y, int yOffset, int n) {
        PLAIN.lookup(x, xOffset, table, y, yOffset, n);
    }

    @Override
    public void add(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        int end = VectorQuantizedSums512.combine(sum, 1, a, aOffset, b, bOffset, z, zOffset, n);
        PLAIN.add(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
    }

    @Override
    public void subtract(QuantizedSum sum, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        int end = VectorQuantizedSums512.combine(sum, -1, a, aOffset, b, bOffset, z, zOffset, n);
        PLAIN.subtract(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
    }

    @Override
    public void multiply(
            QuantizedProduct product, byte[] a, int aOffset, byte[] b, int bOffset, byte[] z, int zOffset, int n) {
        if (!VectorInt8Products512.serves(product)) {
            PLAIN.multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
            return;
        }
        int end = VectorInt8Products512.multiply(product, a, aOffset, b, bOffset, z, zOffset, n);
        PLAIN.multiply(product, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
    }

    @Override
    public void softmax(QuantizedSoftmax softmax, byte[] x, int xOffset, byte[] y, int yOffset, int rows, int columns) {
        PLAIN.softmax(softmax, x, xOffset, y, yOffset, rows, columns);
    }
}
