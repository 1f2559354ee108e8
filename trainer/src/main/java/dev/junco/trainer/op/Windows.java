package dev.junco.trainer.op;

import dev.junco.runtime.op.WindowGeometry;

/** Positions under a sliding window, for the readable double-precision evaluations. */
final class Windows {
    private Windows() {}

    /**
     * Number of the input pixel under a cell of a window, or −1 where that is padding.
     *
     * @param output number of the output pixel, all images in turn
     * @param cell number of the cell, row by row
     */
    static int pixel(WindowGeometry g, int output, int cell) {
        int ox = output % g.outputWidth();
        int oy = output / g.outputWidth() % g.outputHeight();
        int image = output / g.outputWidth() / g.outputHeight();
        int iy = oy * g.strideH() + cell / g.kernelWidth() * g.dilationH() - g.padTop();
        int ix = ox * g.strideW() + cell % g.kernelWidth() * g.dilationW() - g.padLeft();
        boolean inside = iy >= 0 && iy < g.inputHeight() && ix >= 0 && ix < g.inputWidth();
        return inside ? (image * g.inputHeight() + iy) * g.inputWidth() + ix : -1;
    }
}
