package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;

/** Matrix products of register tiles over vectors. */
final class VectorGemmKernels implements GemmKernels {
    /** Depth after which C is stored and loaded again, so that a panel of B stays in the first cache. */
    private static final int DEPTH_BLOCK = 256;

    private static final float[] NOTHING = {};
    private static final int[] NO_ROWS = {};

    /** More rows than there are: without the main tile. */
    private static final int NEVER = 1 << 30;

    private final GemmTiles tiles;
    private final int mainRows;
    private final GemmKernels whole;
    private final GemmKernels soonest;

    /** Kernels on these tiles. */
    VectorGemmKernels(GemmTiles tiles) {
        this.tiles = tiles;
        this.mainRows = tiles.mainRows();
        this.whole = this;
        this.soonest = new VectorGemmKernels(this);
    }

    /** Without the main tile. */
    private VectorGemmKernels(VectorGemmKernels whole) {
        this.tiles = whole.tiles;
        this.mainRows = NEVER;
        this.whole = whole;
        this.soonest = this;
    }

    @Override
    public GemmKernels soonest() {
        return soonest;
    }

    @Override
    public GemmKernels packer(boolean inBytes) {
        return inBytes ? whole : this;
    }

    @Override
    public PackedMatrix allocate(int k, int n) {
        return new VectorPackedMatrix(tiles, mainRows, k, n);
    }

    @Override
    public PackedMatrix allocateBytes(int k, int n) {
        switch (tiles.lanes()) {
            case 16:
                return new VectorByteMatrix512(k, n);
            case 8:
                return new VectorByteMatrix256(k, n);
            default:
                return new VectorByteMatrix128(k, n);
        }
    }

    @Override
    public long packedBytes(int k, int n, boolean bytes) {
        if (!bytes) {
            return VectorPackedMatrix.bytes(tiles, k, n);
        }
        switch (tiles.lanes()) {
            case 16:
                return VectorByteMatrix512.bytes(k, n);
            case 8:
                return VectorByteMatrix256.bytes(k, n);
            default:
                return VectorByteMatrix128.bytes(k, n);
        }
    }

    @Override
    public void idle() {
        float[] none = NOTHING;
        int[] rows = NO_ROWS;
        tiles.idleClamps(none);
        tiles.multiplySmall(none, 0, rows, 1, 0, rows, 0, none, 0, none, 0, 0, none, 0, 0, 0, 0);
        tiles.multiplyTail(none, 0, rows, 1, 0, rows, 0, none, 0, none, 0, 0, none, 0, 0, 0, 0);
        tiles.multiplyRow(none, 0, rows, 0, none, 0, 0, -1, none, 0, none, 0, 0, 0);
    }

    @Override
    public void idleMain() {
        tiles.multiplyMain(NOTHING, 0, NO_ROWS, 1, 0, NO_ROWS, 0, NOTHING, 0, NOTHING, 0, 0, NOTHING, 0, 0, 0, 0);
    }

    @Override
    public void idleBytes() {
        switch (tiles.lanes()) {
            case 16:
                VectorByteMatrix512.idle();
                break;
            case 8:
                VectorByteMatrix256.idle();
                break;
            default:
                VectorByteMatrix128.idle();
        }
    }

    @Override
    public boolean rescales() {
        return true;
    }

    @Override
    public void idleRescaled() {
        float[] none = NOTHING;
        int[] rows = NO_ROWS;
        tiles.multiplyRescaled(none, 0, rows, 1, 0, rows, 0, none, 0, none, 0, 0, none, 0, 0, null, 0);
        tiles.multiplyRescaledTail(none, 0, rows, 1, 0, rows, 0, none, 0, none, 0, 0, none, 0, 0, null, 0);
    }

