package dev.junco.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the fields of one column. */
sealed interface CsvColumn {
    /** Drops every field. */
    CsvColumn IGNORED = new Ignored();

    /** Takes a field, or answers what is wrong with it. */
    String add(String field);

    /** Names of the features that the column becomes. */
    List<String> featureNames();

    /** Writes row {@code r} to {@code values[r * width + offset]} and following. */
    void write(float[] values, int offset, int width);

    /** Drops every field. */
    final class Ignored implements CsvColumn {
        private Ignored() {}

        @Override
        public String add(String field) {
            return null;
        }

        @Override
        public List<String> featureNames() {
            return List.of();
        }

        @Override
        public void write(float[] values, int offset, int width) {}
    }

    /** Finite decimal numbers. */
    final class Numbers implements CsvColumn {
        private final String name;
        private float[] numbers = new float[64];
        private int size;

        Numbers(String name) {
            this.name = name;
        }

        @Override
        public String add(String field) {
            String complaint = complaint(field);
            if (complaint == null) {
                if (size == numbers.length) {
                    numbers = Arrays.copyOf(numbers, size + (size >> 1));
                }
                numbers[size++] = Float.parseFloat(field);
            }
            return complaint;
        }

        @Override
        public List<String> featureNames() {
            return List.of(name);
        }

        @Override
        public void write(float[] values, int offset, int width) {
            for (int i = 0; i < size; i++) {
                values[i * width + offset] = numbers[i];
            }
        }

        /** What keeps a field from being a number, or null. Java's own parser also takes NaN, 0x1p3 and 1f. */
        static String complaint(String field) {
            String wanted = "; expected a finite number such as -1.5 or 2e-3.";
            boolean digit = false;
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                digit |= c >= '0' && c <= '9';
                if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                    return "found '" + shortened(field) + "'" + wanted + remedy(field);
                }
            }
            try {
                if (digit && Float.isFinite(Float.parseFloat(field))) {
                    return null;
                }
                return "found '" + shortened(field) + "'" + (digit ? ", which is beyond float32" : "") + wanted;
            } catch (NumberFormatException e) {
                return "found '" + shortened(field) + "'" + wanted;
            }
        }

        private static String remedy(String field) {
            if (field.matches("[+-]?[0-9]+,[0-9]+")) {
                return " Write a point, not a comma, before the decimals.";
            }
            return field.isEmpty() || Character.isLetter(field.charAt(0))
                    ? " A column of text can be left out or read as categorical."
                    : "";
        }

        private static String shortened(String field) {
            return field.length() <= 40 ? field : field.substring(0, 40) + "…";
        }
    }

    /** Texts, of which each may come often. */
    final class Texts implements CsvColumn {
        private final String name;
        private final Map<String, Integer> codes = new HashMap<>();
        private final List<String> texts = new ArrayList<>();
        private int[] rows = new int[64];
        private int size;

        Texts(String name) {
            this.name = name;
        }

        @Override
        public String add(String field) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, size + (size >> 1));
            }
            Integer code = codes.get(field);
            if (code == null) {
                code = texts.size();
                codes.put(field, code);
                texts.add(field);
            }
            rows[size++] = code;
            return null;
        }

        String name() {
            return name;
        }

        /** The different texts in the order in which they came. */
        List<String> texts() {
            return Collections.unmodifiableList(texts);
        }

        /** For each row the number that {@code ids} gives its text's place in {@link #texts}. */
        int[] mapped(int[] ids) {
            int[] mapped = new int[size];
            for (int i = 0; i < size; i++) {
                mapped[i] = ids[rows[i]];
            }
            return mapped;
        }

        /** First row that holds a text, from 0. */
        int firstRow(String text) {
            int code = codes.get(text);
            int row = 0;
            while (rows[row] != code) {
                row++;
            }
            return row;
        }

        @Override
        public List<String> featureNames() {
            return texts.stream().sorted().map(text -> name + "=" + text).toList();
        }

        @Override
        public void write(float[] values, int offset, int width) {
            List<String> sorted = texts.stream().sorted().toList();
            int[] place = texts.stream().mapToInt(sorted::indexOf).toArray();
            for (int i = 0; i < size; i++) {
                values[i * width + offset + place[rows[i]]] = 1;
            }
        }
    }
}
