package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/**
 * The factor that keeps all gradients together within a length: {@code clip / max(norm, clip)} with norm = √(Σ g²) over all
 * operands. Result: a scalar. Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013.
 *
 * @param clip largest norm, above 0
 */
public record ClipByGlobalNorm(float clip) implements Attributes {}
