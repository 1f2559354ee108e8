package dev.junco.trainer.callback;

import dev.junco.trainer.report.ProgressBar;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows how training goes: a bar with loss, metrics, samples a second and time left on a terminal, a line for each epoch elsewhere. */
public final class Progress implements Callback {
    private static final int DEFAULT_COLUMNS = 100;

    private final ProgressBar bar;

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
            int columns = variable == null ? 0 : Integer.parseInt(variable.trim());
            return columns < 1 ? DEFAULT_COLUMNS : Math.max(40, columns);
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
        bar.begin(1, run.epochs(), run.epochSamples());
    }

    @Override
    public void onBatchEnd(TrainingRun run) {
        if (bar.due()) {
            // What validation said belongs to the epoch before.
            Map<String, Double> values = new LinkedHashMap<>(run.logs());
            values.keySet().removeIf(name -> name.startsWith("val_"));
            bar.show(run.samples(), values);
        }
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
        bar.end(run.logs());
        bar.begin(run.epoch() + 2, run.epochs(), run.epochSamples());
    }
}
