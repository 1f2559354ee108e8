package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/** dx = beta · y · (dy − Σ dy · y) along the last axis. Operands: dy, y = softmax(beta · x), both of one shape. */
public record SoftmaxGradient(float beta) implements Attributes {}
