package dev.junco.benchmarks;

/** The networks that are trained: those of the command line's presets {@code mlp} and {@code cnn}. */
public enum TrainedNetwork {
    /** Dense 128 with ReLU, dense 10 with softmax. */
    MLP(100, 8),
    /** Two pairs of 3×3 convolutions, 32 and 64 filters, with batch normalisation, pooling and dropout; dense 10. */
    CNN(20, 1);

    /** Samples of a step. */
    static final int BATCH = 64;
    /** Learning rate of Adam. */
    static final float LEARNING_RATE = 1e-3f;

    private final int steps;
    private final int epochs;

    TrainedNetwork(int steps, int epochs) {
        this.steps = steps;
        this.epochs = epochs;
    }

    /** Mini-batches that make a part of the data. */
    int steps() {
        return steps;
    }

    /** How often one invocation goes through its part: often enough that a call of {@code fit} costs little beside its steps. */
    int epochs() {
        return epochs;
    }

    /** Samples that one invocation trains on, repeated ones included. */
    int samples() {
        return steps * BATCH * epochs;
    }
}
