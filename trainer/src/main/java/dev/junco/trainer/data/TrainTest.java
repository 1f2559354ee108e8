package dev.junco.trainer.data;

/**
 * A data set that its makers divided.
 *
 * @param train for training and for decisions during training
 * @param test for the final figure only
 */
public record TrainTest(Dataset train, Dataset test) {

    /** Both parts with normalised features; fit {@code normalization} to {@link #train}. */
    public TrainTest normalized(Normalization normalization) {
        return new TrainTest(train.normalized(normalization), test.normalized(normalization));
    }
}
