package dev.junco.runtime.op;

/** A step over all elements of tensors of one size; a unit is a block of elements that stays in the first-level cache. */
public abstract class ElementwiseStep extends Step {
    private static final int BLOCK = 2048;

    private final int elements;

    /** A step over {@code elements} elements, each of which costs about {@code cost} multiply-adds. */
    protected ElementwiseStep(int elements, int cost) {
        super((long) elements * cost);
        this.elements = elements;
    }

    @Override
    public final int units() {
        return (elements - 1) / BLOCK + 1;
    }

    @Override
    public final void run(int from, int to, int worker) {
        int first = from * BLOCK;
        apply(first, to == units() ? elements - first : (to - from) * BLOCK);
    }

    /** Handles {@code n} elements from {@code first}. */
    protected abstract void apply(int first, int n);
}
