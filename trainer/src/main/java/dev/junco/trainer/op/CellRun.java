package dev.junco.trainer.op;

import dev.junco.runtime.op.WindowGeometry;

/** The windows of an output row in which one filter cell lies inside the image: a run. */
final class CellRun {
    private CellRun() {}

    private static int shift(WindowGeometry g, int cell) {
        return cell % g.kernelWidth() * g.dilationW() - g.padLeft();
    }

    /** The first such window. */
    static int first(WindowGeometry g, int cell) {
        return Math.max(0, -Math.floorDiv(shift(g, cell), g.strideW()));
    }

    /** End of the run. */
    static int end(WindowGeometry g, int cell) {
        return Math.min(g.outputWidth(), Math.floorDiv(g.inputWidth() - 1 - shift(g, cell), g.strideW()) + 1);
    }

    /** Number of the input pixel under the cell of window (oy, ox), or −1 where that is above or below the image. */
    static int pixel(WindowGeometry g, int image, int oy, int ox, int cell) {
        int iy = oy * g.strideH() + cell / g.kernelWidth() * g.dilationH() - g.padTop();
        int ix = ox * g.strideW() + shift(g, cell);
        return iy < 0 || iy >= g.inputHeight() ? -1 : (image * g.inputHeight() + iy) * g.inputWidth() + ix;
    }
}
