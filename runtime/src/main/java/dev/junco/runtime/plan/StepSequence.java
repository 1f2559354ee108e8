package dev.junco.runtime.plan;

import dev.junco.runtime.Cancellation;
import dev.junco.runtime.op.Step;

/** Steps that run one after the other, each shared by a team while that is faster. Allocates nothing; not thread-safe. */
final class StepSequence {
    private final Step[] steps;
    private final WorkerTeam team;
    /** Null if there is nobody to share with, or nothing. */
    private final SharingTrial sharing;

    StepSequence(Step[] steps, WorkerTeam team) {
        this.steps = steps;
        this.team = team;
        boolean shares = false;
        for (Step step : steps) {
            shares |= team.isWorthSharing(step);
        }
        this.sharing = shares ? new SharingTrial() : null;
    }

    int size() {
        return steps.length;
    }

    Step get(int step) {
        return steps[step];
    }

    /** Runs all; null is never due. The number of steps that have run. */
    int run(Cancellation cancellation) {
        boolean together = together();
        long start = sharing != null ? System.nanoTime() : 0;
        for (int i = 0; i < steps.length; i++) {
            if (cancellation != null && cancellation.isDue()) {
                return i;
            }
            run(steps[i], together);
        }
        if (sharing != null) {
            sharing.took(System.nanoTime() - start);
        }
        return steps.length;
    }

    /** Runs all and adds the time of each: {@code nanos[places[step]] += …}. */
    void run(long[] nanos, int[] places) {
        boolean together = together();
        long start = System.nanoTime();
        for (int i = 0; i < steps.length; i++) {
            run(steps[i], together);
            long end = System.nanoTime();
            nanos[places[i]] += end - start;
            start = end;
        }
    }

    private boolean together() {
        return sharing != null && sharing.together();
    }

    private void run(Step step, boolean together) {
        if (together) {
            team.run(step);
        } else {
            step.run(0, step.units(), 0);
        }
    }
}
