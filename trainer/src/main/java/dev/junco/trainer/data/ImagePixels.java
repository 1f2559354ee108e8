package dev.junco.trainer.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A picture as numbers from 0 to 255.
 *
 * @param values height × width × channels, channels fastest
 */
record ImagePixels(int height, int width, int channels, float[] values) {
    /** The channel of the opacity where there is one; colours stay as they are then, elsewhere what is transparent shows white. */
    private static final int OPACITY = 3;

    static ImagePixels of(BufferedImage image, int channels) {
        int height = image.getHeight();
        int width = image.getWidth();
        boolean grey = image.getColorModel().getNumColorComponents() == 1
                && !(image.getColorModel() instanceof IndexColorModel);
        float[] values = new float[height * width * channels];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i += channels) {
                if (grey) {
                    greyPixel(image, x, y, values, i, channels);
                } else {
                    colourPixel(image.getRGB(x, y), values, i, channels);
                }
            }
        }
        return new ImagePixels(height, width, channels, values);
    }

    /** From the samples, because {@code getRGB} of a grey picture goes through another gamma and changes them. */
    private static void greyPixel(BufferedImage image, int x, int y, float[] values, int i, int channels) {
        Raster raster = image.getRaster();
        float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        float grey = raster.getSample(x, y, 0) * 255 / white;
        float opacity = raster.getNumBands() > 1 ? raster.getSample(x, y, 1) / white : 1;
        if (channels <= OPACITY) {
            grey = grey * opacity + 255 * (1 - opacity);
        }
        for (int c = 0; c < channels; c++) {
            values[i + c] = c < OPACITY ? grey : 255 * opacity;
        }
    }

    private static void colourPixel(int argb, float[] values, int i, int channels) {
        float opacity = (argb >>> 24) / 255f;
        float alpha = channels <= OPACITY ? opacity : 1;
        float red = (argb >> 16 & 0xFF) * alpha + 255 * (1 - alpha);
        float green = (argb >> 8 & 0xFF) * alpha + 255 * (1 - alpha);
        float blue = (argb & 0xFF) * alpha + 255 * (1 - alpha);
        if (channels == 1) {
            values[i] = 0.299f * red + 0.587f * green + 0.114f * blue;
        } else {
            values[i] = red;
            values[i + 1] = green;
            values[i + 2] = blue;
        }
        if (channels > OPACITY) {
            values[i + OPACITY] = 255 * opacity;
        }
    }

    /** Averages over areas, first along the rows, then along the columns. */
    ImagePixels resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        float[] narrow = average(values, height, width, channels, newWidth);
        float[] small = average(narrow, 1, height, newWidth * channels, newHeight);
        return new ImagePixels(newHeight, newWidth, channels, small);
    }

    /** Brings the middle axis of {@code outer × length × inner} to {@code newLength}. */
    private static float[] average(float[] from, int outer, int length, int inner, int newLength) {
        float[] to = new float[Math.multiplyExact(Math.multiplyExact(outer, newLength), inner)];
        double step = (double) length / newLength;
        for (int o = 0; o < outer; o++) {
            for (int n = 0; n < newLength; n++) {
                double start = n * step;
                double end = Math.min((n + 1) * step, length);
                for (int k = (int) start; k < end; k++) {
                    float weight = (float) ((Math.min(end, k + 1) - Math.max(start, k)) / (end - start));
                    int source = (o * length + k) * inner;
                    int target = (o * newLength + n) * inner;
                    for (int i = 0; i < inner; i++) {
                        to[target + i] += weight * from[source + i];
                    }
                }
            }
        }
        return to;
    }
}
