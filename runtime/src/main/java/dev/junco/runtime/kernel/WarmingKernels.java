package dev.junco.runtime.kernel;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Plain kernels that become vector kernels family by family. {@link #warm} does the work, for at most {@link #LIMIT_NANOS} a
 * family; a JVM on which the first family never gets faster (one without an optimising compiler, say) keeps its plain
 * kernels. Even the classes of the Vector API are left alone until a first run has ended.
 */
final class WarmingKernels implements KernelSource, Runnable {
    private static final long LIMIT_NANOS = 30_000_000_000L;

    /** A rest of 25 ms, see {@link #rest}. */
    private static final long FIRST_REST_NANOS = 20_000_000;

    /** What int8 networks need next. */
    private static final List<KernelFamily> INT8 =
            List.of(KernelFamily.WIDENED_REST, KernelFamily.RESCALED_PRODUCT, KernelFamily.QUANTIZED);

    private final Kernels plain;
    private final List<WeakReference<Runnable>> listeners = new ArrayList<>();
    private volatile Kernels current;
    private volatile boolean answered;
    private volatile boolean wantsInt8;
    private volatile boolean settled;
    private Thread thread;

    WarmingKernels(Kernels plain) {
        this.plain = plain;
        this.current = plain;
    }

    /**
     * Starts the thread that warms up, which waits for a first run to end, then works and ends by itself; it keeps no JVM alive. It is started
     * here, because a run must not allocate.
     */
    static KernelSource started(Kernels plain) {
        WarmingKernels kernels = new WarmingKernels(plain);
        Thread thread = new Thread(null, kernels, "junco kernel warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        kernels.thread = thread;
        thread.start();
        return kernels;
    }

    @Override
    public void wantInt8() {
        wantsInt8 = true;
    }

    @Override
    public void answered() {
        if (!answered) {
            answered = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean settled() {
        return settled;
    }

    @Override
    public void run() {
        try {
            warm();
        } finally {
            settled = true;
        }
    }

    private void warm() {
        while (!answered) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                return;
            }
        }
        // Whoever waits for the first answer gets the processor first.
        if (!rest(FIRST_REST_NANOS)) {
            return;
        }
        Optional<Kernels> vector = KernelProviders.vector();
        if (vector.isPresent()) {
            warm(vector.get(), System::nanoTime);
        }
    }

    @Override
    public Kernels kernels() {
        return current;
    }

    @Override
    public void onChange(Runnable listener) {
        synchronized (listeners) {
            Iterator<WeakReference<Runnable>> each = listeners.iterator();
            while (each.hasNext()) {
                if (each.next().get() == null) {
                    each.remove();
                }
            }
            listeners.add(new WeakReference<>(listener));
        }
    }

    /**
     * Warms families, first those together that most networks live on, so that the compiler has all of their kernels in its queue; ends early when
     * products never get faster.
     */
    void warm(Kernels vector, LongSupplier nanoTime) {
        List<KernelFamily> order = new ArrayList<>(Arrays.asList(KernelFamily.values()));
        List<KernelFamily> first = wantsInt8
                ? List.of(KernelFamily.PRODUCT, KernelFamily.WIDENED)
                : List.of(KernelFamily.PRODUCT, KernelFamily.DEPTHWISE);
        order.removeAll(first);
        if (wantsInt8) {
            order.removeAll(INT8);
            order.addAll(0, INT8);
        }
        boolean worthwhile = warm(first, vector, nanoTime);
        for (int i = 0; i < order.size() && worthwhile; i++) {
            worthwhile = warm(List.of(order.get(i)), vector, nanoTime);
        }
    }

    /** Warms families side by side and puts each into use when it has proved faster; false if it is not worth going on. */
    private boolean warm(List<KernelFamily> families, Kernels vector, LongSupplier nanoTime) {
        List<KernelFamily> left = new ArrayList<>(families);
        List<FamilyTrial> trials = new ArrayList<>();
        for (KernelFamily family : left) {
            trials.add(new FamilyTrial(family.trials(plain, vector), nanoTime));
        }
        long start = nanoTime.getAsLong();
        while (!left.isEmpty() && nanoTime.getAsLong() - start < LIMIT_NANOS) {
            int i = 0;
            while (i < left.size()) {
                long begin = nanoTime.getAsLong();
                if (trials.get(i).round()) {
                    current = left.remove(i).replace(current, vector);
                    trials.remove(i);
                    notifyListeners();
                } else {
                    i++;
                }
                if (!rest(nanoTime.getAsLong() - begin)) {
                    return false;
                }
            }
        }
        return !left.contains(KernelFamily.PRODUCT);
    }

    /** Leaves the processor to others, and to the compiler that the round has kept busy; false when interrupted. */
    private static boolean rest(long roundNanos) {
        try {
            Thread.sleep(5 + Math.min(roundNanos / 1_000_000, 20));
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
