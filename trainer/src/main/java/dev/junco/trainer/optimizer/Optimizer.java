package dev.junco.trainer.optimizer;

import java.util.List;

/**
 * A rule that changes weights by their gradients. Only a description: the arithmetic becomes nodes of the training graph, and what the
 * rule remembers of each weight ({@linkplain #slots() slots}) becomes states named {@code weight/slot}.
 */
public sealed interface Optimizer permits Sgd, Adam {
    /** Name for people and files, for example {@code adam}. */
    String name();

    /** Length of a step where no schedule says otherwise. */
    float learningRate();

    /** Names of the tensors kept for each weight, of the weight's shape, zero at the start. */
    List<String> slots();
}
