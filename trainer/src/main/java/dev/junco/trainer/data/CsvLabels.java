package dev.junco.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Numbers the labels of a table. */
final class CsvLabels {
    /** More classes than this, and the column is something else. */
    private static final int MOST_CLASSES = 10_000;

    private CsvLabels() {}

    /**
     * The classes of a column.
     *
     * @param file name for complaints
     * @param given names of the classes in their order, or an empty list
     */
    static Targets.Labels of(String file, CsvColumn.Texts column, List<String> given) {
        List<String> names = given.isEmpty() ? names(file, column) : given;
        List<String> texts = column.texts();
        int[] ids = new int[texts.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = names.indexOf(texts.get(i));
            if (ids[i] < 0) {
                throw new DataException(file + ": label '" + texts.get(i) + "' of " + column.name() + " (sample "
                        + (column.firstRow(texts.get(i)) + 1) + ") is none of the classes " + names + ".");
            }
        }
        return new Targets.Labels(column.mapped(ids), names.size(), names);
    }

    private static List<String> names(String file, CsvColumn.Texts column) {
        List<String> texts = column.texts();
        for (String text : texts) {
            if (texts.size() > 2 && text.matches("[+-]?[0-9]*[.][0-9]*[1-9][0-9]*")) {
                throw new DataException(file + ": label '" + text + "' of " + column.name()
                        + " is a fraction, so the column measures something; read it for regression, or choose another"
                        + " column.");
            }
        }
        if (texts.size() > MOST_CLASSES) {
            throw new DataException(file + ": " + column.name() + " has " + texts.size() + " different labels; at most "
                    + MOST_CLASSES + " classes are supported. Is it the right column?");
        }
        if (!texts.stream().allMatch(text -> text.matches("-?(0|[1-9][0-9]{0,8})"))) {
            return texts.stream().sorted().toList();
        }
        List<Integer> numbers = texts.stream()
                .map(Integer::valueOf)
                .sorted(Comparator.naturalOrder())
                .toList();
        List<String> names = new ArrayList<>();
        if (numbers.getFirst() == 0 && numbers.getLast() < MOST_CLASSES) {
            for (int id = 0; id <= numbers.getLast(); id++) {
                names.add(Integer.toString(id));
            }
        } else {
            numbers.forEach(number -> names.add(number.toString()));
        }
        return names;
    }
}
