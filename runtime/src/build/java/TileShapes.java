import java.util.List;

/**
 * The register tiles of one vector width.
 *
 * @param bits width of a vector
 * @param mainRows rows of the tile that does most of the work
 * @param panelVectors vectors in a panel of packed columns, the width of that tile
 * @param smallRows rows of the tile for the last rows and for small batches
 * @param tailRows rows of the tile of one vector for the last columns
 */
record TileShapes(int bits, int mainRows, int panelVectors, int smallRows, int tailRows) {
    /** Accumulators of the one-row tile: as many as hide the latency of an addition. */
    static final int ROW_ACCUMULATORS = 8;

    static final List<TileShapes> ALL =
            List.of(new TileShapes(512, 12, 2, 4, 8), new TileShapes(256, 4, 2, 4, 8), new TileShapes(128, 6, 4, 2, 8));

    /** Rows of the tile that makes results in its accumulators: at most 16 of these, because C1 has to take it too. */
    int rescaledRows() {
        return Math.min(mainRows, 16 / panelVectors);
    }

    int lanes() {
        return bits / 32;
    }

    int panelWidth() {
        return panelVectors * lanes();
    }

    /** Panels that the one-row tile covers. */
    int rowPanels() {
        return ROW_ACCUMULATORS / panelVectors;
    }

    String className() {
        return "GemmTiles" + bits;
    }
}
