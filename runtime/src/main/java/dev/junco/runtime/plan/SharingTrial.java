package dev.junco.runtime.plan;

/**
 * Whether runs are faster when a team shares their steps, found out by trying: workers whose processors are busy with other things, or lie far from the caller's
 * caches, can make small networks slower than the caller is alone. Runs are timed in windows, of two in a row the faster. Now and then one window runs the other
 * way, and the way changes when that was clearly faster. The less often it is, the longer the next try is away; a way that has become slower than it was is
 * questioned at once.
 *
 * <p>Results do not depend on it, and nothing is allocated. Not thread-safe.
 */
final class SharingTrial {
    /** Runs that are judged together. */
    static final int WINDOW = 16;

    /** Windows between two tries: at first and at most. */
    static final int FIRST_INTERVAL = 4;

    static final int LONGEST_INTERVAL = 256;

    /** What the other way must need, as a part of the present one's time. */
    private static final double CLEARLY_FASTER = 0.95;

    /** What the present way may need before it is questioned, as a multiple of what it did when it was last confirmed. */
    private static final double MUCH_SLOWER = 1.5;

    private int runs;
    private long previous;
    private long sum;
    private boolean together = true;
    private boolean trying;
    private int interval = FIRST_INTERVAL;
    private int untilTry = FIRST_INTERVAL;
    private long present;
    private long confirmed;

    /** Whether the next run's steps are to be shared. */
    boolean together() {
        return together != trying;
    }

    /** Tells what the run took that was made as {@link #together} said. */
    void took(long nanos) {
        runs++;
        if (runs % 2 == 0) {
            sum += Math.min(previous, nanos);
        }
        previous = nanos;
        if (runs == WINDOW) {
            long all = sum;
            runs = 0;
            sum = 0;
            judge(all);
        }
    }

    private void judge(long all) {
        if (trying) {
            trying = false;
            boolean faster = all < present * CLEARLY_FASTER;
            together ^= faster;
            interval = faster ? FIRST_INTERVAL : Math.min(LONGEST_INTERVAL, 2 * interval);
            untilTry = interval;
            confirmed = faster ? all : present;
            return;
        }
        if (confirmed > 0 && all > confirmed * MUCH_SLOWER) {
            interval = FIRST_INTERVAL;
            untilTry = 1;
        }
        present = all;
        trying = --untilTry <= 0;
    }
}
