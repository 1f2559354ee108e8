package dev.junco.trainer.data;

import static dev.junco.trainer.data.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
    @TempDir
    Path folder;

    private Path picture(String format, BufferedImage image) throws IOException {
        Path path = folder.resolve("picture." + format);
        ImageIO.write(image, format, path.toFile());
        return path;
    }

    /** 2×2 pixels: red, green, blue, white. */
    private static BufferedImage colours(int type) {
        BufferedImage image = new BufferedImage(2, 2, type);
        image.setRGB(0, 0, 0xFFFF0000);
        image.setRGB(1, 0, 0xFF00FF00);
        image.setRGB(0, 1, 0xFF0000FF);
        image.setRGB(1, 1, 0xFFFFFFFF);
        return image;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void readsColours(String format) throws IOException {
        Path path = picture(format, colours(BufferedImage.TYPE_INT_RGB));
        assertArrayEquals(new float[] {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255}, ImageFile.read(path, 2, 2, 3));
        assertArrayEquals(
                new float[] {255 * 0.299f, 255 * 0.587f, 255 * 0.114f, 255}, ImageFile.read(path, 2, 2, 1), 1e-3f);
    }

    @Test
    void readsJpegAndGif() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, 0x406080);
        }
        assertArrayEquals(new float[] {0x40, 0x60, 0x80}, ImageFile.read(picture("jpg", image), 1, 1, 3), 2);
        assertArrayEquals(new float[] {0x40, 0x60, 0x80}, ImageFile.read(picture("gif", image), 1, 1, 3), 2);
    }

    @Test
    void greyValuesStayAsTheyAre() throws IOException {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = image.getRaster();
        int[] values = {0, 1, 100, 255};
        raster.setPixels(0, 0, 4, 1, values);
        assertArrayEquals(new float[] {0, 1, 100, 255}, ImageFile.read(picture("png", image), 1, 4, 1));
        assertArrayEquals(
                new float[] {100, 100, 100}, Arrays.copyOfRange(ImageFile.read(picture("png", image), 1, 4, 3), 6, 9));
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 0x6464);
        assertArrayEquals(new float[] {100}, ImageFile.read(picture("png", deep), 1, 1, 1), 1e-3f);
    }

    @Test
    void transparencyShowsWhite() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);
        assertArrayEquals(new float[] {255, 127}, ImageFile.read(picture("png", image), 1, 2, 1), 1e-3f);
    }

    @Test
    void opacityIsAFourthChannel() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x80102030);
        image.setRGB(1, 0, 0xFFFFFFFF);
        assertArrayEquals(
                new float[] {0x10, 0x20, 0x30, 0x80, 255, 255, 255, 255},
                ImageFile.read(picture("png", image), 1, 2, 4),
                1e-3f);
    }

    @Test
    void tellsSizesWithoutReadingPixels() throws IOException {
        Path path = picture("png", new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        assertEquals(new ImageFile.Size(3, 2), ImageFile.size(path));
        assertEquals("3×2", ImageFile.size(path).toString());
        assertRefused(() -> ImageFile.size(folder.resolve("absent.png")), "no file");
    }

    @Test
    void averagesAreas() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 3, 2, new int[] {10, 20, 30, 30, 40, 50});
        Path path = picture("png", image);
        assertArrayEquals(new float[] {30}, ImageFile.read(path, 1, 1, 1), 1e-4f);
        assertArrayEquals(new float[] {70 / 3f, 110 / 3f}, ImageFile.read(path, 1, 2, 1), 1e-4f);
        assertArrayEquals(
                new float[] {10, 10, 20, 20, 30, 30, 30, 30, 40, 40, 50, 50}, ImageFile.read(path, 2, 6, 1), 1e-4f);
    }

    @Test
    void refusesWhatIsNoPicture() throws IOException {
        Path text = Files.writeString(folder.resolve("picture.png"), "no picture");
        assertRefused(() -> ImageFile.read(text, 1, 1, 1), "picture.png", "expected PNG, JPEG, GIF or BMP");
        assertRefused(() -> ImageFile.read(folder.resolve("absent.png"), 1, 1, 1), "no file");
        assertRefused(() -> ImageFile.read(folder, 1, 1, 1), "is a folder");
        assertRefused(() -> ImageFile.read(text, 1, 1, 2), "channels are 1, 3 or 4");
    }

    @Test
    void refusesDamagedAndEnormousPictures() throws IOException {
        byte[] png = Files.readAllBytes(picture("png", colours(BufferedImage.TYPE_INT_RGB)));
        Path path = folder.resolve("damaged.png");
        for (int length = 8; length < png.length - 24; length++) {
            Files.write(path, Arrays.copyOf(png, length));
            assertRefused(() -> ImageFile.read(path, 2, 2, 3), "damaged.png");
        }
        byte[] jpeg = Files.readAllBytes(picture("jpg", colours(BufferedImage.TYPE_INT_RGB)));
        Files.write(path, Arrays.copyOf(jpeg, jpeg.length - 2));
        assertRefused(() -> ImageFile.read(path, 2, 2, 3), "damaged.png", "Truncated");
        CRC32 check = new CRC32();
        ByteBuffer.wrap(png).putInt(16, 40_000).putInt(20, 5_000);
        check.update(png, 12, 17);
        Files.write(
                path, ByteBuffer.wrap(png).putInt(29, (int) check.getValue()).array());
        assertRefused(() -> ImageFile.read(path, 1, 1, 1), "40000×5000", "too large");
    }
}
