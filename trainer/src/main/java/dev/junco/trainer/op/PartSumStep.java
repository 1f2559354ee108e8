package dev.junco.trainer.op;

import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;

/** Adds parts of equal size into the first one, in their order. */
final class PartSumStep extends ElementwiseStep {
    private final Binding binding;
    private final int parts;
    private final int size;
    private final FloatRef x;

    PartSumStep(Binding binding, int parts, int size, FloatRef x) {
        super(size, parts);
        this.binding = binding;
        this.parts = parts;
        this.size = size;
        this.x = x;
    }

    @Override
    protected void apply(int first, int n) {
        int at = x.offset() + first;
        for (int part = 1; part < parts; part++) {
            binding.kernels().kernels().elementwise().add(x.array(), at, x.array(), at + part * size, x.array(), at, n);
        }
    }
}
