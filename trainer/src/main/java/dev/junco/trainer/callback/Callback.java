package dev.junco.trainer.callback;

/** Something that happens while a network trains. All methods are called on the thread that trains. */
public interface Callback {
    /** Before the first step. */
    default void onTrainBegin(TrainingRun run) {}

    /** After each step; must be quick. */
    default void onBatchEnd(TrainingRun run) {}

    /** After each epoch, when its values are known. */
    default void onEpochEnd(TrainingRun run) {}

    /** After the last epoch. */
    default void onTrainEnd(TrainingRun run) {}
}
