package dev.junco.runtime.plan;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The door to a step that is shared: workers go in while it is open, and its owner, who closed it, waits only for those that are inside. What the owner wrote
 * before {@link #open} is seen by who goes in; what a worker wrote before {@link #leave} is seen once {@link #isOver}. Allocates nothing.
 */
final class Round {
    private static final int CLOSED = Integer.MIN_VALUE;

    /** How many are inside; {@link #CLOSED} and as many when no more may go in. */
    private final AtomicInteger inside = new AtomicInteger(CLOSED);

    private volatile int number;

    /** Which round this is; changes when one opens. */
    int number() {
        return number;
    }

    /** Opens the next one. Only for the owner, after the last is over; so is {@link #close}. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void open() {
        inside.set(0);
        number = number + 1;
    }

    /** Goes in if a round is open. */
    boolean enter() {
        int others = inside.get();
        while (others >= 0) {
            if (inside.compareAndSet(others, others + 1)) {
                return true;
            }
            others = inside.get();
        }
        return false;
    }

    /** Says that who went in has finished. */
    void leave() {
        inside.decrementAndGet();
    }

    /** Lets nobody else in. */
    void close() {
        inside.addAndGet(CLOSED);
    }

    /** Whether it is closed and nobody is inside. */
    boolean isOver() {
        return inside.get() == CLOSED;
    }
}
