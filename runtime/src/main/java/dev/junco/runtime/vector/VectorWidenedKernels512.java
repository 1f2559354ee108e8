package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.DepthwiseGeometry;
import dev.junco.runtime.kernel.PlainWidenedKernels;
import dev.junco.runtime.kernel.QuantizedSum;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.SingleRounding;
import dev.junco.runtime.kernel.WidenedKernels;
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
 * Widened int8 values on 512-bit vectors. What does not fill a vector goes to the plain kernels: vectors of another width would spoil what C2 learns about
 * these. Four bytes are less than the narrowest vector and travel as an int.
 */
public final class VectorWidenedKernels512 implements WidenedKernels {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Integer> WORD = VectorSpecies.of(int.class, VectorShape.S_64_BIT);
    private static final int LANES = 16;
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES < 8 ? 64 : 8 * LANES));
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final WidenedKernels PLAIN = new PlainWidenedKernels();

    @Override
    public void expand(byte[] x, int xOffset, int zeroPoint, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        IntVector zero = IntVector.broadcast(I, zeroPoint);
        for (int i = 0; i < end; i += LANES) {
            IntVector v = LANES < 8
                    ? IntVector.broadcast(WORD, (int) WORDS.get(x, xOffset + i))
                            .reinterpretAsBytes()
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts()
                    : ByteVector.fromArray(B, x, xOffset + i)
                            .convertShape(VectorOperators.B2I, I, 0)
                            .reinterpretAsInts();
            v.lanewise(VectorOperators.SUB, zero)
                    .convertShape(VectorOperators.I2F, F, 0)
                    .reinterpretAsFloats()
                    .intoArray(y, yOffset + i);
        }
        PLAIN.expand(x, xOffset + end, zeroPoint, y, yOffset + end, n - end);
    }

    @Override
    public void narrow(float[] x, int xOffset, int zeroPoint, byte[] y, int yOffset, int n) {
        int end = n - n % LANES;
        FloatVector shift = FloatVector.broadcast(F, SingleRounding.MAGIC + zeroPoint);
        for (int i = 0; i < end; i += LANES) {
            IntVector v = FloatVector.fromArray(F, x, xOffset + i)
                    .lanewise(VectorOperators.ADD, shift)
                    .reinterpretAsInts();
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
        PLAIN.narrow(x, xOffset + end, zeroPoint, y, yOffset + end, n - end);
    }

    @Override
    public void prepare(Rescaling scaling) {
        SingleRounding rounding = scaling.singleRounding();
        if (!rounding.isReady()) {
            SingleRoundingSearch.fill(rounding);
        }
    }

    @Override
    public void rescale(Rescaling scaling, float[] acc, int accOffset, int accStride, int rows, int from, int to) {
        int done = 0;
        if (from == 0 && to == scaling.channels() && accStride == to && to % LANES > 0 && scaling.period() > to) {
            // rows one behind the other, of few channels: several are one row of whole vectors
            int period = scaling.period();
            int longRows = rows / (period / to);
            VectorRescaling512.rescale(scaling, acc, accOffset, period, longRows, 0, period);
            done = longRows * (period / to);
        }
        int first = accOffset + done * accStride;
        int end = VectorRescaling512.rescale(scaling, acc, first, accStride, rows - done, from, to);
        PLAIN.rescale(scaling, acc, first, accStride, rows - done, end, to);
    }

    @Override
    public boolean rescalesDepthwise(Rescaling scaling) {
        return scaling.channels() % LANES == 0;
    }

    @Override
    public void depthwise(
            DepthwiseGeometry g,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            Rescaling rescaling,
            float[] y,
            int yOffset) {
        VectorDepthwiseKernels512.rescaled(g, fromRow, toRow, x, xOffset, w, wOffset, rescaling, y, yOffset);
    }

    @Override
    public void add(QuantizedSum sum, float[] a, int aOffset, float[] b, int bOffset, float[] z, int zOffset, int n) {
        int end = VectorWidenedSums512.add(sum, a, aOffset, b, bOffset, z, zOffset, n);
        PLAIN.add(sum, a, aOffset + end, b, bOffset + end, z, zOffset + end, n - end);
    }
}
