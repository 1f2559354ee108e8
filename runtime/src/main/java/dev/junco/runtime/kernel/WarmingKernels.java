package dev.junco.runtime.kernel;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plain kernels that become vector kernels family by family. {@link #warm} does the work, for at most {@link #LIMIT_NANOS} a
 * family; a JVM on which the first family never gets faster (one without an optimising compiler, say) keeps its plain
 * kernels.
 */
final class WarmingKernels implements KernelSource {
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private final Kernels plain;
    private final Kernels vector;
    private final LongSupplier nanoTime;
    private final List<WeakReference<Runnable>> listeners = new ArrayList<>();
    private volatile Kernels current;

    WarmingKernels(Kernels plain, Kernels vector, LongSupplier nanoTime) {
        this.plain = plain;
        this.vector = vector;
        this.nanoTime = nanoTime;
        this.current = plain;
    }

    /** Starts the warm-up in a thread of its own, which ends by itself and keeps no JVM alive. */
    static KernelSource started(Kernels plain, Kernels vector) {
        WarmingKernels kernels = new WarmingKernels(plain, vector, System::nanoTime);
        Thread thread = new Thread(kernels::warm, "junco kernel warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        return kernels;
    }

    @Override
    public Kernels kernels() {
        return current;
    }

    @Override
    public void onChange(Runnable listener) {
        synchronized (listeners) {
            listeners.removeIf(reference -> reference.get() == null);
            listeners.add(new WeakReference<>(listener));
        }
    }

    /** Warms the families in turn, the one that most networks live on first; ends early when that one never gets faster. */
    void warm() {
        for (KernelFamily family : KernelFamily.values()) {
            boolean proved = proves(new FamilyTrial(family.trials(plain, vector), nanoTime));
            if (proved) {
                current = family.replace(current, vector);
                notifyListeners();
            } else if (family == KernelFamily.GEMM || Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private boolean proves(FamilyTrial trial) {
        long start = nanoTime.getAsLong();
        do {
            long begin = nanoTime.getAsLong();
            if (trial.round()) {
                return true;
            }
            if (!rest(nanoTime.getAsLong() - begin)) {
                return false;
            }
        } while (nanoTime.getAsLong() - start < LIMIT_NANOS);
        return false;
    }

    /** Leaves the processor to others, and to the compiler that the round has kept busy; false when interrupted. */
    private static boolean rest(long roundNanos) {
        try {
            Thread.sleep(1 + Math.min(roundNanos / 4_000_000, 20));
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void notifyListeners() {
        List<Runnable> alive = new ArrayList<>();
        synchronized (listeners) {
            for (WeakReference<Runnable> reference : listeners) {
                Runnable listener = reference.get();
                if (listener != null) {
                    alive.add(listener);
                }
            }
        }
        alive.forEach(Runnable::run);
    }
}
