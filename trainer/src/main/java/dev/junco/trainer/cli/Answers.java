package dev.junco.trainer.cli;

import dev.junco.trainer.report.TextTable;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Rows of a table that tell what a model answers to a sample. */
final class Answers {
    /** More numbers of an output than these are only counted. */
    private static final int MOST_NUMBERS = 8;

    private Answers() {}

    /**
     * Adds a row for each output.
     *
     * @param input what the sample is called
     * @param outputs by name, in order
     * @param answer what the first output says, in words
     */
    static void add(TextTable table, String input, Map<String, Predictions> outputs, int sample, String answer) {
        boolean first = true;
        for (Map.Entry<String, Predictions> output : outputs.entrySet()) {
            String text = first ? answer : numbers(output.getValue(), sample);
            table.row(first ? input : "", outputs.size() == 1 ? text : output.getKey() + ": " + text);
            first = false;
        }
    }

    private static String numbers(Predictions output, int sample) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < Math.min(MOST_NUMBERS, output.width()); i++) {
            text.add(number(output.value(sample, i)));
        }
        return output.width() <= MOST_NUMBERS ? text.toString() : text + " … (" + output.width() + " numbers)";
    }

    /** A number with four digits that count, or whole. */
    static String number(float value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.4g", value);
    }
}
