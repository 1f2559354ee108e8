package dev.junco.trainer.data;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.CsvOptions.Missing;
import dev.junco.trainer.data.CsvOptions.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tables of text as data sets: fields between commas, semicolons, tabs or blanks, perhaps in double quotes (RFC 4180),
 * with or without a header, UTF-8, UTF-16 or Latin-1, plain or packed with gzip. The separator, the header, the encoding
 * and the packing are told from the content where {@link CsvOptions} leave them open.
 *
 * <p>Every complaint about a field starts with file, line and column, both counted from 1.
 */
public final class CsvFile {
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");

    private final String name;
    private final List<CsvText.Row> rows;
    private final CsvOptions options;
    private final List<String> headers;

    private CsvFile(String name, List<CsvText.Row> rows, CsvOptions options) {
        this.name = name;
        this.rows = rows;
        this.options = options;
        this.headers = hasHeader() ? rows.getFirst().fields() : List.of();
    }

    /**
     * Reads a table whole.
     *
     * @return rank-1 features in the order of the columns
     * @throws DataException if the file is missing, unreadable, empty or ragged, a column does not exist, or a field is not
     *     what its column needs
     */
    public static Dataset read(Path path, CsvOptions options) {
        try (DataFile file = DataFile.open(path)) {
            String text = CsvText.decode(file.name(), file.readAll());
            return new CsvFile(file.name(), CsvText.rows(file.name(), text, options.separator()), options).dataset();
        }
    }

    private Dataset dataset() {
        int width = rows.getFirst().fields().size();
        List<CsvColumn> columns = new ArrayList<>(width);
        for (int c = 0; c < width; c++) {
            columns.add(CsvColumn.IGNORED);
        }
        List<CsvColumn> targets = targetColumns(columns);
        Set<Integer> ignored =
                Set.copyOf(options.ignored().stream().map(this::index).toList());
        Set<Integer> categorical =
                Set.copyOf(options.categorical().stream().map(this::index).toList());
        List<CsvColumn> features = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            if (columns.get(c) == CsvColumn.IGNORED && !ignored.contains(c)) {
                columns.set(
                        c,
                        categorical.contains(c)
                                ? new CsvColumn.Texts(columnName(c))
                                : new CsvColumn.Numbers(columnName(c)));
                features.add(columns.get(c));
            }
        }
        if (features.isEmpty()) {
            throw new DataException(
                    name + ": of the " + width + " columns none is left as a feature. Is the separator right?");
        }
        int samples = readRows(columns);
        if (samples == 0) {
            throw new DataException(name + ": there is no row of data"
                    + (rows.size() > (headers.isEmpty() ? 0 : 1) ? " without missing values." : " below the header."));
        }
        return assemble(samples, features, targets);
    }

    private List<CsvColumn> targetColumns(List<CsvColumn> columns) {
        List<CsvColumn> targets = new ArrayList<>();
        for (String target : options.targets()) {
            int c = index(target);
            columns.set(
                    c,
                    options.task() == Task.CLASSIFICATION
                            ? new CsvColumn.Texts(columnName(c))
                            : new CsvColumn.Numbers(columnName(c)));
            targets.add(columns.get(c));
        }
        return targets;
    }

    private int readRows(List<CsvColumn> columns) {
        int samples = 0;
        for (CsvText.Row row : rows.subList(headers.isEmpty() ? 0 : 1, rows.size())) {
            List<String> fields = row.fields();
            if (fields.size() != columns.size()) {
                throw new DataException(name + ":" + row.line() + ": found " + fields.size() + " fields; expected "
                        + columns.size() + " as in the first row.");
            }
            int missing = missingColumn(fields, columns);
            if (missing < 0) {
                for (int c = 0; c < columns.size(); c++) {
                    String complaint = columns.get(c).add(fields.get(c).strip());
                    if (complaint != null) {
                        throw new DataException(place(row, c) + complaint + hint(row));
                    }
                }
                samples++;
            } else if (options.missing() == Missing.REFUSE) {
                throw new DataException(
                        place(row, missing) + "found '" + fields.get(missing).strip()
                                + "', so a value is missing; fill it in, leave the column out, or let rows with"
                                + " missing values be skipped.");
            }
        }
        return samples;
    }

    private static int missingColumn(List<String> fields, List<CsvColumn> columns) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c) != CsvColumn.IGNORED && isMissing(fields.get(c))) {
                return c;
            }
        }
        return -1;
    }

    private Dataset assemble(int samples, List<CsvColumn> features, List<CsvColumn> targets) {
        List<String> names = new ArrayList<>();
        features.forEach(feature -> names.addAll(feature.featureNames()));
        Dataset data = Dataset.of(
                new FeatureStore.Floats(interleave(samples, names.size(), features)),
                Shape.of(names.size()),
                targets(samples, targets));
        return data.withFeatureNames(names);
    }

    private Targets targets(int samples, List<CsvColumn> columns) {
        return switch (options.task()) {
            case NONE -> new Targets.None();
            case REGRESSION ->
                new Targets.Values(
                        interleave(samples, columns.size(), columns),
                        columns.size(),
                        columns.stream()
                                .flatMap(column -> column.featureNames().stream())
                                .toList());
            case CLASSIFICATION -> CsvLabels.of(name, (CsvColumn.Texts) columns.getFirst(), options.labelNames());
        };
    }

    /** Columns to rows. */
    private float[] interleave(int samples, int width, List<CsvColumn> columns) {
        if ((long) samples * width > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    name + ": " + samples + " rows of " + width + " values are more than fit in one array.");
        }
        float[] values = new float[samples * width];
        int offset = 0;
        for (CsvColumn column : columns) {
            column.write(values, offset, width);
            offset += column.featureNames().size();
        }
        return values;
    }

    private boolean hasHeader() {
        return switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case DETECT ->
                rows.getFirst().fields().stream().noneMatch(CsvFile::isNumber)
                        && rows.size() > 1
                        && rows.get(1).fields().stream().anyMatch(CsvFile::isNumber);
        };
    }

    private static boolean isNumber(String field) {
        return CsvColumn.Numbers.complaint(field.strip()) == null;
    }

    private static boolean isMissing(String field) {
        return MISSING.contains(field.strip().toLowerCase(Locale.ROOT));
    }

    /** The column that a name or number means. */
    private int index(String column) {
        for (int c = 0; c < headers.size(); c++) {
            if (headers.get(c).strip().equals(column)) {
                return c;
            }
        }
        int width = rows.getFirst().fields().size();
        int number = switch (column) {
            case "first" -> 1;
            case "last" -> width;
            default -> column.matches("[0-9]{1,9}") ? Integer.parseInt(column) : 0;
        };
        if (number < 1 || number > width) {
            throw new DataException(name + ": there is no column '" + column + "'; "
                    + (headers.isEmpty()
                            ? "there is no header, and the columns are 1 to " + width
                            : "the header has " + String.join(", ", headers))
                    + ".");
        }
        return number - 1;
    }

    private String columnName(int c) {
        return headers.isEmpty() ? "column " + (c + 1) : headers.get(c).strip();
    }

    private String place(CsvText.Row row, int c) {
        return name + ":" + row.line() + ":" + (c + 1) + (headers.isEmpty() ? ": " : " (" + columnName(c) + "): ");
    }

    private String hint(CsvText.Row row) {
        return headers.isEmpty() && row == rows.getFirst() ? " Is this row a header?" : "";
    }
}
