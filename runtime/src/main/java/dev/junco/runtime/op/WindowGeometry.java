package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.attributes.Padding;

/** Sizes of a window that slides over an NHWC image: input, padding, output. */
public record WindowGeometry(
        int batch,
        int inputHeight,
        int inputWidth,
        int channels,
        int kernelHeight,
        int kernelWidth,
        int strideH,
        int strideW,
        int dilationH,
        int dilationW,
        int padTop,
        int padLeft,
        int outputHeight,
        int outputWidth) {

    /** The geometry of a window over an image of shape x, checked. */
    public static WindowGeometry of(
            Shape x,
            int kernelHeight,
            int kernelWidth,
            int strideH,
            int strideW,
            int dilationH,
            int dilationW,
            Padding padding) {
        if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1 || kernelHeight < 1 || kernelWidth < 1) {
            throw new GraphException("window " + kernelHeight + "×" + kernelWidth + ", stride " + strideH + "×"
                    + strideW + ", dilation " + dilationH + "×" + dilationW + ": all have to be at least 1");
        }
        long reachH = (long) (kernelHeight - 1) * dilationH + 1;
        long reachW = (long) (kernelWidth - 1) * dilationW + 1;
        long padded = Math.max(
                x.dim(1) + (long) padding.top() + padding.bottom(), x.dim(2) + (long) padding.left() + padding.right());
        if ((long) kernelHeight * kernelWidth > Integer.MAX_VALUE
                || Math.max(reachH, reachW) > Integer.MAX_VALUE / 4
                || padded > Integer.MAX_VALUE / 4
                || Math.max(strideH, strideW) > Integer.MAX_VALUE / 4) {
            throw new GraphException(
                    "window of " + reachH + "×" + reachW + " over " + padded + " padded pixels is beyond all bounds");
        }
        int outputHeight = padding.outputSize(x.dim(1), kernelHeight, strideH, dilationH, true);
        int outputWidth = padding.outputSize(x.dim(2), kernelWidth, strideW, dilationW, false);
        if (outputHeight < 1 || outputWidth < 1) {
            throw new GraphException("window of " + reachH + "×" + reachW + " does not fit the image of " + x.dim(1)
                    + "×" + x.dim(2) + " with padding " + padding.mode());
        }
        return new WindowGeometry(
                x.dim(0),
                x.dim(1),
                x.dim(2),
                x.dim(3),
                kernelHeight,
                kernelWidth,
                strideH,
                strideW,
                dilationH,
                dilationW,
                padding.before(x.dim(1), kernelHeight, strideH, dilationH, true),
                padding.before(x.dim(2), kernelWidth, strideW, dilationW, false),
                outputHeight,
                outputWidth);
    }

    /** Rows that the windows reach, from the first row of padding on. */
    public int paddedHeight() {
        return Math.max((outputHeight - 1) * strideH + (kernelHeight - 1) * dilationH + 1, padTop + 1);
    }

    /** Columns that the windows reach. */
    public int paddedWidth() {
        return Math.max((outputWidth - 1) * strideW + (kernelWidth - 1) * dilationW + 1, padLeft + 1);
    }

    /** Whether windows reach outside the image, so that a padded copy is needed. */
    public boolean needsPadding() {
        return padTop > 0 || padLeft > 0 || paddedHeight() > inputHeight || paddedWidth() > inputWidth;
    }

    /** The same windows over a padded copy, which needs no padding any more. */
    public WindowGeometry overPaddedCopy() {
        return new WindowGeometry(
                batch,
                paddedHeight(),
                paddedWidth(),
                channels,
                kernelHeight,
                kernelWidth,
                strideH,
                strideW,
                dilationH,
                dilationW,
                0,
                0,
                outputHeight,
                outputWidth);
    }

    /** Pixels in a row of the buffer that windows read: the padded copy, or the image itself. */
    public int rowPixels() {
        return needsPadding() ? paddedWidth() : inputWidth;
    }

    /** Rows of the buffer that windows read. */
    public int rowCount() {
        return needsPadding() ? paddedHeight() : inputHeight;
    }

    /** Elements of the padded copy of the whole batch; 0 if none is needed. */
    public int paddedElements() {
        if (!needsPadding()) {
            return 0;
        }
        long elements = (long) batch * paddedHeight() * paddedWidth() * channels;
        if (elements > Integer.MAX_VALUE) {
            throw new GraphException("padded image has " + elements + " elements, more than 2^31-1");
        }
        return (int) elements;
    }

    /** Start of each output pixel's window in the buffer that windows read, all images in turn. */
    public int[] windowStarts() {
        int[] starts = new int[batch * outputHeight * outputWidth];
        int i = 0;
        for (int image = 0; image < batch; image++) {
            for (int y = 0; y < outputHeight; y++) {
                for (int x = 0; x < outputWidth; x++) {
                    starts[i++] = ((image * rowCount() + y * strideH) * rowPixels() + x * strideW) * channels;
                }
            }
        }
        return starts;
    }

    /**
     * Starts of the contiguous runs under a window: whole kernel rows where the pixels of a row are neighbours and all channels
     * are read, single pixels otherwise.
     *
     * @param runs whether a run is a kernel row
     */
    public int[] segmentStarts(boolean runs) {
        int perRow = runs ? 1 : kernelWidth;
        int[] starts = new int[kernelHeight * perRow];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (i / perRow * dilationH * rowPixels() + i % perRow * dilationW) * channels;
        }
        return starts;
    }
}
