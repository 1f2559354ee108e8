package dev.junco.trainer.callback;

import dev.junco.runtime.graph.Graph;
import dev.junco.trainer.Network;
import java.util.Map;

/** What a callback sees of a training in progress, and what it may do. */
public interface TrainingRun {
    /** Number of the epoch, from 0. */
    int epoch();

    /** Epochs that are planned. */
    int epochs();

    /** Number of the step within the epoch, from 0. */
    int batch();

    /** Steps of an epoch. */
    int batches();

    /** Samples of the epoch seen so far. */
    int samples();

    /** Samples of a whole epoch. */
    int epochSamples();

    /** Values so far: running ones within an epoch, final ones at its end. */
    Map<String, Double> logs();

    /** The network with the present weights. */
    Network network();

    /** The present weights as a graph, to be given to {@link #restore} later. */
    Graph snapshot();

    /** Puts earlier weights back. */
    void restore(Graph snapshot);

    /** Ends training after this epoch. */
    void stop();
}
