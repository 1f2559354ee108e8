package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SharingTrialTest {
    private static final int MANY = 200_000;

    private final SharingTrial trial = new SharingTrial();
    private int shared;

    /** Runs of which each takes as long as its way takes; returns how many were shared. */
    private int run(int runs, long together, long alone) {
        shared = 0;
        for (int i = 0; i < runs; i++) {
            boolean way = trial.together();
            shared += way ? 1 : 0;
            trial.took(way ? together : alone);
        }
        return shared;
    }

    @Test
    void theFirstRunsAreShared() {
        int first = SharingTrial.WINDOW * SharingTrial.FIRST_INTERVAL;
        assertEquals(first, run(first, 900, 70));
    }

    @Test
    void whereSharingPaysItStays() {
        int alone = MANY - run(MANY, 40, 70);
        assertTrue(trial.together());
        assertTrue(alone < MANY / 100, alone + " runs of " + MANY + " spent on trying");
    }

    @Test
    void whereSharingCostsTheCallerRunsAlone() {
        run(SharingTrial.WINDOW * (SharingTrial.FIRST_INTERVAL + 2), 900, 70);
        assertFalse(trial.together());
        int together = run(MANY, 900, 70);
        assertTrue(together < MANY / 100, together + " runs of " + MANY + " spent on trying");
    }

    @Test
    void aSmallGainChangesNothing() {
        assertTrue(run(MANY, 70, 68) > MANY * 0.98);
        assertTrue(trial.together());
    }

    @Test
    void aProcessorThatBecomesFreeIsNoticed() {
        run(MANY, 900, 70);
        int alone = MANY - run(MANY, 40, 70);
        assertTrue(trial.together());
        int longest = SharingTrial.WINDOW * (SharingTrial.LONGEST_INTERVAL + 2);
        assertTrue(alone < longest + MANY / 100, alone + " runs alone");
    }

    @Test
    void aProcessorThatIsTakenIsNoticedAtOnce() {
        run(MANY, 40, 70);
        int together = run(MANY, 900, 70);
        assertFalse(trial.together());
        assertTrue(together < 10 * SharingTrial.WINDOW + MANY / 100, together + " runs shared");
    }

    @Test
    void oneInterruptionDoesNotCount() {
        for (int i = 0; i < MANY; i++) {
            boolean way = trial.together();
            trial.took(i % 8 == 5 ? 4_000 : way ? 40 : 70);
            shared += way ? 1 : 0;
        }
        assertTrue(shared > MANY * 0.99, shared + " of " + MANY + " runs shared");
    }

    @Test
    void kernelsThatBecomeFasterChangeNothing() {
        run(500, 700, 800);
        assertTrue(run(MANY, 60, 70) > MANY * 0.98);
    }
}
