package dev.junco.trainer.cli;

import dev.junco.converter.SizeBounds;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The largest size of an axis of an input, as people write it: {@code samples:1=400}. */
record AxisBound(String input, int axis, int most) {
    /** Names of inputs may hold colons, as TensorFlow's do. */
    private static final Pattern FORM = Pattern.compile("(.+):(\\d{1,9})=(\\d{1,9})");

    static final class Reader implements ITypeConverter<AxisBound> {
        @Override
        public AxisBound convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no bound; expected INPUT:AXIS=MOST, for example samples:1=400");
            }
            return new AxisBound(parts.group(1), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        }
    }

    static SizeBounds all(List<AxisBound> bounds) {
        SizeBounds all = SizeBounds.NONE;
        for (AxisBound bound : bounds) {
            all = all.with(bound.input, bound.axis, bound.most);
        }
        return all;
    }
}
