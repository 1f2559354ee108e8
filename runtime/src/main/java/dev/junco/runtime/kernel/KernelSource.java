package dev.junco.runtime.kernel;

/**
 * Where steps find their kernels at run time. The answer may change between two runs (never the bits of a result): plain
 * kernels serve until vector kernels have proved faster on this JVM.
 */
public interface KernelSource {
    /** The kernels to use now; cheap enough to ask in every step. */
    Kernels kernels();

    /** Calls back, on any thread, after {@link #kernels()} has changed; held weakly, so the caller keeps it alive. */
    void onChange(Runnable listener);

    /**
     * Whether no faster kernels are being prepared any more: {@link #kernels()} will stay as they are until a run needs kernels that none before it
     * needed.
     */
    boolean settled();

    /**
     * Tells that a run has ended: whatever was put off so that the first answer comes soon may begin. Called after every run, so it must be cheap and
     * allocate nothing.
     */
    default void answered() {}

    /** A source that never changes. */
    static KernelSource fixed(Kernels kernels) {
        return new KernelSource() {
            @Override
            public Kernels kernels() {
                return kernels;
            }

            @Override
            public void onChange(Runnable listener) {
                // never called: nothing changes
            }

            @Override
            public boolean settled() {
                return true;
            }
        };
    }
}
