package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * C = activation(A · B) for each pair of matrices. Operands: a {@code [batch…, m, k]}, b {@code [batch…, k, n]}; batch axes broadcast as in
 * {@link BinaryAttributes}. int16 operands are both int16, with sums of 64 bits.
 *
 * @param transposeA whether a is given as {@code [batch…, k, m]}
 * @param transposeB whether b is given as {@code [batch…, n, k]}
 * @param activation applied to the result
 */
public record MatMulAttributes(boolean transposeA, boolean transposeB, Activation activation) implements Attributes {
    @Override
    public int code() {
        return 38;
    }
}
