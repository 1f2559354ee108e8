package dev.junco.trainer.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pictures (PNG, JPEG, GIF, BMP and whatever else Java reads) as input of a network. Transparent parts show white, unless
 * opacity is a channel. The orientation that cameras note in a JPEG is not applied.
 */
public final class ImageFile {
    /** Larger pictures are more likely a trap than a picture. */
    private static final long MOST_PIXELS = 100_000_000;

    private ImageFile() {}

    /** Width and height in pixels. */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "×" + height;
        }
    }

    /** What to do with an open picture. */
    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * The size of a picture, told by its header.
     *
     * @throws DataException if the file is missing, unreadable or not a picture
     */
    public static Size size(Path path) {
        return read(path, reader -> new Size(reader.getWidth(0), reader.getHeight(0)));
    }

    /**
     * Reads a picture and brings it to a size: each output pixel is the average of the area that it covers, without
     * regard to the ratio of the sides.
     *
     * @param channels 1 for grey (0.299 R + 0.587 G + 0.114 B), 3 for red, green, blue, 4 for these and opacity
     * @return {@code height × width × channels} values from 0 to 255, channels fastest
     * @throws DataException if the file is missing, unreadable or not a picture
     */
    public static float[] read(Path path, int height, int width, int channels) {
        if (height < 1 || width < 1 || channels != 1 && channels != 3 && channels != 4) {
            throw new DataException("Pictures can be read as " + height + "×" + width + "×" + channels
                    + " only if the sides are positive and the channels are 1, 3 or 4.");
        }
        return ImagePixels.of(read(path, reader -> decode(path, reader)), channels)
                .resized(height, width)
                .values();
    }

    private static <T> T read(Path path, Reading<T> reading) {
        try (DataFile file = DataFile.open(path);
                ImageInputStream stream = new MemoryCacheImageInputStream(file.stream())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new DataException(path + " is not a picture that can be read; expected PNG, JPEG, GIF or BMP.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Java's own readers answer some damage with an IndexOutOfBoundsException or the like.
            throw new DataException(
                    path + ": the picture is damaged or of an unsupported kind (" + e.getMessage() + ").", e);
        }
    }

    private static BufferedImage decode(Path path, ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new DataException(path + ": a picture of " + reader.getWidth(0) + "×" + reader.getHeight(0)
                    + " pixels is too large; at most " + MOST_PIXELS + " pixels are read.");
        }
        List<String> losses = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> losses.add(warning));
        BufferedImage image = reader.read(0);
        losses.removeIf(warning -> !warning.contains("Truncated") && !warning.contains("Corrupt"));
        if (!losses.isEmpty()) {
            throw new DataException(path + ": the picture is damaged (" + losses.getFirst() + ").");
        }
        return image;
    }
}
