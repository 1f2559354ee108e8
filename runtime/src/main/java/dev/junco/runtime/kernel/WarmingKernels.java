package dev.junco.runtime.kernel;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plain kernels that become vector kernels family by family, of those families that runs have asked for. {@link #warm} does the work, for at most
 * {@link #LIMIT_NANOS} a family; a JVM on which products never get faster (one without an optimising compiler, say) keeps its plain kernels.
 */
final class WarmingKernels implements KernelSource {
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private final Kernels plain;
    private final List<WeakReference<Runnable>> listeners = new ArrayList<>();
    private volatile Kernels current;
    /** What of each family is in use, or given up; replaced, never changed. */
    private volatile int[] done = new int[KernelFamily.ALL.length];

    private volatile boolean answered;
    private volatile boolean ended;
    private WarmUp warmUp;

    WarmingKernels(Kernels plain) {
        this.plain = plain;
        this.current = plain.noting();
    }

    /** With a thread that warms up while somebody listens, once a first run has ended. */
    static KernelSource inBackground(Kernels plain) {
        WarmingKernels kernels = new WarmingKernels(plain);
        kernels.warmUp = new WarmUp(kernels);
        return kernels;
    }

    @Override
    public Kernels kernels() {
        return current;
    }

    @Override
    public void answered() {
        if (!answered || current.demand().isNews()) {
            answered = true;
            if (warmUp != null) {
                warmUp.wake();
            }
        }
    }

    /** Whether a run has ended. */
    boolean isAnswered() {
        return answered;
    }

    @Override
    public boolean settled() {
        return ended || answered && next() == null;
    }

    /** Nothing will be warmed any more. */
    void end() {
        ended = true;
    }

    @Override
    public void onChange(Runnable listener) {
        synchronized (listeners) {
            forgetDead();
            listeners.add(new WeakReference<>(listener));
        }
        if (warmUp != null && !ended) {
            warmUp.start();
        }
    }

    /** Whether somebody would be called after a change; if not, nobody runs. */
    boolean isHeard() {
        synchronized (listeners) {
            forgetDead();
            return !listeners.isEmpty();
        }
    }

    private void forgetDead() {
        Iterator<WeakReference<Runnable>> each = listeners.iterator();
        while (each.hasNext()) {
            if (each.next().get() == null) {
                each.remove();
            }
        }
    }

    /** The family to warm next, null if there is none. */
    private KernelFamily next() {
        for (KernelFamily family : KernelFamily.ALL) {
            if (wanted(family) != 0) {
                return family;
            }
        }
        return null;
    }

    /** What of a family has been asked for and is not done. */
    private int wanted(KernelFamily family) {
        return current.demand().asked(family) & ~done[family.ordinal()];
    }

    /** Warms what has been asked for; false if it is not worth going on, ever. */
    boolean warm(Kernels vector, LongSupplier nanoTime) {
        boolean worthwhile = true;
        for (KernelFamily family = next(); family != null && worthwhile; family = next()) {
            worthwhile = warm(withCompany(family), vector, nanoTime);
        }
        return worthwhile;
    }

    /** Products together with what most networks need as well, so that the compiler has all of their kernels in its queue; others alone. */
    private List<KernelFamily> withCompany(KernelFamily family) {
        if (family != KernelFamily.PRODUCT) {
            return List.of(family);
        }
        KernelFamily company = wanted(KernelFamily.WIDENED) != 0 ? KernelFamily.WIDENED : KernelFamily.DEPTHWISE;
        return wanted(company) != 0 ? List.of(family, company) : List.of(family);
    }

    /** Warms families side by side and puts each into use when it has proved faster. */
    private boolean warm(List<KernelFamily> families, Kernels vector, LongSupplier nanoTime) {
        List<Entry> left = new ArrayList<>();
        for (KernelFamily family : families) {
            int some = wanted(family);
            List<KernelTrial> trials = KernelTrial.all(plain, vector, family.problems(some));
            left.add(new Entry(family, some, new FamilyTrial(trials, family.isSplit(), nanoTime)));
        }
        long start = nanoTime.getAsLong();
        boolean worthwhile = true;
        while (!left.isEmpty()) {
            int i = 0;
            while (i < left.size()) {
                Entry entry = left.get(i);
                long begin = nanoTime.getAsLong();
                if (entry.trial.round()) {
                    left.remove(i);
                    use(entry, vector);
                } else if (entry.trial.isInVain() || begin - start > LIMIT_NANOS) {
                    left.remove(i);
                    finish(entry);
                    worthwhile &= entry.family != KernelFamily.PRODUCT;
                } else {
                    i++;
                }
                if (!WarmUp.rest(nanoTime.getAsLong() - begin)) {
                    return false;
                }
            }
        }
        return worthwhile;
    }

    private void use(Entry entry, Kernels vector) {
        current = current.with(entry.family, entry.some, vector);
        finish(entry);
        notifyListeners();
        if (entry.family == KernelFamily.WIDENED) {
            // int8 convolutions needed it while they had no kernels of their own; who still needs it asks again.
            current.demand().forget(KernelFamily.DEPTHWISE);
        }
    }

    private void finish(Entry entry) {
        int[] more = done.clone();
        more[entry.family.ordinal()] |= entry.some;
        done = more;
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

    /** Some kernels of a family on their way. */
    private static final class Entry {
        final KernelFamily family;
        final int some;
        final FamilyTrial trial;

        Entry(KernelFamily family, int some, FamilyTrial trial) {
            this.family = family;
            this.some = some;
            this.trial = trial;
        }
    }
}