    @Override
    public void multiplyTransposed(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            int n,
            float[] c,
            int cOffset,
            int cStride,
            float[][] workspace) {
        if (fromRow >= toRow) {
            return;
        }
        int lanes = tiles.lanes();
        int width = tiles.panelVectors() * lanes;
        for (int p = fromDepth; p < toDepth; p += DEPTH_BLOCK) {
            int end = Math.min(p + DEPTH_BLOCK, toDepth);
            int j = 0;
            for (; j + width <= n; j += width) {
                panel(a, fromRow, toRow, p, end, b, bOffset + j, bStride, c, cOffset + j, cStride);
            }
            for (; j + lanes <= n; j += lanes) {
                vector(a, fromRow, toRow, p, end, b, bOffset + j, bStride, c, cOffset + j, cStride);
            }
            if (j < n) {
                partialVector(
                        a, fromRow, toRow, p, end, b, bOffset + j, bStride, n - j, c, cOffset + j, cStride, workspace);
            }
        }
    }

    private void panel(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        int main = tiles.mainRows();
        int i = fromRow;
        while (i < toRow) {
            if (i + main <= toRow && i % a.segmentLength() + main <= a.segmentLength()) {
                tiles.transposedMain(
                        a.data(),
                        a.base(),
                        a.rows(),
                        fromDepth,
                        toDepth,
                        a.segments(),
                        a.segmentLength(),
                        i,
                        toRow - 1,
                        b,
                        bOffset,
                        bStride,
                        c,
                        cOffset,
                        cStride);
                i += main;
            } else {
                tiles.transposedSmall(
                        a.data(),
                        a.base(),
                        a.rows(),
                        fromDepth,
                        toDepth,
                        a.segments(),
                        a.segmentLength(),
                        i,
                        toRow - 1,
                        b,
                        bOffset,
                        bStride,
                        c,
                        cOffset,
                        cStride);
                i += tiles.smallRows();
            }
        }
    }

    private void vector(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        for (int i = fromRow; i < toRow; i += tiles.tailRows()) {
            tiles.transposedTail(
                    a.data(),
                    a.base(),
                    a.rows(),
                    fromDepth,
                    toDepth,
                    a.segments(),
                    a.segmentLength(),
                    i,
                    toRow - 1,
                    b,
                    bOffset,
                    bStride,
                    c,
                    cOffset,
                    cStride);
        }
    }

    /**
     * The last columns, with C in a scratch tile. Rows of B are read beyond the last column, into lanes that nobody
     * stores; only the rows where that would leave the array are copied.
     */
    private void partialVector(
            RowSource a,
            int fromRow,
            int toRow,
            int fromDepth,
            int toDepth,
            float[] b,
            int bOffset,
            int bStride,
            int columns,
            float[] c,
            int cOffset,
            int cStride,
            float[][] workspace) {
        int lanes = tiles.lanes();
        float[] tile = workspace[0];
        float[] rest = workspace[1];
        int inside = fromDepth;
        int room = b.length - lanes - bOffset;
        if (room >= 0) {
            inside = Math.max(fromDepth, Math.min(toDepth, room / bStride + 1));
        }
        copy(b, bOffset + inside * bStride, bStride, rest, 0, lanes, toDepth - inside, columns);
        for (int i = fromRow; i < toRow; i += tiles.tailRows()) {
            int end = Math.min(i + tiles.tailRows(), toRow);
            int at = cOffset + i * cStride;
            copy(c, at, cStride, tile, 0, lanes, end - i, columns);
            vector(a, i, end, fromDepth, inside, b, bOffset, bStride, tile, -i * lanes, lanes);
            vector(a, i, end, inside, toDepth, rest, -inside * lanes, lanes, tile, -i * lanes, lanes);
            copy(tile, 0, lanes, c, at, cStride, end - i, columns);
        }
    }

    /** Copies a block of {@code rows} × {@code columns}. */
    static void copy(
            float[] from,
            int fromOffset,
            int fromStride,
            float[] to,
            int toOffset,
            int toStride,
            int rows,
            int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + i * toStride + j] = from[fromOffset + i * fromStride + j];
            }
        }
    }
}
