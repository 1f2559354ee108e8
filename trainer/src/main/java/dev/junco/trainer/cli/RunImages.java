package dev.junco.trainer.cli;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.ImageFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the images that {@code junco run} is given, and remembers which of them it had to stretch. Not thread-safe. */
final class RunImages {
    private final boolean invert;
    private final boolean planar;
    private String firstResized;
    private int resized;
    private boolean read;

    /**
     * A reader.
     *
     * @param invert whether images are turned from dark on light into light on dark
     * @param planar whether images of plain bytes hold one channel after the other
     */
    RunImages(boolean invert, boolean planar) {
        this.invert = invert;
        this.planar = planar;
    }

    /**
     * An image as a sample, values from 0 to 255.
     *
     * @param sample height × width × channels, or height × width of grey
     * @throws DataException if samples of this shape are no images, or the file is none
     */
    float[] read(Path path, Shape sample) {
        if (sample.rank() != 3 && sample.rank() != 2) {
            throw new DataException(path + ": the model takes samples of shape " + sample
                    + ", not images [height, width, channels]; give it a .csv, .npy or .npz file.");
        }
        read = true;
        int channels = sample.rank() == 2 ? 1 : sample.dim(2);
        boolean plain =
                path.getFileName().toString().toLowerCase(java.util.Locale.ROOT).endsWith(".bin");
        float[] values = plain ? plainBytes(path, sample, channels) : picture(path, sample, channels);
        for (int i = 0; invert && i < values.length; i++) {
            boolean opacity = channels == 4 && i % channels == 3;
            values[i] = opacity ? values[i] : 255 - values[i];
        }
        return values;
    }

    private float[] picture(Path path, Shape sample, int channels) {
        if (channels != 1 && channels != 3 && channels != 4) {
            throw new DataException(path + ": the model takes samples of shape " + sample + ", which are not images: "
                    + channels + " channels where pictures have 1, 3 or 4; give it a .npy or .npz file.");
        }
        ImageFile.Size found = size(path);
        ImageFile.Size wanted = new ImageFile.Size(sample.dim(1), sample.dim(0));
        float[] pixels = ImageFile.read(path, wanted.height(), wanted.width(), channels);
        if (!found.equals(wanted) && resized++ == 0) {
            firstResized = path + " was resized from " + found + " to " + wanted + " pixels (width×height)";
        }
        return pixels;
    }

    /** A file that is no picture and is not named like one may be data of another kind. */
    private static ImageFile.Size size(Path path) {
        try {
            return ImageFile.size(path);
        } catch (DataException e) {
            if (path.toString().matches("(?i).*\\.(png|jpe?g|gif|bmp)")) {
                throw e;
            }
            throw new DataException(
                    e.getMessage() + " Other data are known by their endings: .csv, .tsv, .txt, .npy, .npz or .bin.",
                    e);
        }
    }

    /** Whether there were any images. */
    boolean haveBeenRead() {
        return read;
    }

    /** Says in one line that pictures were brought to another size, if any were. */
    void tellResized(PrintWriter err) {
        if (resized > 0) {
            Failure.say(
                    firstResized + (resized == 1 ? "." : ", and " + (resized - 1) + " more to the same size."), err);
        }
    }

    /** An image of a byte, 0 to 255, for each value. */
    private float[] plainBytes(Path path, Shape sample, int channels) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new DataException(path + " cannot be read.", e);
        }
        if (bytes.length != sample.elements()) {
            throw new DataException(path + ": has " + bytes.length + " bytes, the model takes " + sample.elements()
                    + " (" + sample + ").");
        }
        int pixels = bytes.length / channels;
        float[] values = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int from = planar ? i % channels * pixels + i / channels : i;
            values[i] = bytes[from] & 0xFF;
        }
        return values;
    }
}
