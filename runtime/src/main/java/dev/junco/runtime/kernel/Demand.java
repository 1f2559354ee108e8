package dev.junco.runtime.kernel;

/**
 * Which kernels runs have asked for: nothing else is worth a compiler's time. Runs write without a lock, because it is on their way; what gets lost between
 * two threads is noted by the next run. A bit for each kernel of a family that is {@link KernelFamily#isSplit split}, the lowest bit for another.
 */
final class Demand {
    private final int[] asked = new int[KernelFamily.ALL.length];
    private boolean news;

    /** A run needs a family. */
    void note(KernelFamily family) {
        note(family, 0);
    }

    /** A run needs a kernel of a family. */
    void note(KernelFamily family, int kernel) {
        int before = asked[family.ordinal()];
        int bit = 1 << kernel;
        if ((before & bit) == 0) {
            asked[family.ordinal()] = before | bit;
            news = true;
        }
    }

    /** What of a family runs need. */
    int asked(KernelFamily family) {
        switch (family) {
            case MAIN_PRODUCT:
                return asked(KernelFamily.PRODUCT);
            case RESCALED_PRODUCT:
                return asked(KernelFamily.PRODUCT) & asked(KernelFamily.WIDENED);
            default:
                return asked[family.ordinal()];
        }
    }

    /** Until it is asked for again. */
    void forget(KernelFamily family) {
        asked[family.ordinal()] = 0;
    }

    /** Whether something was noted since the last call. */
    boolean isNews() {
        boolean noted = news;
        if (noted) {
            news = false;
        }
        return noted;
    }
}
