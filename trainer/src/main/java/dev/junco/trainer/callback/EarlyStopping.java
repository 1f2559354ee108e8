package dev.junco.trainer.callback;

import dev.junco.runtime.graph.Graph;

/**
 * Ends training when a value has not become better for {@code patience} epochs, and puts the weights of the best epoch back, also when training
 * ends in another way.
 */
public final class EarlyStopping implements Callback {
    private final String name;
    private final int patience;
    private final double leastChange;
    private Monitor monitor;
    private Graph best;
    private int bestEpoch;
    private int waited;

    /** Any improvement counts. */
    public EarlyStopping(String monitor, int patience) {
        this(monitor, patience, 0);
    }

    /**
     * Watches a value, for example {@code val_accuracy}.
     *
     * @param patience epochs without improvement before the end, at least 1
     * @param leastChange improvement that counts
     */
    public EarlyStopping(String monitor, int patience, double leastChange) {
        if (patience < 1 || !(leastChange >= 0)) {
            throw new IllegalArgumentException("patience is " + patience + " and least change " + leastChange
                    + "; expected at least 1 and at least 0");
        }
        this.name = monitor;
        this.patience = patience;
        this.leastChange = leastChange;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
        monitor = new Monitor(name, leastChange);
        best = null;
        waited = 0;
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
        if (monitor.improved(run.logs())) {
            best = run.snapshot();
            bestEpoch = run.epoch();
            waited = 0;
        } else if (++waited >= patience) {
            run.stop();
        }
    }

    @Override
    public void onTrainEnd(TrainingRun run) {
        if (best != null && bestEpoch != run.epoch()) {
            run.restore(best);
        }
    }

    /** Epoch whose weights were kept, from 0. */
    public int bestEpoch() {
        return bestEpoch;
    }
}
