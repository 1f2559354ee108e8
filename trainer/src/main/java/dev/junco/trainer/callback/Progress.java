package dev.junco.trainer.callback;

import dev.junco.trainer.report.ProgressBar;
import java.io.PrintStream;
import java.util.Map;

/** Shows how training goes: a bar with loss, metrics, samples a second and time left on a terminal, a line for each epoch elsewhere. */
public final class Progress implements Callback {
    private static final int DEFAULT_COLUMNS = 100;

    private final ProgressBar bar;
    private boolean begun;

    /**
     * Progress on a stream.
     *
     * @param terminal whether {@code out} is a terminal of {@code columns} characters
     */
    public Progress(PrintStream out, boolean terminal, int columns) {
        this.bar = new ProgressBar(out, terminal, columns);
    }

    /** Progress on standard output, as a bar if that is a terminal. */
    public static Progress standard() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Progress(System.out, terminal, columns(System.getenv("COLUMNS")));
    }

    private static int columns(String variable) {
        try {
            return variable == null ? DEFAULT_COLUMNS : Math.max(40, Integer.parseInt(variable.trim()));
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    @Override
    public void onBatchEnd(TrainingRun run) {
        if (!begun) {
            bar.begin(run.epoch() + 1, run.epochs(), run.epochSamples());
            begun = true;
        }
        if (bar.due()) {
            bar.show(run.samples(), run.logs());
        }
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
        Map<String, Double> values = run.logs();
        bar.end(values);
        begun = false;
    }
}
