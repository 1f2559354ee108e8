package dev.junco.trainer;

import dev.junco.trainer.data.Dataset;

/**
 * How long and in what portions to train. Immutable; each method returns changed options.
 *
 * @param epochs passes over the data
 * @param batch samples of a step
 * @param validation measured after each epoch, or null
 */
public record Fit(int epochs, int batch, Dataset validation) {
    public Fit {
        if (epochs < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "epochs is " + epochs + " and batch is " + batch + "; both have to be at least 1");
        }
    }

    /** So many epochs in batches of 32. */
    public static Fit epochs(int number) {
        return new Fit(number, 32, null);
    }

    /** With other batches. */
    public Fit batch(int samples) {
        return new Fit(epochs, samples, validation);
    }

    /** With data to measure after each epoch. */
    public Fit validation(Dataset data) {
        return new Fit(epochs, batch, data);
    }
}
