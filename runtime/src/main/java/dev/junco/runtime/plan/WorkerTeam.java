package dev.junco.runtime.plan;

import dev.junco.runtime.op.Step;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that share the steps of one execution. The calling thread is worker 0. Workers wait by spinning for some microseconds, then park; they
 * are daemons and end by themselves when the team is no longer reachable. How units are split never changes a result. One step at a time.
 *
 * <p>The caller never waits for a worker that has not begun: when no unit is left it closes the round, and who comes later goes back to waiting. So a team
 * whose workers get no processor is about as fast as the caller alone.
 */
public final class WorkerTeam {
    /**
     * How long a waiting worker looks for work before it parks, and the caller at its workers before it lets others have the processor: longer than the
     * steps between that are not worth splitting.
     */
    private static final long SPIN_NANOS = 50_000;

    /** Work below which a second thread costs more than it helps: some three microseconds of multiply-adds. */
    private static final long WORTH_SPLITTING = 1 << 17;

    /** Looks between two looks at the clock. */
    private static final int LOOKS = 64;

    /** How long a parked worker sleeps before it looks whether its team still exists. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** Pieces for each worker: enough that a worker that was interrupted does not hold up the others for long. */
    private static final int PIECES = 4;

    /** Distance of two counters in ints: more than a cache line, so that no worker waits for the other's. */
    private static final int APART = 32;

    private final int workers;
    private final long worthSplitting;
    private final Shared shared;
    private volatile int lastRound;

    /**
     * A team.
     *
     * @param workers number of threads, the caller's included; at least 1
     */
    public WorkerTeam(int workers) {
        this(workers, WORTH_SPLITTING);
    }

    /**
     * A team.
     *
     * @param workers number of threads, the caller's included; at least 1
     * @param worthSplitting least {@link Step#work} of a step that is shared
     */
    public WorkerTeam(int workers, long worthSplitting) {
        if (workers < 1) {
            throw new IllegalArgumentException("a team of " + workers + " workers; expected at least 1");
        }
        this.workers = workers;
        this.worthSplitting = worthSplitting;
        this.shared = workers == 1 ? null : new Shared(this, workers);
        for (int i = 1; i < workers; i++) {
            Thread thread = new Thread(new Worker(shared, i), "junco-worker-" + i);
            thread.setDaemon(true);
            shared.threads[i] = thread;
            thread.start();
        }
    }

    /** Number of workers, the caller included. */
    public int workers() {
        return workers;
    }

    /** Whether a step has work enough for more than one of the team. */
    boolean isWorthSharing(Step step) {
        return workers > 1 && step.work() >= worthSplitting;
    }

    /** Runs all units of a step; returns when all are done. Allocates nothing. */
    public void run(Step step) {
        int units = step.units();
        if (units <= 1 || !isWorthSharing(step)) {
            step.run(0, units, 0);
            return;
        }
        Shared s = shared;
        s.failure = null; // of a round that the caller's own failure ended
        s.step = step;
        s.units = units;
        s.piece = Math.max(1, units / (workers * PIECES));
        for (int i = 0; i < workers; i++) {
            s.next.set(i * APART, s.share(i));
        }
        s.round.open();
        for (int i = 1; i < workers; i++) {
            if (s.parked.get(i) != 0) {
                LockSupport.unpark(s.threads[i]);
            }
        }
        try {
            s.work(0);
        } finally {
            s.closeRound();
            s.step = null;
            // Written so that the team stays reachable until here: without it, workers might end in the middle of a
            // round.
            lastRound = s.round.number();
        }
        Throwable failure = s.failure;
        if (failure != null) {
            s.failure = null;
            throw new IllegalStateException("a worker failed: " + failure, failure);
        }
    }

    private static final class Shared {
        private final WeakReference<WorkerTeam> owner;
        private final Thread[] threads;
        /** The next unit of each worker's share. */
        private final AtomicIntegerArray next;

        private final Round round = new Round();
        private final AtomicIntegerArray parked;
        private Step step;
        private int units;
        private int piece;
        private volatile Throwable failure;

        Shared(WorkerTeam owner, int workers) {
            this.owner = new WeakReference<>(owner);
            this.threads = new Thread[workers];
            this.parked = new AtomicIntegerArray(workers);
            this.next = new AtomicIntegerArray(workers * APART);
        }

        /** First unit of a worker's share. */
        int share(int worker) {
            return (int) ((long) units * worker / threads.length);
        }

        /**
         * A worker's own share, then what is left of the others'. The shares are neighbouring units and the same in every step of as many units, so what
         * a worker reads is mostly what it wrote before, and still in its cache.
         */
        void work(int worker) {
            Step current = step;
            int size = piece;
            for (int i = 0; i < threads.length; i++) {
                int owner = (worker + i) % threads.length;
                int end = share(owner + 1);
                int from = next.getAndAdd(owner * APART, size);
                while (from < end) {
                    current.run(from, Math.min(end, from + size), worker);
                    from = next.getAndAdd(owner * APART, size);
                }
            }
        }

        /** Lets no other worker in and waits for those that are. */
        void closeRound() {
            round.close();
            if (round.isOver()) {
                return;
            }
            int spins = 0;
            long start = System.nanoTime();
            while (!round.isOver()) {
                if (++spins % LOOKS == 0 && System.nanoTime() - start > SPIN_NANOS) {
                    Thread.yield();
                }
            }
        }
    }

    private static final class Worker implements Runnable {
        private final Shared shared;
        private final int index;
        private int seen;

        Worker(Shared shared, int index) {
            this.shared = shared;
            this.index = index;
        }

        @Override
        public void run() {
            while (awaitRound()) {
                if (!shared.round.enter()) {
                    continue;
                }
                try {
                    shared.work(index);
                } catch (Throwable e) {
                    shared.failure = e;
                } finally {
                    shared.round.leave();
                }
            }
        }

        /** Waits for the next round; false when the team is gone. */
        private boolean awaitRound() {
            int spins = 0;
            long start = System.nanoTime();
            while (shared.round.number() == seen) {
                if (++spins % LOOKS != 0 || System.nanoTime() - start < SPIN_NANOS) {
                    continue;
                }
                shared.parked.set(index, 1);
                if (shared.round.number() == seen) {
                    LockSupport.parkNanos(this, LOOK_NANOS);
                    if (shared.round.number() == seen && shared.owner.get() == null) {
                        return false;
                    }
                }
                shared.parked.set(index, 0);
            }
            seen = shared.round.number();
            return true;
        }
    }
}
