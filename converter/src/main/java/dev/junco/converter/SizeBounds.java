package dev.junco.converter;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far axes of inputs may vary while a model is used. Immutable.
 *
 * <pre>{@code
 * Model model = ModelFiles.read(Path.of("speech.tflite"), CustomOperators.NONE, SizeBounds.of("frames", 1, 400));
 * }</pre>
 */
public final class SizeBounds {
    /** All axes are fixed. */
    public static final SizeBounds NONE = new SizeBounds(Collections.emptySortedMap());

    private final SortedMap<String, SortedMap<Integer, Integer>> byInput;

    private SizeBounds(SortedMap<String, SortedMap<Integer, Integer>> byInput) {
        this.byInput = byInput;
    }

    /** One axis varies; see {@link #with}. */
    public static SizeBounds of(String input, int axis, int most) {
        return NONE.with(input, axis, most);
    }

    /**
     * These bounds and another one.
     *
     * @param axis counted from 0
     * @param most largest size that the axis may be given
     * @throws ConversionException if the axis is negative or the size below 1
     */
    public SizeBounds with(String input, int axis, int most) {
        Objects.requireNonNull(input, "input");
        if (axis < 0 || most < 1) {
            throw new ConversionException("axis " + axis + " of input '" + input + "' is bounded by " + most
                    + ", expected an axis from 0 on and a size of at least 1");
        }
        SortedMap<String, SortedMap<Integer, Integer>> more = new TreeMap<>(byInput);
        SortedMap<Integer, Integer> axes = new TreeMap<>(more.getOrDefault(input, Collections.emptySortedMap()));
        axes.put(axis, most);
        more.put(input, Collections.unmodifiableSortedMap(axes));
        return new SizeBounds(Collections.unmodifiableSortedMap(more));
    }

    /** Whether all axes are fixed. */
    public boolean isEmpty() {
        return byInput.isEmpty();
    }

    /** For each input that varies, by name: the largest size of each axis that varies. */
    public Map<String, SortedMap<Integer, Integer>> byInput() {
        return byInput;
    }

    /** For example {@code {frames={1=400}}}. */
    @Override
    public String toString() {
        return byInput.toString();
    }
}
