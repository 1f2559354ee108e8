package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.kernel.SingleRounding;

/**
 * B in panels {@code [panel][k][width]}: as many as fit of the main tile's width, then panels of one vector, the last one
 * filled up with zeros. A column block is a panel.
 */
final class VectorPackedMatrix extends PackedMatrix {
    /** Where a large array's data is 64-byte aligned under G1; elsewhere as good as any offset. */
    private static final int ALIGNED = 12;

    /** Rows of A that stay in the cache while the panels of B pass by; a multiple of every tile's height. */
    private static final int ROW_BLOCK = 96;

    private final GemmTiles tiles;
    private final int mainRows;
    private final int lanes;
    private final int width;
    private final int panels;
    private final int tails;
    private final float[] data;
    /** The last columns, which do not fill a vector, or null. */
    private final PartialTail partialTail;

    /** A matrix for these tiles, the main one where so many rows are left. */
    VectorPackedMatrix(GemmTiles tiles, int mainRows, int k, int n) {
        super(k, n);
        this.tiles = tiles;
        this.mainRows = mainRows;
        this.lanes = tiles.lanes();
        this.width = tiles.panelVectors() * lanes;
        this.panels = n / width;
        this.tails = (n - panels * width + lanes - 1) / lanes;
        this.data = new float[ALIGNED + Math.multiplyExact(k, panels * width + tails * lanes)];
        int last = columnBlocks() - 1;
        this.partialTail = n % lanes > 0 ? new PartialTail(tiles, data, dataOffset(last), column(last), n) : null;
    }

    /** Bytes of the data of such a matrix. */
    static long bytes(GemmTiles tiles, int k, int n) {
        int lanes = tiles.lanes();
        int width = tiles.panelVectors() * lanes;
        long full = n / width * width;
        long rest = (n - full + lanes - 1) / lanes * lanes;
        return Float.BYTES * (ALIGNED + k * (full + rest));
    }

    @Override
    public int columnBlocks() {
        return panels + tails;
    }

    @Override
    public int firstColumn(int block) {
        return Math.min(column(block), n());
    }

    /** The same in columns that fill vectors. */
    private int column(int block) {
        return block <= panels ? block * width : panels * width + (block - panels) * lanes;
    }

    private int dataOffset(int block) {
        return ALIGNED + k() * column(block);
    }

    @Override
    public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
        for (int block = fromBlock; block < toBlock; block++) {
            int panelWidth = block < panels ? width : lanes;
            int columns = Math.min(panelWidth, n() - column(block));
            int from = offset + column(block) * columnStride;
            if (columnStride == 1) {
                PanelPacking.copy(source, from, rowStride, data, dataOffset(block), panelWidth, k(), columns);
            } else {
                PanelPacking.transpose(
                        source, from, rowStride, columnStride, data, dataOffset(block), panelWidth, k(), columns);
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
        int mainEnd = Math.min(toBlock, panels);
        // the last columns first: they may be stored over the first ones of the rows that follow
        boolean overlap = fromBlock == 0 && toBlock == columnBlocks() && cStride == n() && initStride == 0 && init != c;
        for (int row = fromRow; row < toRow; row += ROW_BLOCK) {
            int end = Math.min(row + ROW_BLOCK, toRow);
            if (fromBlock < toBlock && toBlock == columnBlocks() && partialTail != null) {
                partialTail.multiply(
                        a, row, end, overlap, init, initOffset, initStride, c, cOffset, cStride, lo, hi, workspace);
            }
            if (rowTileIsCheaper(end - row, mainEnd - fromBlock)) {
                for (int i = row; i < end; i++) {
                    row(a, i, fromBlock, mainEnd, init, initOffset, initStride, c, cOffset, cStride, lo, hi);
                }
            } else {
                for (int block = fromBlock; block < mainEnd; block++) {
                    panel(a, row, end, block, init, initOffset, initStride, c, cOffset, cStride, lo, hi);
                }
            }
            for (int block = Math.max(fromBlock, panels); block < toBlock && column(block) + lanes <= n(); block++) {
                int start = initOffset + column(block);
                for (int i = row; i < end; i += tiles.tailRows()) {
                    PartialTail.tile(
                            tiles,
                            a,
                            i,
                            end - 1,
                            data,
                            dataOffset(block),
                            init,
                            start,
                            initStride,
                            c,
                            cOffset + column(block),
                            cStride,
                            lo,
                            hi);
                }
            }
        }
    }

    @Override
    public int multiplyRescaled(
            RowSource a,
            int fromRow,
            int toRow,
            int block,
            float[] init,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding) {
        int column = column(block);
        int end = column + (block < panels ? width : tiles.lanes());
        if (end > n() || !rounding.hasLines(column, end)) {
            return fromRow;
        }
        int b = dataOffset(block);
        return block < panels
                ? RescaledPanel.main(tiles, a, fromRow, toRow, data, b, init, column, c, cOffset, cStride, rounding)
                : RescaledPanel.tail(tiles, a, fromRow, toRow, data, b, init, column, c, cOffset, cStride, rounding);
    }

    /** Tiles of one row load a vector of B for each multiply-add, small ones for every fourth: they take half the time. */
    private boolean rowTileIsCheaper(int rows, int blocks) {
        int rowTiles = rows * ((blocks + tiles.rowPanels() - 1) / tiles.rowPanels());
        int smallTiles = blocks * ((rows + tiles.smallRows() - 1) / tiles.smallRows());
        return 2 * rowTiles < smallTiles;
    }

    private void row(
            RowSource a,
            int i,
            int fromBlock,
            int toBlock,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi) {
        int aRow = a.base() + a.rows()[i];
        for (int block = fromBlock; block < toBlock; block += tiles.rowPanels()) {
            int lastPanel = Math.min(toBlock - block, tiles.rowPanels()) - 1;
            tiles.multiplyRow(
                    a.data(),
                    aRow,
                    a.segments(),
                    a.segmentLength(),
                    data,
                    dataOffset(block),
                    k() * width,
                    lastPanel,
                    init,
                    initOffset + i * initStride + column(block),
                    c,
                    cOffset + i * cStride + column(block),
                    lo,
                    hi);
        }
    }

    private void panel(
            RowSource a,
            int fromRow,
            int toRow,
            int block,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi) {
        int bOffset = dataOffset(block);
        int initAt = initOffset + column(block);
        int cAt = cOffset + column(block);
        int small = tiles.smallRows();
        int i = fromRow;
        for (; toRow - i > mainRows - small; i += mainRows) {
            tiles.multiplyMain(
                    a.data(),
                    a.base(),
                    a.rows(),
                    i,
                    toRow - 1,
                    a.segments(),
                    a.segmentLength(),
                    data,
                    bOffset,
                    init,
                    initAt,
                    initStride,
                    c,
                    cAt,
                    cStride,
                    lo,
                    hi);
        }
        for (; i < toRow; i += small) {
            tiles.multiplySmall(
                    a.data(),
                    a.base(),
                    a.rows(),
                    i,
                    toRow - 1,
                    a.segments(),
                    a.segmentLength(),
                    data,
                    bOffset,
                    init,
                    initAt,
                    initStride,
                    c,
                    cAt,
                    cStride,
                    lo,
                    hi);
        }
    }
}
