package dev.junco.trainer.data;

/**
 * The three parts of a data set; they share its memory and have no sample in common.
 *
 * @param train what weights are fitted to
 * @param validation what decisions during training are based on; may be empty
 * @param test what the final figure comes from; may be empty
 */
public record Split(Dataset train, Dataset validation, Dataset test) {

    /** The same three parts with normalised features; fit {@code normalization} to {@link #train}. */
    public Split normalized(Normalization normalization) {
        return new Split(
                train.normalized(normalization), validation.normalized(normalization), test.normalized(normalization));
    }
}
