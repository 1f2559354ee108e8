package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/** y = exp(beta · x) / Σ exp(beta · x) along the last axis. */
public record SoftmaxAttributes(float beta) implements Attributes {}
