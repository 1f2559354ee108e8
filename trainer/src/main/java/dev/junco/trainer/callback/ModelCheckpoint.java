package dev.junco.trainer.callback;

import java.nio.file.Path;

/** Writes the network to a file after each epoch, or only after those in which a value became better. The file is always whole. */
public final class ModelCheckpoint implements Callback {
    private final Path file;
    private final String name;
    private Monitor monitor;

    /** Writes after every epoch. */
    public ModelCheckpoint(Path file) {
        this(file, null);
    }

    /** Writes whenever {@code monitor} became better. */
    public ModelCheckpoint(Path file, String monitor) {
        this.file = file;
        this.name = monitor;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
        monitor = name == null ? null : new Monitor(name, 0);
    }

    @Override
    public void onEpochEnd(TrainingRun run) {
        if (monitor == null || monitor.improved(run.logs())) {
            run.network().save(file);
        }
    }
}
