package dev.junco.converter;

/**
 * Data that a conversion calibrates on or measures itself with. Samples are numbered from 0 and are read in any order; the same index
 * always gives the same sample. No sample goes on with another: a model with states begins each one anew. Read by one thread at a time.
 */
public interface Samples {
    /** Number of samples. */
    int size();

    /** Number of feature values of one sample: the elements of all the model's inputs for one sample. */
    int featureCount();

    /**
     * Writes the features of a sample as the model expects them (preprocessed); those of several inputs one input after the other.
     *
     * @param target Modified: {@link #featureCount()} values from {@code offset} on.
     */
    void features(int index, float[] target, int offset);

    /** Class of a sample, or -1 where it has none. */
    default int label(int index) {
        return -1;
    }

    /** Numbers that the model should answer for one sample of a regression, or 0 where there are none. */
    default int targetCount() {
        return 0;
    }

    /**
     * Writes the numbers that the model should answer.
     *
     * @param target Modified: {@link #targetCount()} values from {@code offset} on.
     */
    default void targets(int index, float[] target, int offset) {
        throw new UnsupportedOperationException("samples without targets");
    }
}
