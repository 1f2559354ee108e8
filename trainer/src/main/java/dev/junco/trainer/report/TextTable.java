package dev.junco.trainer.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of text with aligned columns, two blanks between them: headers, a rule, rows. Not thread-safe.
 *
 * <pre>{@code
 * layer    output   parameters
 * ----------------------------
 * Flatten  784               0
 * Dense    128         100,480
 * }</pre>
 */
public final class TextTable {
    /** On which side a column's text begins. */
    public enum Align {
        /** Text. */
        LEFT,
        /** Numbers. */
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Align> alignments = new ArrayList<>();
    private final List<String> headers = new ArrayList<>();
    /** The cells of each row; a rule is an empty row. */
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without columns. */
    public TextTable() {}

    /** Adds a column. */
    public TextTable column(String header, Align align) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException("Columns come before rows.");
        }
        headers.add(header);
        alignments.add(align);
        return this;
    }

    /** Adds a row with a cell for each column; {@link String#valueOf} makes the text. */
    public TextTable row(Object... cells) {
        if (cells.length != headers.size() || cells.length == 0) {
            throw new IllegalArgumentException(
                    "The table has " + headers.size() + " columns, but the row has " + cells.length + " cells.");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** A text of at most so many characters: of a longer one the middle is left out, and … stands there. */
    public static String shortened(String text, int most) {
        int length = width(text);
        if (length <= most) {
            return text;
        }
        int tail = most / 2;
        int head = most - tail - 1;
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(0, length - tail));
    }

    /** Adds a rule over the whole width. */
    public TextTable rule() {
        rows.add(List.of());
        return this;
    }

    /** The lines, each with a line feed, none with blanks at its end. */
    @Override
    public String toString() {
        int[] widths = new int[headers.size()];
        int total = -GAP.length();
        for (int c = 0; c < widths.length; c++) {
            widths[c] = width(headers.get(c));
            for (List<String> row : rows) {
                widths[c] = row.isEmpty() ? widths[c] : Math.max(widths[c], width(row.get(c)));
            }
            total += widths[c] + GAP.length();
        }
        String rule = "-".repeat(Math.max(0, total)) + "\n";
        StringBuilder text = new StringBuilder();
        append(text, headers, widths);
        text.append(rule);
        for (List<String> row : rows) {
            if (row.isEmpty()) {
                text.append(rule);
            } else {
                append(text, row, widths);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String blanks = " ".repeat(widths[c] - width(cells.get(c)));
            line.append(c == 0 ? "" : GAP);
            line.append(alignments.get(c) == Align.LEFT ? cells.get(c) + blanks : blanks + cells.get(c));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** Characters, of which a letter with its own code beyond 16 bits is one. */
    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
