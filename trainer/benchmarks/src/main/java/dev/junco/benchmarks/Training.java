package dev.junco.benchmarks;

/** One network in training by one engine, on data that lie ready in memory. */
interface Training {
    /** Starts again with fresh weights. */
    void restart();

    /** Parts of the data, each of {@link TrainedNetwork#steps} batches. */
    int parts();

    /** Trains {@link TrainedNetwork#epochs} times on a part. */
    void fit(int part);

    /** Trains once on the batches kept for checking and gives their mean loss, each measured before its own step. */
    double lossOfCheck();
}
