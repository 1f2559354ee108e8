package dev.junco.trainer.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    private static final Shape IMAGE = Shape.of(2, 2, 3);

    @TempDir
    Path folder;

    private static PredictionGrid grid() {
        float[] red = {255, 0, 0, 300, -5, 0, 255, 0, 0, 255, 0, 0};
        return new PredictionGrid(2)
                .add(red, IMAGE, "cat", 0.9, "cat")
                .add(red, IMAGE, "dog", 0.5, "cat")
                .add(red, IMAGE, "a name that is much too long to fit below the picture", 1, "");
    }

    @Test
    void gridShowsImagesAndFrames() {
        BufferedImage image = grid().image();
        assertEquals(2 * 196, image.getWidth());
        assertEquals(2 * 226 + 7, image.getHeight());
        assertEquals(0xFFFF0000, image.getRGB(98, 98), "a pixel of the first image");
        assertEquals(Picture.RIGHT.getRGB(), image.getRGB(14, 98), "frame of the first");
        assertEquals(Picture.WRONG.getRGB(), image.getRGB(196 + 14, 98), "frame of the second");
        assertEquals(Picture.FAINT.getRGB(), image.getRGB(14, 226 + 98), "frame of the third");
    }

    @Test
    void gridRefusesOtherShapes() {
        PredictionGrid grid = new PredictionGrid(1);
        assertThrows(IllegalArgumentException.class, () -> grid.add(new float[4], Shape.of(4), "a", 1, ""));
        assertThrows(IllegalArgumentException.class, () -> grid.add(new float[8], Shape.of(2, 2, 2), "a", 1, ""));
        assertThrows(IllegalArgumentException.class, () -> grid.add(new float[5], Shape.of(2, 2, 1), "a", 1, ""));
        assertThrows(IllegalArgumentException.class, () -> new PredictionGrid(0));
    }

    @Test
    void picturesAreWrittenAsPng() throws IOException {
        Path path = folder.resolve("grid.png");
        grid().write(path);
        assertEquals(392, ImageIO.read(path.toFile()).getWidth());
        assertArrayEquals(new String[] {"grid.png"}, folder.toFile().list());
        Path absent = folder.resolve("absent/grid.png");
        String message =
                assertThrows(DataException.class, () -> grid().write(absent)).getMessage();
        assertTrue(message.contains("grid.png cannot be written: there is no such file or folder"), message);
    }

    @Test
    void curveHasAPanelForEachMetric() {
        TrainingCurve curve = new TrainingCurve()
                .panel("loss", List.of(2.0, Double.NaN, 1.0), List.of(2.5, 1.5, 1.4))
                .panel("accuracy", List.of(0.5), List.of());
        BufferedImage image = curve.image();
        assertEquals(1280, image.getWidth());
        assertTrue(has(image, Picture.FIRST.getRGB()) && has(image, Picture.SECOND.getRGB()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingCurve().panel("loss", List.of(Double.NaN), List.of()));
    }

    private static boolean has(BufferedImage image, int colour) {
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            if (image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour) {
                return true;
            }
        }
        return false;
    }
}
