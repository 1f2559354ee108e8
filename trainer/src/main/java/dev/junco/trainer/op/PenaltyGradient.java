package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;
import dev.junco.trainer.regularizer.Regularizer;

/** Adds a penalty's gradient: g + penalty′(w). Operands: g, w, both of one shape. */
public record PenaltyGradient(Regularizer regularizer) implements Attributes {}
