package dev.junco.runtime.op;

/** Copies runs of elements from one spacing to another; a unit is a run. Both arrays have one element type. */
final class CopyRunsStep extends Step {
    private final Object from;
    private final int fromOffset;
    private final int fromStride;
    private final Object to;
    private final int toOffset;
    private final int toStride;
    private final int run;
    private final int runs;

    CopyRunsStep(
            Object from, int fromOffset, int fromStride, Object to, int toOffset, int toStride, int run, int runs) {
        super((long) run * runs);
        this.from = from;
        this.fromOffset = fromOffset;
        this.fromStride = fromStride;
        this.to = to;
        this.toOffset = toOffset;
        this.toStride = toStride;
        this.run = run;
        this.runs = runs;
    }

    @Override
    public int units() {
        return runs;
    }

    @Override
    public void run(int first, int end, int worker) {
        for (int i = first; i < end; i++) {
            System.arraycopy(from, fromOffset + i * fromStride, to, toOffset + i * toStride, run);
        }
    }
}
