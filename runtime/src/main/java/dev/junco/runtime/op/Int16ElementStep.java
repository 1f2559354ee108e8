package dev.junco.runtime.op;

/** Applies a function to each int16 element, possibly in place. */
final class Int16ElementStep extends ElementwiseStep {
    private final Int16Function function;
    private final ShortRef x;
    private final ShortRef y;

    Int16ElementStep(Int16Function function, ShortRef x, ShortRef y, int elements) {
        super(elements, 8);
        this.function = function;
        this.x = x;
        this.y = y;
    }

    @Override
    protected void apply(int first, int n) {
        for (int i = first; i < first + n; i++) {
            y.array()[y.offset() + i] = (short) function.of(x.array()[x.offset() + i]);
        }
    }
}
