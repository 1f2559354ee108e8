package dev.junco.trainer.regularizer;

/** A penalty on a weight tensor, added to the loss, so that training prefers small weights. */
public sealed interface Regularizer permits L1, L2 {
    /** Name for people and files, for example {@code l2}. */
    String name();

    /** Strength of the penalty, at least 0. */
    float lambda();

    /** The penalty of one weight w. */
    double penalty(double w);

    /** Its derivative. */
    double derivative(double w);
}
