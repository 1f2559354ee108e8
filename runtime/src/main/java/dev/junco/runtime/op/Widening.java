package dev.junco.runtime.op;

/** Which int8 operands and results of a node may lie widened, see {@link Storage}. */
public enum Widening {
    /** None: the operator reads and writes bytes. */
    NEVER,
    /** All of them or none. */
    TOGETHER,
    /** Each operand for itself, and no result. */
    OPERANDS,
    /** Each for itself. */
    EACH
}
