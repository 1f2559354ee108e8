package dev.junco.trainer.op;

import dev.junco.runtime.op.Step;
import java.util.Arrays;

/** The gradient of pixels that no window reads; a unit is a run. */
final class ZeroPhaseStep extends Step {
    private final PhaseTarget target;

    ZeroPhaseStep(PhaseTarget target) {
        super((long) target.runs() * target.run() * target.channels());
        this.target = target;
    }

    @Override
    public int units() {
        return target.runs();
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int index = from; index < to; index++) {
            int at = target.dx().offset() + target.starts()[index];
            for (int pixel = 0; pixel < target.run(); pixel++) {
                Arrays.fill(target.dx().array(), at, at + target.channels(), 0f);
                at += target.pixelStride();
            }
        }
    }
}
