package dev.junco.trainer.report;

import dev.junco.runtime.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of predictions: images in rows, below each what the network took it for and how sure it was, and, where that is
 * wrong, what it is. The frame is green where the network is right and red where it is wrong. Not thread-safe.
 */
public final class PredictionGrid {
    private static final int IMAGE_SIDE = 168;
    private static final int FRAME = 4;
    private static final int MARGIN = 14;
    private static final int CAPTION = 44;
    private static final int CELL_WIDTH = IMAGE_SIDE + 2 * MARGIN;
    private static final int CELL_HEIGHT = IMAGE_SIDE + MARGIN + CAPTION;

    private record Cell(BufferedImage image, String predicted, double probability, String actual) {}

    private final int columns;
    private final List<Cell> cells = new ArrayList<>();

    /** An empty grid of {@code columns} images in a row. */
    public PredictionGrid(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("A grid needs at least 1 column; found " + columns + ".");
        }
        this.columns = columns;
    }

    /**
     * Adds an image.
     *
     * @param pixels height × width × channels, channels fastest, 0 to 255; values outside are cut
     * @param shape height, width and 1 or 3 channels
     * @param predicted the network's answer
     * @param probability how sure it is, 0 to 1
     * @param actual the right answer, or an empty text where nobody knows
     */
    public PredictionGrid add(float[] pixels, Shape shape, String predicted, double probability, String actual) {
        if (shape.rank() != 3 || shape.dim(2) != 1 && shape.dim(2) != 3 || pixels.length != shape.elements()) {
            throw new IllegalArgumentException(
                    "An image needs height, width and 1 or 3 channels and a pixel value for each;" + " found " + shape
                            + " and " + pixels.length + " values.");
        }
        cells.add(new Cell(image(pixels, shape), predicted, probability, actual));
        return this;
    }

    /** Draws the grid. */
    public BufferedImage image() {
        int rows = Math.max(1, (cells.size() + columns - 1) / columns);
        return Picture.draw(columns * CELL_WIDTH, rows * CELL_HEIGHT + MARGIN / 2, graphics -> {
            for (int i = 0; i < cells.size(); i++) {
                draw(graphics, cells.get(i), i % columns * CELL_WIDTH + MARGIN, i / columns * CELL_HEIGHT + MARGIN);
            }
        });
    }

    /**
     * Writes the picture as PNG.
     *
     * @throws dev.junco.trainer.data.DataException if the file cannot be written
     */
    public void write(Path path) {
        Picture.write(image(), path);
    }

    private static void draw(Graphics2D graphics, Cell cell, int left, int top) {
        boolean known = !cell.actual.isEmpty();
        boolean right = cell.actual.equals(cell.predicted);
        // Nearest neighbour in whole steps keeps small images crisp; larger ones are brought down smoothly by Java.
        int longer = Math.max(cell.image.getWidth(), cell.image.getHeight());
        double factor = longer <= IMAGE_SIDE ? IMAGE_SIDE / longer : (double) IMAGE_SIDE / longer;
        int width = Math.max(1, (int) (cell.image.getWidth() * factor));
        int height = Math.max(1, (int) (cell.image.getHeight() * factor));
        graphics.setColor(Color.BLACK);
        graphics.fillRect(left, top, IMAGE_SIDE, IMAGE_SIDE);
        graphics.drawImage(
                cell.image, left + (IMAGE_SIDE - width) / 2, top + (IMAGE_SIDE - height) / 2, width, height, null);

        graphics.setColor(!known ? Picture.FAINT : right ? Picture.RIGHT : Picture.WRONG);
        graphics.setStroke(new BasicStroke(FRAME));
        graphics.drawRect(left, top, IMAGE_SIDE, IMAGE_SIDE);

        String percent = String.format(Locale.ROOT, "  %.0f %%", 100 * cell.probability);
        graphics.setFont(Picture.font(Font.BOLD, 14));
        String name = Picture.fitted(
                graphics, cell.predicted, IMAGE_SIDE - graphics.getFontMetrics().stringWidth(percent));
        Picture.centred(graphics, name + percent, left + IMAGE_SIDE / 2, top + IMAGE_SIDE + 20);
        if (known && !right) {
            graphics.setFont(Picture.font(Font.PLAIN, 12));
            graphics.setColor(Picture.FAINT);
            String truth = Picture.fitted(graphics, "is: " + cell.actual, IMAGE_SIDE);
            Picture.centred(graphics, truth, left + IMAGE_SIDE / 2, top + IMAGE_SIDE + 37);
        }
    }

    private static BufferedImage image(float[] pixels, Shape shape) {
        int channels = shape.dim(2);
        BufferedImage image = new BufferedImage(shape.dim(1), shape.dim(0), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.length; i += channels) {
            int rgb = level(pixels[i]) << 16 | level(pixels[i + channels / 2]) << 8 | level(pixels[i + channels - 1]);
            image.setRGB(i / channels % shape.dim(1), i / channels / shape.dim(1), rgb);
        }
        return image;
    }

    private static int level(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
