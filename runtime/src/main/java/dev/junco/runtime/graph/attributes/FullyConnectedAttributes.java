package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * y[i][o] = activation(bias[o] + Σ_k x[i][k] · w[o][k]). Operands: x {@code [batch, …]} of which the axes after the first are
 * one, w {@code [units, k]}, bias {@code [units]} (may be missing). Result {@code [batch, units]}.
 * With x of int16 the weights are int8, and the bias tells the arithmetic: {@code [units]} of int32 makes sums of 32 bits, {@code [units, 2]} with the low
 * and the high word of a 64-bit bias, or none, makes sums of 64 bits.
 */
public record FullyConnectedAttributes(Activation activation) implements Attributes {
    @Override
    public int code() {
        return 1;
    }
}
