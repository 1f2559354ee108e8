package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * B as bytes, for single rows of A: a quarter of the memory traffic, which is what such a product waits for. In panels {@code
 * [panel][k / 2][2][columns]} of two int32 vectors of columns; a column block is a panel.
 *
 * <p>Two products of a pair of depths fit int16 together, because no element of B is −128. The sums of the pairs stand in the
 * halves of int32 lanes: columns of the first vector in the low halves, those of the second in the high ones.
 */
final class VectorByteMatrix512 extends PackedMatrix {
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_256;
    private static final VectorSpecies<Short> S = ShortVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final int COLUMNS = 2 * LANES;

    private final int panels;
    private final int panelLength;
    private final byte[] data;

    VectorByteMatrix512(int k, int n) {
        super(k, n);
        this.panels = (n + COLUMNS - 1) / COLUMNS;
        this.panelLength = (k + 1) / 2 * 2 * COLUMNS;
        this.data = new byte[Math.multiplyExact(panels, panelLength)];
    }

    /** Bytes of the data of such a matrix. */
    static long bytes(int k, int n) {
        return (long) ((n + COLUMNS - 1) / COLUMNS) * ((k + 1) / 2 * 2) * COLUMNS;
    }

    /** One call with nothing to do. */
    static void idle() {
        panels(0, null, 0, null, 0, 0, null, 0, 0, null, 0, 0, 0, 0);
    }

    @Override
    public int columnBlocks() {
        return panels;
    }

    @Override
    public int firstColumn(int block) {
        return Math.min(block * COLUMNS, n());
    }

    @Override
    public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
        for (int block = fromBlock; block < toBlock; block++) {
            for (int p = 0; p < k(); p++) {
                int at = block * panelLength + p * COLUMNS;
                for (int lane = 0; lane < COLUMNS; lane++) {
                    int column = block * COLUMNS + lane % 2 * LANES + lane / 2;
                    data[at + lane] = column < n() ? (byte) source[offset + p * rowStride + column * columnStride] : 0;
                }
            }
        }
    }

    @Override
    public void multiply(
            RowSource a,
            int fromRow,
            int toRow,
            int fromBlock,
            int toBlock,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi,
            float[][] workspace) {
        for (int i = fromRow; i < toRow; i++) {
            int row = a.base() + a.rows()[i] + a.segments()[0];
            int start = initOffset + i * initStride;
            int target = cOffset + i * cStride;
            int whole = Math.min(toBlock, n() / COLUMNS);
            for (int block = fromBlock; block < whole; block += 2) {
                int next = Math.min(block + 1, whole - 1);
                panels(
                        k(),
                        a.data(),
                        row,
                        data,
                        block * panelLength,
                        next * panelLength,
                        init,
                        start + block * COLUMNS,
                        start + next * COLUMNS,
                        c,
                        target + block * COLUMNS,
                        target + next * COLUMNS,
                        lo,
                        hi);
            }
            if (whole < toBlock) {
                int first = whole * COLUMNS;
                int rest = n() - first;
                System.arraycopy(init, start + first, workspace[0], 0, rest);
                int at = whole * panelLength;
                panels(k(), a.data(), row, data, at, at, workspace[0], 0, 0, workspace[1], 0, 0, lo, hi);
                System.arraycopy(workspace[1], 0, c, target + first, rest);
            }
        }
    }

    /** A row by two panels, which may be the same. */
    private static void panels(
            int k,
            float[] a,
            int aOffset,
            byte[] b,
            int b0,
            int b1,
            float[] init,
            int init0,
            int init1,
            float[] c,
            int c0,
            int c1,
            float lo,
            float hi) {
        if (k == 0) {
            return; // a call of the warm-up
        }
        IntVector sum00 = IntVector.zero(I);
        IntVector sum01 = IntVector.zero(I);
        IntVector sum10 = IntVector.zero(I);
        IntVector sum11 = IntVector.zero(I);
        for (int p = 0; p < k; p += 2) {
            ShortVector x = ShortVector.broadcast(S, (short) a[aOffset + p]);
            // B is zero where the depth is odd and ends
            ShortVector y = ShortVector.broadcast(S, (short) a[aOffset + Math.min(p + 1, k - 1)]);
            int at = p * COLUMNS;
            IntVector pair0 = ByteVector.fromArray(B, b, b0 + at)
                    .convertShape(VectorOperators.B2S, S, 0)
                    .reinterpretAsShorts()
                    .mul(x)
                    .add(ByteVector.fromArray(B, b, b0 + at + COLUMNS)
                            .convertShape(VectorOperators.B2S, S, 0)
                            .reinterpretAsShorts()
                            .mul(y))
                    .reinterpretAsInts();
            IntVector pair1 = ByteVector.fromArray(B, b, b1 + at)
                    .convertShape(VectorOperators.B2S, S, 0)
                    .reinterpretAsShorts()
                    .mul(x)
                    .add(ByteVector.fromArray(B, b, b1 + at + COLUMNS)
                            .convertShape(VectorOperators.B2S, S, 0)
                            .reinterpretAsShorts()
                            .mul(y))
                    .reinterpretAsInts();
            sum00 = pair0.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .add(sum00);
            sum01 = pair0.lanewise(VectorOperators.ASHR, 16).add(sum01);
            sum10 = pair1.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .add(sum10);
            sum11 = pair1.lanewise(VectorOperators.ASHR, 16).add(sum11);
        }
        // zero plus a sum is the sum, of a class that C2 knows
        IntVector nothing = IntVector.zero(I);
        FloatVector low = FloatVector.broadcast(F, lo);
        FloatVector high = FloatVector.broadcast(F, hi);
        FloatVector v00 = nothing.add(sum00)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .add(FloatVector.fromArray(F, init, init0));
        v00 = v00.blend(low, v00.compare(VectorOperators.LE, low));
        v00.blend(high, v00.compare(VectorOperators.GT, high)).intoArray(c, c0);
        FloatVector v01 = nothing.add(sum01)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .add(FloatVector.fromArray(F, init, init0 + LANES));
        v01 = v01.blend(low, v01.compare(VectorOperators.LE, low));
        v01.blend(high, v01.compare(VectorOperators.GT, high)).intoArray(c, c0 + LANES);
        FloatVector v10 = nothing.add(sum10)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .add(FloatVector.fromArray(F, init, init1));
        v10 = v10.blend(low, v10.compare(VectorOperators.LE, low));
        v10.blend(high, v10.compare(VectorOperators.GT, high)).intoArray(c, c1);
        FloatVector v11 = nothing.add(sum11)
                .convertShape(VectorOperators.I2F, F, 0)
                .reinterpretAsFloats()
                .add(FloatVector.fromArray(F, init, init1 + LANES));
        v11 = v11.blend(low, v11.compare(VectorOperators.LE, low));
        v11.blend(high, v11.compare(VectorOperators.GT, high)).intoArray(c, c1 + LANES);
    }
}
