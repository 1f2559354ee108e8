package dev.junco.trainer.metric;

/** A number that tells how good predictions are, gathered batch by batch. Not thread-safe; allocates nothing while it gathers. */
public interface Metric {
    /** Name in logs, for example {@code accuracy}. */
    String name();

    /** Forgets everything. */
    void reset();

    /**
     * Takes in a batch.
     *
     * @param predictions {@code [samples, width]} from {@code offset}
     * @param width numbers that the network predicts for a sample
     * @param targets {@code [samples, targetWidth]} from 0; a class id where targetWidth is 1 and width is larger
     */
    void update(float[] predictions, int offset, int width, float[] targets, int targetWidth, int samples);

    /** The value over all that was taken in; NaN before the first sample. */
    double value();

    /** Whether a larger value is better. */
    boolean largerIsBetter();
}
