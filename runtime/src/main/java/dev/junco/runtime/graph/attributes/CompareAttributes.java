package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * z = kind(a, b) for each element, BOOL; shapes broadcast as in {@link BinaryAttributes}. Comparisons with NaN are false, NOT_EQUAL is
 * true. int16 operands have one scale, so that their integers tell.
 */
public record CompareAttributes(CompareKind kind) implements Attributes {
    @Override
    public int code() {
        return 18;
    }
}
