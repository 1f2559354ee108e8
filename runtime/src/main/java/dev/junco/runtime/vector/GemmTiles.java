package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.SingleRounding;

/**
 * Register tiles of matrix products for one vector width; the implementations are generated. Each call computes one tile. Rows
 * past {@code last} are the row {@code last} again: loaded before anything is stored, computed and stored twice with
 * the same value, so that a tile may be taller than what is left. A tile whose first row is past {@code last} does nothing.
 *
 * <p>Main and small tiles are {@link #panelVectors} vectors wide, tail tiles are one vector wide. All load and store whole vectors:
 * masked ones make methods that C1 refuses, and processors without masks cannot do them.
 */
interface GemmTiles {
    /** Floats in a vector. */
    int lanes();

    /** Vectors in a panel. */
    int panelVectors();

    int mainRows();

    /** Rows of {@link #multiplyRescaled}. */
    int rescaledRows();

    int smallRows();

    int tailRows();

    /** Panels that {@link #multiplyRow} covers. */
    int rowPanels();

    /**
     * C = clamp(init + A·B) for rows {@code row …} of one panel.
     *
     * @param base added to {@code rows} and {@code segments}, as in {@link dev.junco.runtime.kernel.RowSource}
     * @param b packed panel {@code [k][width]} from {@code bOffset}
     * @param initOffset init of row 0 in the panel's first column
     * @param cOffset element of C of row 0 in the panel's first column
     */
    void multiplyMain(
            float[] a,
            int base,
            int[] rows,
            int row,
            int last,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi);

    /**
     * {@link #multiplyMain} of integers, without bounds, and their results.
     *
     * @param rounding has lines for all channels of the panel, the first of which is {@code channel}; its results are from 0 on
     */
    void multiplyRescaled(
            float[] a,
            int base,
            int[] rows,
            int row,
            int last,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding,
            int channel);

    /** {@link #multiplyRescaled} with a panel of one vector and {@link #tailRows} rows. */
    void multiplyRescaledTail(
            float[] a,
            int base,
            int[] rows,
            int row,
            int last,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            SingleRounding rounding,
            int channel);

    /** {@link #multiplyMain} with fewer rows. */
    void multiplySmall(
            float[] a,
            int base,
            int[] rows,
            int row,
            int last,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi);

    /** {@link #multiplyMain} for a panel of one vector. */
    void multiplyTail(
            float[] a,
            int base,
            int[] rows,
            int row,
            int last,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            float[] init,
            int initOffset,
            int initStride,
            float[] c,
            int cOffset,
            int cStride,
            float lo,
            float hi);

    /** Calls what bounds stored tiles, with nothing to do. */
    void idleClamps(float[] none);

    /**
     * One row of C over several panels.
     *
     * @param aRow start of the row of A
     * @param panelLength distance of two panels in {@code b}
     * @param lastPanel index of the last panel, counted from the one at {@code bOffset}; nothing is done if it is negative
     */
    void multiplyRow(
            float[] a,
            int aRow,
            int[] segments,
            int segmentLength,
            float[] b,
            int bOffset,
            int panelLength,
            int lastPanel,
            float[] init,
            int initOffset,
            float[] c,
            int cOffset,
            float lo,
            float hi);

    /**
     * C += Aᵀ·B over the depth {@code [fromDepth, toDepth)} for rows {@code row …} of C and a panel's width of columns. All
     * rows of the tile must exist and belong to one segment of A.
     */
    void transposedMain(
            float[] a,
            int base,
            int[] rows,
            int fromDepth,
            int toDepth,
            int[] segments,
            int segmentLength,
            int row,
            int last,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride);

    /** {@link #transposedMain} with fewer rows, of any segments, the last one repeated. */
    void transposedSmall(
            float[] a,
            int base,
            int[] rows,
            int fromDepth,
            int toDepth,
            int[] segments,
            int segmentLength,
            int row,
            int last,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride);

    /** {@link #transposedSmall} for one vector of columns. */
    void transposedTail(
            float[] a,
            int base,
            int[] rows,
            int fromDepth,
            int toDepth,
            int[] segments,
            int segmentLength,
            int row,
            int last,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride);
}
