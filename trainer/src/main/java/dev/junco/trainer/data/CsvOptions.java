package dev.junco.trainer.data;

import java.util.List;

/**
 * How to read a table of text. A column is named by its header or by its number; {@code 1}, {@code 2}, … count from the
 * left, {@code first} and {@code last} are what they say, and a header's name wins over a number. Immutable.
 *
 * @param task what the target columns are
 * @param targets the target columns
 * @param ignored columns that are neither features nor targets
 * @param categorical text columns that become one feature of 0 or 1 for each text that occurs, in sorted order
 * @param labelNames the classes in their order; an empty list takes those that occur
 * @param header whether the first row names the columns
 * @param separator what stands between two fields: {@code ,} {@code ;} a tab, another character, a blank for any amount
 *     of white space, or {@link #DETECT_SEPARATOR}
 * @param missing what to do with a row that lacks a value
 */
public record CsvOptions(
        Task task,
        List<String> targets,
        List<String> ignored,
        List<String> categorical,
        List<String> labelNames,
        Header header,
        char separator,
        Missing missing) {
    /** Takes the separator that divides the first rows alike. */
    public static final char DETECT_SEPARATOR = 0;

    /** What the target columns are. */
    public enum Task {
        /** One column of classes, numbers or text. */
        CLASSIFICATION,
        /** Columns of numbers. */
        REGRESSION,
        /** There are none. */
        NONE
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** It does if none of its fields is a number, but a field of the second row is. */
        DETECT,
        /** It does. */
        PRESENT,
        /** It is data. */
        ABSENT
    }

    /** What to do with a row where a field is empty, {@code ?}, {@code NA}, {@code NaN}, {@code null} or the like. */
    public enum Missing {
        /** Refuse the file. */
        REFUSE,
        /** Leave the row out. */
        SKIP_ROW
    }

    /** Options of the given parts. */
    public CsvOptions {
        targets = List.copyOf(targets);
        ignored = List.copyOf(ignored);
        categorical = List.copyOf(categorical);
        labelNames = List.copyOf(labelNames);
    }

    /**
     * A table for classification. Labels that are whole numbers from 0 on are the classes; other labels, numbers or text,
     * are numbered in sorted order.
     *
     * @param label the column of classes
     */
    public static CsvOptions classification(String label) {
        return of(Task.CLASSIFICATION, List.of(label));
    }

    /** A table for regression on one or more columns. */
    public static CsvOptions regression(String... targets) {
        return of(Task.REGRESSION, List.of(targets));
    }

    /** A table of features alone. */
    public static CsvOptions unlabelled() {
        return of(Task.NONE, List.of());
    }

    private static CsvOptions of(Task task, List<String> targets) {
        return new CsvOptions(
                task, targets, List.of(), List.of(), List.of(), Header.DETECT, DETECT_SEPARATOR, Missing.REFUSE);
    }

    /** The same, but without these columns. */
    public CsvOptions ignoring(String... columns) {
        return new CsvOptions(task, targets, List.of(columns), categorical, labelNames, header, separator, missing);
    }

    /** The same with text columns as features of 0 or 1. */
    public CsvOptions withCategorical(String... columns) {
        return new CsvOptions(task, targets, ignored, List.of(columns), labelNames, header, separator, missing);
    }

    /** The same with the classes given, as for a test file that must number its classes as the training file does. */
    public CsvOptions withLabelNames(List<String> names) {
        return new CsvOptions(task, targets, ignored, categorical, names, header, separator, missing);
    }

    /** The same with another word on the header. */
    public CsvOptions withHeader(Header wanted) {
        return new CsvOptions(task, targets, ignored, categorical, labelNames, wanted, separator, missing);
    }

    /** The same with another separator. */
    public CsvOptions withSeparator(char wanted) {
        return new CsvOptions(task, targets, ignored, categorical, labelNames, header, wanted, missing);
    }

    /** The same with another treatment of missing values. */
    public CsvOptions withMissing(Missing wanted) {
        return new CsvOptions(task, targets, ignored, categorical, labelNames, header, separator, wanted);
    }
}
