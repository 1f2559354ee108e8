package dev.junco.trainer.report;

import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.WholeFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** What all pictures share: a white ground, smooth text, and a file that appears whole or not at all. */
final class Picture {
    static final Color INK = new Color(0x1F2933);
    static final Color FAINT = new Color(0x7B8794);
    static final Color RIGHT = new Color(0x2F9E44);
    static final Color WRONG = new Color(0xE03131);
    static final Color FIRST = new Color(0x1971C2);
    static final Color SECOND = new Color(0xE8590C);

    private Picture() {}

    /** Draws in memory; needs fonts, but no screen. */
    static BufferedImage draw(int width, int height, Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            drawing.accept(graphics);
            return image;
        } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            // What Java says where the system has no fonts, as in a minimal container.
            throw new DataException(
                    "Java cannot draw text here (" + e.getMessage()
                            + "); install fontconfig and a font such as DejaVu.",
                    e);
        } finally {
            graphics.dispose();
        }
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** The text, or as much of it as fits with an ellipsis. */
    static String fitted(Graphics2D graphics, String text, int width) {
        String shorter = text;
        while (graphics.getFontMetrics().stringWidth(shorter) > width && shorter.length() > 2) {
            shorter = shorter.substring(0, shorter.length() - 2).stripTrailing() + "…";
        }
        return shorter;
    }

    static void centred(Graphics2D graphics, String text, int middle, int baseline) {
        graphics.drawString(text, middle - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
    }

    static void write(BufferedImage image, Path path) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WholeFile.write(path, png.toByteArray());
    }
}
