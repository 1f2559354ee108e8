package dev.junco.trainer.cli;

import dev.junco.trainer.data.DataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of one entry of a description file, read by name. Every option that is asked for is known; {@link #finish} refuses the others, so a
 * spelling mistake is never silently ignored.
 */
final class Options {
    private final String where;
    private final Map<String, Object> given;
    private final Set<String> known = new TreeSet<>();

    private Options(String where, Map<String, Object> given) {
        this.where = where;
        this.given = given;
    }

    /**
     * Options as YAML gives them: a map, or a single value for the option {@code main}, or nothing.
     *
     * @param where for messages, for example {@code cnn.yaml: layer 3 (dense)}
     */
    static Options of(String where, Object yaml, String main) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (yaml instanceof Map<?, ?> map) {
            map.forEach((key, value) -> options.put(String.valueOf(key), value));
        } else if (yaml != null) {
            if (main == null) {
                throw new DataException(where + ": found '" + yaml + "', expected a list of options.");
            }
            options.put(main, yaml);
        }
        return new Options(where, options);
    }

    String where() {
        return where;
    }

    boolean has(String name) {
        known.add(name);
        return given.get(name) != null;
    }

    Object raw(String name) {
        known.add(name);
        return given.get(name);
    }

    int integer(String name, int least, Integer otherwise) {
        Object value = raw(name);
        if (value == null && otherwise != null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= least) {
            return number;
        }
        throw wrong(name, value, "a whole number of at least " + least);
    }

    double number(String name, Double otherwise) {
        Object value = raw(name);
        if (value == null && otherwise != null) {
            return otherwise;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, value, "a number");
    }

    boolean flag(String name, boolean otherwise) {
        Object value = raw(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, value, "true or false");
    }

    String text(String name, String otherwise) {
        Object value = raw(name);
        return value == null ? otherwise : String.valueOf(value);
    }

    /** One of the names of an enumeration, in any case. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        String value = text(name, null);
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw wrong(
                name,
                value,
                "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    DataException wrong(String name, Object found, String expected) {
        return new DataException(where + ": option '" + name + "' is " + (found == null ? "missing" : "'" + found + "'")
                + ", expected " + expected + ".");
    }

    /** Refuses options that nobody asked for. */
    void finish() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new DataException(
                        where + ": there is no option '" + name + "'; known are " + String.join(", ", known) + ".");
            }
        }
    }
}
