package dev.junco.runtime.graph.attributes;

/** Arithmetic on two elements a and b. */
public enum BinaryKind {
    /** a + b. */
    ADD,
    /** a − b. */
    SUBTRACT,
    /** a · b. */
    MULTIPLY;

    /** The function in double precision. */
    public double apply(double a, double b) {
        switch (this) {
            case ADD:
                return a + b;
            case SUBTRACT:
                return a - b;
            default:
                return a * b;
        }
    }
}
