package dev.junco.trainer.report;

import dev.junco.trainer.report.TextTable.Align;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Counts how often samples of each class were taken for each class, and what follows from that. A ratio whose divisor is 0
 * is 0. Not thread-safe.
 */
public final class ConfusionMatrix {
    private static final int LABELS = 120;
    private static final int MARGIN = 20;
    private static final int WIDEST_CELL = 56;
    private static final int WIDEST_PICTURE = 1680;
    /** Below this side a cell has no room for its number, or its row for a name. */
    private static final int ROOM_FOR_NUMBER = 36;

    private static final int ROOM_FOR_NAME = 14;

    private final List<String> names;
    private final long[][] counts;

    /** A matrix of zeros for classes with these names. */
    public ConfusionMatrix(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A confusion matrix needs the names of its classes.");
        }
        this.names = List.copyOf(names);
        this.counts = new long[names.size()][names.size()];
    }

    /** Counts a sample of class {@code actual} that was taken for {@code predicted}. */
    public void add(int actual, int predicted) {
        counts[actual][predicted]++;
    }

    /** How many samples of class {@code actual} were taken for {@code predicted}. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Number of samples of a class. */
    public long support(int actual) {
        long sum = 0;
        for (long count : counts[actual]) {
            sum += count;
        }
        return sum;
    }

    /** Number of all samples. */
    public long total() {
        long sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += support(c);
        }
        return sum;
    }

    /** Part of all samples that were taken for what they are. */
    public double accuracy() {
        long right = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
        }
        return ratio(right, total());
    }

    /** Part of the samples taken for a class that are of it: TP / (TP + FP). */
    public double precision(int predicted) {
        long taken = 0;
        for (long[] row : counts) {
            taken += row[predicted];
        }
        return ratio(counts[predicted][predicted], taken);
    }

    /** Part of the samples of a class that were taken for it: TP / (TP + FN). */
    public double recall(int actual) {
        return ratio(counts[actual][actual], support(actual));
    }

    /** Harmonic mean of precision and recall. */
    public double f1(int c) {
        double sum = precision(c) + recall(c);
        return sum == 0 ? 0 : 2 * precision(c) * recall(c) / sum;
    }

    /** Mean of {@link #f1} over the classes, each with the same weight. */
    public double macroF1() {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += f1(c);
        }
        return sum / counts.length;
    }

    /** Precision, recall, F1 and number of samples of each class, and the accuracy. */
    public String report() {
        TextTable table = new TextTable().column("class", Align.LEFT);
        for (String header : List.of("precision", "recall", "F1", "samples", "most often taken for")) {
            table.column(header, header.startsWith("most") ? Align.LEFT : Align.RIGHT);
        }
        for (int c = 0; c < counts.length; c++) {
            table.row(names.get(c), percent(precision(c)), percent(recall(c)), percent(f1(c)), support(c), confused(c));
        }
        table.rule().row("accuracy", "", percent(accuracy()), percent(macroF1()), total(), "");
        return table.toString();
    }

    /** The counts: a row for each class, a column for what its samples were taken for. */
    @Override
    public String toString() {
        TextTable table = new TextTable().column("is \\ taken for", Align.LEFT);
        names.forEach(name -> table.column(name, Align.RIGHT));
        for (int c = 0; c < counts.length; c++) {
            Object[] cells = new Object[counts.length + 1];
            cells[0] = names.get(c);
            for (int p = 0; p < counts.length; p++) {
                cells[p + 1] = counts[c][p];
            }
            table.row(cells);
        }
        return table.toString();
    }

    /** Draws the counts; a cell is the darker, the larger its part of the samples of its row. */
    public BufferedImage image() {
        int cell = Math.clamp(WIDEST_PICTURE / counts.length, 2, WIDEST_CELL);
        int side = counts.length * cell;
        int width = LABELS + Math.max(side, LABELS) + 2 * MARGIN;
        return Picture.draw(width, side + LABELS + 2 * MARGIN, graphics -> {
            graphics.setFont(Picture.font(Font.PLAIN, 13));
            for (int c = 0; c < counts.length; c++) {
                if (cell >= ROOM_FOR_NAME) {
                    label(graphics, c, cell);
                }
                for (int p = 0; p < counts.length; p++) {
                    cell(graphics, c, p, cell);
                }
            }
            graphics.setColor(Picture.FAINT);
            graphics.setFont(Picture.font(Font.ITALIC, 13));
            graphics.drawString("row: what it is, column: what it was taken for", MARGIN, side + LABELS + MARGIN);
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

    private void label(Graphics2D graphics, int c, int cell) {
        graphics.setColor(Picture.INK);
        String name = Picture.fitted(graphics, names.get(c), LABELS - MARGIN);
        int middle = c * cell + cell / 2;
        int half = graphics.getFontMetrics().getAscent() / 2 - 1;
        graphics.drawString(name, LABELS - 10 - graphics.getFontMetrics().stringWidth(name), MARGIN + middle + half);
        Graphics2D turned = (Graphics2D) graphics.create();
        turned.translate(LABELS + middle - half, MARGIN + counts.length * cell + 10);
        turned.rotate(Math.PI / 4);
        turned.drawString(name, 0, half);
        turned.dispose();
    }

    private void cell(Graphics2D graphics, int actual, int predicted, int cell) {
        long count = counts[actual][predicted];
        Color base = actual == predicted ? Picture.FIRST : Picture.SECOND;
        // The square root lets rare confusions show.
        double depth = Math.sqrt(ratio(count, support(actual)));
        int x = LABELS + predicted * cell;
        int y = MARGIN + actual * cell;
        int gap = cell >= ROOM_FOR_NAME ? 1 : 0;
        graphics.setColor(
                new Color(blend(base.getRed(), depth), blend(base.getGreen(), depth), blend(base.getBlue(), depth)));
        graphics.fillRect(x + gap, y + gap, cell - 2 * gap, cell - 2 * gap);
        if (cell >= ROOM_FOR_NUMBER) {
            graphics.setColor(depth > 0.6 ? Color.WHITE : count == 0 ? Picture.FAINT : Picture.INK);
            Picture.centred(graphics, Long.toString(count), x + cell / 2, y + cell / 2 + 5);
        }
    }

    private static int blend(int component, double depth) {
        return (int) Math.round(246 + (component - 246) * depth);
    }

    private String confused(int actual) {
        int most = -1;
        for (int p = 0; p < counts.length; p++) {
            if (p != actual && counts[actual][p] > (most < 0 ? 0 : counts[actual][most])) {
                most = p;
            }
        }
        return most < 0 ? "" : names.get(most) + " (" + counts[actual][most] + ")";
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
