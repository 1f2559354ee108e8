package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoundTest {
    private final Round round = new Round();

    @Test
    void nobodyGoesInBeforeTheFirstOpens() {
        assertFalse(round.enter());
        assertTrue(round.isOver());
    }

    @Test
    void whoHasNotBegunIsNotWaitedFor() {
        round.open();
        round.close();
        assertTrue(round.isOver());
        assertFalse(round.enter(), "too late");
        assertTrue(round.isOver());
    }

    @Test
    void whoIsInsideIsWaitedFor() {
        round.open();
        assertTrue(round.enter());
        assertTrue(round.enter());
        round.close();
        assertFalse(round.isOver());
        assertFalse(round.enter());
        round.leave();
        assertFalse(round.isOver());
        round.leave();
        assertTrue(round.isOver());
    }

    @Test
    void whoLeftMayComeBackWhileItIsOpen() {
        round.open();
        assertTrue(round.enter());
        round.leave();
        assertFalse(round.isOver(), "open");
        assertTrue(round.enter());
        round.leave();
        round.close();
        assertTrue(round.isOver());
    }

    @Test
    void eachHasItsNumber() {
        int before = round.number();
        round.open();
        int first = round.number();
        round.close();
        assertEquals(first, round.number());
        round.open();
        assertNotEquals(before, first);
        assertNotEquals(first, round.number());
    }

    /** Units are handed out without any other guard: a worker inside a closed round would take some of the next one's. */
    @Test
    void aRoundThatIsOverStaysOver() throws InterruptedException {
        AtomicInteger units = new AtomicInteger();
        AtomicInteger strays = new AtomicInteger();
        int[] open = {0};
        Thread worker = new Thread(() -> {
            int seen = 0;
            while (!Thread.currentThread().isInterrupted()) {
                if (round.number() == seen) {
                    continue;
                }
                seen = round.number();
                if (round.enter()) {
                    strays.addAndGet(open[0] == 1 ? 0 : 1);
                    units.incrementAndGet();
                    round.leave();
                }
            }
        });
        worker.start();
        int counted = 0;
        for (int i = 0; i < 20_000 || units.get() < 100; i++) { // on a busy machine the worker comes late
            open[0] = 1;
            round.open();
            if (i % 3 == 0) {
                Thread.yield();
            }
            round.close();
            while (!round.isOver()) {
                Thread.yield();
            }
            open[0] = 0;
            counted = units.get();
            assertEquals(counted, units.get(), "after the end");
        }
        worker.interrupt();
        worker.join();
        assertEquals(0, strays.get());
        assertEquals(counted, units.get());
    }
}
