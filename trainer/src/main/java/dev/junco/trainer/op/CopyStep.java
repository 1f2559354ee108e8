package dev.junco.trainer.op;

import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;

/** y = x. */
final class CopyStep extends ElementwiseStep {
    private final FloatRef x;
    private final FloatRef y;

    CopyStep(FloatRef x, FloatRef y, int elements) {
        super(elements, 1);
        this.x = x;
        this.y = y;
    }

    @Override
    protected void apply(int first, int n) {
        System.arraycopy(x.array(), x.offset() + first, y.array(), y.offset() + first, n);
    }
}
