package dev.junco.runtime.op;

import java.util.Arrays;

/** Copies float images into a frame of zeros; a unit is a row of the padded images. */
public final class PadImageStep extends Step {
    private final WindowGeometry g;
    private final FloatRef x;
    private final FloatRef padded;

    /** A step that fills {@code padded}, {@link WindowGeometry#paddedElements} long. */
    public PadImageStep(WindowGeometry g, FloatRef x, FloatRef padded) {
        super(g.paddedElements());
        this.g = g;
        this.x = x;
        this.padded = padded;
    }

    @Override
    public int units() {
        return g.batch() * g.paddedHeight();
    }

    @Override
    public void run(int from, int to, int worker) {
        int channels = g.channels();
        int height = g.paddedHeight();
        int rowLength = g.paddedWidth() * channels;
        int left = g.padLeft() * channels;
        int copied = Math.min(g.inputWidth(), g.paddedWidth() - g.padLeft()) * channels;
        for (int unit = from; unit < to; unit++) {
            int y = unit % height - g.padTop();
            int row = padded.offset() + unit * rowLength;
            if (y < 0 || y >= g.inputHeight()) {
                Arrays.fill(padded.array(), row, row + rowLength, 0f);
                continue;
            }
            int source = x.offset() + (unit / height * g.inputHeight() + y) * g.inputWidth() * channels;
            Arrays.fill(padded.array(), row, row + left, 0f);
            System.arraycopy(x.array(), source, padded.array(), row + left, copied);
            Arrays.fill(padded.array(), row + left + copied, row + rowLength, 0f);
        }
    }
}
