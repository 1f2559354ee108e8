package dev.junco.runtime.op;

import dev.junco.runtime.graph.Value;

/**
 * How values lie in memory. An int8 value lies in bytes, or <em>widened</em>: as float32 integers without its zero point. So lie those that only operators
 * touch which compute with such floats anyway, see {@link Operator#widening}.
 */
public interface Storage {
    /** Whether a value lies widened. */
    boolean isWidened(Value value);
}
