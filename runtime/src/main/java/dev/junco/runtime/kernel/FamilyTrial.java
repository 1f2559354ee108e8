package dev.junco.runtime.kernel;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Warms the vector kernels of one family and decides when they have proved faster than the plain ones. A kernel is
 * ready when it was not much slower than its plain one in two rounds running; the family has proved itself when all
 * are ready and together are faster.
 */
final class FamilyTrial {
    /** Enough for plain loops of a moderate problem to reach the optimising compiler. */
    private static final int PLAIN_CALLS = 300;

    private static final int TINY_CALLS = 300;
    private static final int MEASUREMENTS = 5;
    private static final int ROUNDS_RUNNING = 2;

    /** Simple loops are as fast in both flavours; this much is noise. */
    private static final double NOT_SLOWER = 1.5;

    private final List<KernelTrial> trials;
    private final LongSupplier nanoTime;
    private final int[] goodRounds;
    private boolean plainIsWarm;

    FamilyTrial(List<KernelTrial> trials, LongSupplier nanoTime) {
        this.trials = trials;
        this.nanoTime = nanoTime;
        this.goodRounds = new int[trials.size()];
    }

    /** Warms what is not ready and measures; true once the family has proved faster. */
    boolean round() {
        if (!plainIsWarm) {
            trials.forEach(trial -> repeat(trial.plain(), PLAIN_CALLS));
            plainIsWarm = true;
        }
        boolean ready = true;
        long plain = 0;
        long vector = 0;
        for (int t = 0; t < goodRounds.length; t++) {
            KernelTrial trial = trials.get(t);
            if (goodRounds[t] < ROUNDS_RUNNING) {
                repeat(trial.tiny(), TINY_CALLS);
            }
            long plainTime = best(trial.plain());
            long vectorTime = best(trial.vector());
            goodRounds[t] = vectorTime <= NOT_SLOWER * plainTime ? goodRounds[t] + 1 : 0;
            ready &= goodRounds[t] >= ROUNDS_RUNNING;
            plain += plainTime;
            vector += vectorTime;
        }
        return ready && vector < plain;
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    private long best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS; i++) {
            long start = nanoTime.getAsLong();
            work.run();
            best = Math.min(best, nanoTime.getAsLong() - start);
        }
        return best;
    }
}
