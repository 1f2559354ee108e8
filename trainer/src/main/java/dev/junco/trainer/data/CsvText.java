package dev.junco.trainer.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From bytes to rows of fields. */
final class CsvText {
    private static final int SAMPLE_LINES = 20;
    private static final int SAMPLE_BYTES = 4096;
    /** In order of preference where several divide alike: a comma may also stand inside a number. */
    private static final char[] CANDIDATES = {'\t', ';', ','};

    /**
     * One row.
     *
     * @param line where it starts, from 1
     * @param fields without quotes
     */
    record Row(long line, List<String> fields) {}

    private CsvText() {}

    /** UTF-16 and UTF-8 by their marks, else UTF-8 if it is, else Latin-1, which every byte is. */
    static String decode(String name, byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        for (int i = 0; i < Math.min(bytes.length, SAMPLE_BYTES); i++) {
            if (bytes[i] == 0) {
                throw new DataException(name + " is not text: byte " + i + " is 0. Expected a table such as CSV.");
            }
        }
        int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            return decoder(StandardCharsets.UTF_8, bytes, mark);
        } catch (CharacterCodingException e) {
            return new String(bytes, mark, bytes.length - mark, StandardCharsets.ISO_8859_1);
        }
    }

    private static String decoder(Charset charset, byte[] bytes, int offset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, offset, bytes.length - offset))
                .toString();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** All rows that are not blank; at least one. */
    static List<Row> rows(String name, String text, char separator) {
        char used = separator == CsvOptions.DETECT_SEPARATOR ? detect(text) : separator;
        List<Row> rows = used == ' ' ? rowsOfWords(text) : rowsOfFields(name, text, used);
        if (rows.isEmpty()) {
            throw new DataException(name + " is empty; expected a table with a row for each sample.");
        }
        return rows;
    }

    private static List<Row> rowsOfFields(String name, String text, char separator) {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                if (record.getFieldCount() > 1 || !record.getField(0).isBlank()) {
                    rows.add(new Row(record.getStartingLineNumber(), record.getFields()));
                }
            }
        } catch (CsvParseException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new DataException(
                    name + ": the table cannot be read after line "
                            + (rows.isEmpty() ? 0 : rows.getLast().line()) + " (" + reason.getMessage() + ").",
                    e);
        } catch (IOException e) {
            throw DataFile.unreadable(name, e);
        }
        return rows;
    }

    private static List<Row> rowsOfWords(String text) {
        List<Row> rows = new ArrayList<>();
        long number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                rows.add(new Row(number, List.of(line.strip().split("\\s+"))));
            }
        }
        return rows;
    }

    /**
     * The separator that divides each of the first lines alike, else the one that divides all of them, else white space.
     */
    static char detect(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(SAMPLE_LINES).toList();
        for (char candidate : CANDIDATES) {
            int[] counts =
                    lines.stream().mapToInt(line -> count(line, candidate)).toArray();
            if (counts.length > 0 && counts[0] > 0 && Arrays.stream(counts).allMatch(n -> n == counts[0])) {
                return candidate;
            }
        }
        char best = ',';
        long most = 0;
        for (char candidate : CANDIDATES) {
            long dividing =
                    lines.stream().filter(line -> count(line, candidate) > 0).count();
            if (dividing > most) {
                best = candidate;
                most = dividing;
            }
        }
        boolean words = lines.stream().anyMatch(line -> line.strip().matches("\\S+\\s+\\S.*"));
        return most < lines.size() && words ? ' ' : best;
    }

    private static int count(String line, char separator) {
        boolean quoted = false;
        int count = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            count += c == separator && !quoted ? 1 : 0;
        }
        return count;
    }
}
