package dev.junco.runtime.op;

import dev.junco.runtime.graph.Value;

/** The tensors of a graph in double precision, for {@link Operator#evaluate}. */
public interface Doubles {
    /** All elements of a value in row-major order; an operator writes its results here. */
    double[] of(Value value);
}
