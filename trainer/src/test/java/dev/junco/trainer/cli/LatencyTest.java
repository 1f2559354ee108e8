package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatencyTest {
    private int runs;

    @Test
    void waitsForNothingWithoutWarmUp() {
        Latency latency = Latency.measure(() -> runs++, () -> false, 7, 0);
        assertEquals(7, runs);
        assertFalse(latency.settled());
        assertTrue(latency.p50() <= latency.p90() && latency.p90() <= latency.p99());
    }

    @Test
    void warmsUpUntilKernelsHaveSettled() {
        long start = System.nanoTime();
        // twice as long as the warm-up, a quarter of its patience
        Latency latency = Latency.measure(() -> runs++, () -> System.nanoTime() - start > 40_000_000, 3, 20);
        assertTrue(latency.settled());
    }

    @Test
    void endsItsWarmUpWhereKernelsNeverSettle() {
        Latency latency = Latency.measure(() -> runs++, () -> false, 3, 2);
        assertTrue(runs > 3);
        assertFalse(latency.settled());
    }
}
