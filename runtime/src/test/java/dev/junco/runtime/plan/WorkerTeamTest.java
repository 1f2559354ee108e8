package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.op.Step;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTeamTest {
    private static final long MUCH = Long.MAX_VALUE;

    /** Counts how often each unit runs. */
    private static final class Counting extends Step {
        private final AtomicIntegerArray runs;

        Counting(int units, long work) {
            super(work);
            runs = new AtomicIntegerArray(units);
        }

        @Override
        public int units() {
            return runs.length();
        }

        @Override
        public void run(int from, int to, int worker) {
            for (int unit = from; unit < to; unit++) {
                runs.incrementAndGet(unit);
            }
        }

        void requireEach(int expected) {
            for (int unit = 0; unit < runs.length(); unit++) {
                assertEquals(expected, runs.get(unit), "unit " + unit + " of " + runs.length());
            }
        }
    }

    /** One unit a worker, each of which waits until all workers are there: no worker can run two. */
    private static class Meeting extends Step {
        private final Thread[] threads;
        private final AtomicInteger present = new AtomicInteger();

        Meeting(int workers) {
            super(MUCH);
            threads = new Thread[workers];
        }

        @Override
        public int units() {
            present.set(0);
            return threads.length;
        }

        @Override
        public void run(int from, int to, int worker) {
            threads[worker] = Thread.currentThread();
            present.incrementAndGet();
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (present.get() < threads.length) {
                assertTrue(System.nanoTime() < deadline, "a worker did not come");
                Thread.yield();
            }
        }
    }

    @Test
    void everyUnitRunsOnce() {
        for (int workers : new int[] {1, 2, 3, 5}) {
            WorkerTeam team = new WorkerTeam(workers);
            assertEquals(workers, team.workers());
            for (int units : new int[] {1, 2, 3, 7, 8, 9, 63, 1000}) {
                for (long work : new long[] {1, MUCH}) {
                    Counting step = new Counting(units, work);
                    team.run(step);
                    step.requireEach(1);
                    team.run(step);
                    step.requireEach(2);
                }
            }
        }
    }

    @Test
    void allWorkersTakePart() {
        WorkerTeam team = new WorkerTeam(3);
        Meeting step = new Meeting(3);
        team.run(step);
        assertSame(Thread.currentThread(), step.threads[0]);
        assertEquals(3, Arrays.stream(step.threads).distinct().count());
    }

    @Test
    void workersThatHaveParkedWakeUp() throws InterruptedException {
        WorkerTeam team = new WorkerTeam(3);
        Meeting step = new Meeting(3);
        for (int i = 0; i < 5; i++) {
            team.run(step);
            awaitWaiting(step.threads[1]);
            awaitWaiting(step.threads[2]);
        }
    }

    @Test
    void aSmallStepStaysOnTheCallersThread() {
        WorkerTeam team = new WorkerTeam(2);
        Thread caller = Thread.currentThread();
        team.run(new Step(100) {
            @Override
            public int units() {
                return 100;
            }

            @Override
            public void run(int from, int to, int worker) {
                assertSame(caller, Thread.currentThread());
                assertEquals(100, to - from);
            }
        });
    }

    @Test
    void manyTinyStepsLoseNothing() {
        WorkerTeam team = new WorkerTeam(2);
        Counting step = new Counting(3, MUCH);
        for (int i = 0; i < 20_000; i++) {
            team.run(step);
        }
        step.requireEach(20_000);
    }

    @Test
    void whatAWorkerWroteIsSeenByTheNextStep() {
        WorkerTeam team = new WorkerTeam(2);
        int[] sum = new int[256];
        Step add = new Step(MUCH) {
            @Override
            public int units() {
                return sum.length;
            }

            @Override
            public void run(int from, int to, int worker) {
                for (int i = from; i < to; i++) {
                    sum[i] = sum[(i + 100) % sum.length] >= 0 ? sum[i] + 1 : -1;
                }
            }
        };
        for (int i = 0; i < 5000; i++) {
            team.run(add);
        }
        assertEquals(256 * 5000, Arrays.stream(sum).sum());
    }

    @Test
    void anExceptionOfAnyWorkerIsReportedAndTheTeamWorksOn() {
        WorkerTeam team = new WorkerTeam(3);
        for (int guilty = 0; guilty < 3; guilty++) {
            RuntimeException reason = new RuntimeException("unit of worker " + guilty);
            RuntimeException e = assertThrows(RuntimeException.class, () -> team.run(failing(reason)));
            assertTrue(e == reason || e.getCause() == reason, "found " + e);
            Counting step = new Counting(50, MUCH);
            team.run(step);
            step.requireEach(1);
        }
    }

    private static Step failing(RuntimeException reason) {
        int guilty = reason.getMessage().charAt(reason.getMessage().length() - 1) - '0';
        return new Meeting(3) {
            @Override
            public void run(int from, int to, int worker) {
                super.run(from, to, worker);
                if (worker == guilty) {
                    throw reason;
                }
            }
        };
    }

    @Test
    void afterTheCallersOwnFailureNoOtherIsLeft() {
        WorkerTeam team = new WorkerTeam(2);
        Step all = new Meeting(2) {
            @Override
            public void run(int from, int to, int worker) {
                super.run(from, to, worker);
                throw new IllegalArgumentException("worker " + worker);
            }
        };
        assertEquals(
                "worker 0",
                assertThrows(IllegalArgumentException.class, () -> team.run(all))
                        .getMessage());
        Counting step = new Counting(50, MUCH);
        team.run(step);
        step.requireEach(1);
    }

    @Test
    void runningAllocatesNothingOnAnyThread() {
        ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WorkerTeam team = new WorkerTeam(2);
        Meeting meeting = new Meeting(2);
        Counting step = new Counting(40, MUCH);
        team.run(meeting);
        for (int i = 0; i < 100; i++) {
            team.run(step);
        }
        long id = meeting.threads[1].getId();
        long worker = beans.getThreadAllocatedBytes(id);
        long caller = beans.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2000; i++) {
            team.run(step);
        }
        caller = beans.getCurrentThreadAllocatedBytes() - caller;
        worker = beans.getThreadAllocatedBytes(id) - worker;
        assertEquals(0, caller, "bytes of the caller");
        assertEquals(0, worker, "bytes of the worker");
    }

    @Test
    void threadsEndWhenTheTeamIsGone() throws InterruptedException {
        Thread[] threads = threadsOfALostTeam();
        for (int worker = 1; worker < threads.length; worker++) {
            assertNotNull(threads[worker]);
            assertTrue(threads[worker].isDaemon());
            for (int i = 0; i < 150 && threads[worker].isAlive(); i++) {
                System.gc();
                threads[worker].join(100);
            }
            assertTrue(!threads[worker].isAlive(), "worker " + worker + " is still there");
        }
    }

    private static Thread[] threadsOfALostTeam() {
        Meeting step = new Meeting(3);
        new WorkerTeam(3).run(step);
        return step.threads;
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        for (int i = 0; i < 2000 && thread.getState() != Thread.State.TIMED_WAITING; i++) {
            Thread.sleep(1);
        }
        assertEquals(Thread.State.TIMED_WAITING, thread.getState());
    }

    @Test
    void rejectsATeamOfNobody() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new WorkerTeam(0))
                .getMessage()
                .contains("expected at least 1"));
    }
}
