package dev.junco.runtime.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Warms the vector kernels of one family and decides when they have proved faster than the plain ones. A kernel is
 * ready when it was not much slower than its plain one in two rounds running; the family has proved itself when all
 * are ready and together are faster.
 *
 * <p>Until it is compiled, a vector operation runs as plain Java with a loop over the lanes and garbage for each step. What makes the compilers act is
 * the number of calls; so a kernel is called thousands of times with nothing to do, and just often enough with a tiny problem that they know its
 * loops. That takes a twentieth of the time and of the garbage of calls that work.
 */
final class FamilyTrial {
    /** Calls after which the first compiler, the one that counts paths, takes over. */
    private static final int FIRST_CALLS = 300;

    /** Interpreted. */
    private static final int FIRST_TINY_CALLS = 2;

    /** More than the optimising compiler waits for. */
    private static final int IDLE_CALLS = 6000;

    /** Each takes every path several times. */
    private static final int TINY_CALLS = 6;

    /** Rounds between two bursts of calls: compiling a register tile takes a tenth of a second, and more calls would not hasten it. */
    private static final int PATIENCE = 15;

    /** Once the kernel is compiled, what calls it needs calls of its own. */
    private static final int QUICK_CALLS = 200;

    /** What the way to a kernel may cost while it is not compiled yet; a kernel that is not itself takes longer. */
    private static final long WAY_NANOS = 20_000;

    /** So that plain loops are compiled too; to tell compiled vector kernels from the others they need not be at their best. */
    private static final int PLAIN_CALLS = 30;

    /** A kernel that is not compiled yet is not looked at for so many times as long as it took. */
    private static final int PAUSE = 10;

    private static final int MEASUREMENTS = 5;
    private static final int ROUNDS_RUNNING = 2;

    /** Simple loops are as fast in both flavours; this much is noise. */
    private static final double NOT_SLOWER = 1.5;

    /** Rounds after which kernels that are ready, but not faster, will not be. */
    private static final int MOST_READY_ROUNDS = 30;

    private final List<KernelTrial> trials;
    private final boolean small;
    private final LongSupplier nanoTime;
    private final int[] goodRounds;
    /** When to look again whether a kernel is compiled. */
    private final long[] resume;

    private int rounds;
    private int readyRounds;

    /** Of kernels that are small, or of large ones, for which an interpreter takes too long. */
    FamilyTrial(List<KernelTrial> trials, boolean small, LongSupplier nanoTime) {
        this.trials = trials;
        this.small = small;
        this.nanoTime = nanoTime;
        this.goodRounds = new int[trials.size()];
        this.resume = new long[trials.size()];
        Arrays.fill(resume, Long.MIN_VALUE);
    }

    /** Warms what is not ready and measures; true once the family has proved faster. */
    boolean round() {
        if (rounds == 0) {
            start();
        }
        boolean ready = true;
        long plain = 0;
        long vector = 0;
        for (int t = 0; t < goodRounds.length; t++) {
            KernelTrial trial = trials.get(t);
            if (goodRounds[t] < ROUNDS_RUNNING) {
                // In round 0 the first compiler is still at work, and nobody counts.
                int burst = rounds % PATIENCE;
                if (burst == 1) {
                    trial.tiny().run(TINY_CALLS);
                }
                if (rounds % 2 == 1) {
                    trial.idle().run(IDLE_CALLS);
                }
                if (nanoTime.getAsLong() < resume[t]) {
                    ready = false;
                    continue;
                }
                // One call tells whether it is compiled, before anything moderate is computed lane by lane.
                long bound = 4 * best(trial.plainTiny(), 1) + WAY_NANOS;
                long tiny = best(trial.tiny(), 1);
                if (tiny > bound) {
                    resume[t] = nanoTime.getAsLong() + PAUSE * tiny;
                    goodRounds[t] = 0;
                    ready = false;
                    continue;
                }
                trial.tiny().run(QUICK_CALLS);
            }
            long plainTime = best(trial.plain(), MEASUREMENTS);
            long vectorTime = best(trial.vector(), MEASUREMENTS);
            goodRounds[t] = vectorTime <= NOT_SLOWER * plainTime ? goodRounds[t] + 1 : 0;
            ready &= goodRounds[t] >= ROUNDS_RUNNING;
            plain += plainTime;
            vector += vectorTime;
        }
        rounds++;
        readyRounds += ready ? 1 : 0;
        return ready && vector < plain;
    }

    /** Whether the kernels are as fast as they will be, and that is no faster than the plain ones. */
    boolean isInVain() {
        return readyRounds >= MOST_READY_ROUNDS;
    }

    private void start() {
        for (KernelTrial trial : trials) {
            trial.plain().run(PLAIN_CALLS);
            if (small) {
                // Else a compiler that finds its queue full takes them before their loops are known, and again later.
                trial.tiny().run(FIRST_TINY_CALLS);
            }
            trial.idle().run(FIRST_CALLS);
        }
    }

    private long best(KernelTrial.Calls work, int measurements) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < measurements; i++) {
            long start = nanoTime.getAsLong();
            work.run(1);
            best = Math.min(best, nanoTime.getAsLong() - start);
        }
        return best;
    }
}
