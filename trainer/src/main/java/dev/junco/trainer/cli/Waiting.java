package dev.junco.trainer.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A line on the terminal that tells what takes long and for how many seconds it has, from the second one on; it is gone when the work is done. Nothing
 * is written where there is no terminal.
 *
 * <pre>{@code
 * try (Waiting _ = Waiting.during("converting")) {
 *     report = converter.write(target);
 * }
 * }</pre>
 */
final class Waiting implements AutoCloseable {
    private static final long SECOND = 1000;

    private final PrintStream out;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    private Waiting(PrintStream out, String what, boolean terminal, long second) {
        this.out = out;
        this.thread = new Thread(() -> tell(what, second), "junco-waiting");
        thread.setDaemon(true);
        if (terminal) {
            thread.start();
        }
    }

    /** Begins; standard output is the terminal. */
    static Waiting during(String what) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return on(System.out, what, terminal, SECOND);
    }

    /** Begins on a stream, with seconds of another length. */
    static Waiting on(PrintStream out, String what, boolean terminal, long second) {
        return new Waiting(out, what, terminal, second);
    }

    private void tell(String what, long second) {
        int width = 0;
        try {
            for (int seconds = 1; !done.await(second, TimeUnit.MILLISECONDS); seconds++) {
                if (seconds > 1) {
                    String line = what + " ... " + seconds + " s";
                    width = line.length();
                    out.print("\r" + line);
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }

    /** Wipes the line. */
    @Override
    public void close() {
        done.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
