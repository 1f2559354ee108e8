package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;
import java.util.List;

/**
 * Surrounds a tensor with a constant.
 *
 * @param before elements put before each axis
 * @param after elements put after each axis
 * @param value the real number put there
 */
public record PadAttributes(List<Integer> before, List<Integer> after, float value) implements Attributes {
    public PadAttributes {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
