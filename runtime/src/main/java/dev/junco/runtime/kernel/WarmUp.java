package dev.junco.runtime.kernel;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that warms kernels. It is started with the first model, because a run must not allocate; it waits for a first run to end, so that even the
 * classes of the Vector API are left alone until then, warms what runs ask for and waits again. It keeps no JVM alive, and ends when there are no models.
 */
final class WarmUp implements Runnable {
    /** A rest of 25 ms, see {@link #rest}. */
    private static final long FIRST_REST_NANOS = 20_000_000;

    /** How often a thread with nothing to do looks whether there are models. */
    private static final long LOOK_NANOS = 30_000_000_000L;

    private final WarmingKernels kernels;
    private final long lookNanos;
    private volatile Thread thread;

    WarmUp(WarmingKernels kernels) {
        this(kernels, LOOK_NANOS);
    }

    /** Looks so often whether there are models. */
    WarmUp(WarmingKernels kernels, long lookNanos) {
        this.kernels = kernels;
        this.lookNanos = lookNanos;
    }

    /** Starts the thread if it is not running. */
    synchronized void start() {
        if (thread == null) {
            thread = new Thread(null, this, "junco kernel warm-up");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    /** There may be something to do. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Whether the thread is running. */
    boolean isRunning() {
        return thread != null;
    }

    @Override
    public void run() {
        boolean over = true;
        try {
            over = !work();
        } finally {
            if (over) {
                kernels.end();
            }
        }
    }

    /** Whether there may be more to do one day. */
    private boolean work() {
        while (!kernels.isAnswered()) {
            LockSupport.parkNanos(this, lookNanos);
            if (Thread.interrupted()) {
                return false;
            }
            if (!kernels.isAnswered() && isOver()) {
                return true;
            }
        }
        // Whoever waits for the first answer gets the processor first.
        if (!rest(FIRST_REST_NANOS)) {
            return false;
        }
        Optional<Kernels> vector = KernelProviders.vector();
        while (vector.isPresent() && kernels.warm(vector.get(), System::nanoTime)) {
            if (kernels.settled()) {
                LockSupport.parkNanos(this, lookNanos);
            }
            if (Thread.interrupted()) {
                return false;
            }
            if (kernels.settled() && isOver()) {
                return true;
            }
        }
        return false;
    }

    /** Whether there are no models; then the next one starts another thread. */
    private synchronized boolean isOver() {
        boolean over = !kernels.isHeard();
        if (over) {
            thread = null;
        }
        return over;
    }

    /** Leaves the processor to others, and to the compiler that a round of so many nanoseconds has kept busy; false when interrupted. */
    static boolean rest(long roundNanos) {
        try {
            Thread.sleep(5 + Math.min(roundNanos / 1_000_000, 20));
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
