package dev.junco.trainer.op;

import dev.junco.runtime.graph.Attributes;

/** dx = dy where x ≥ 0, else alpha · dy. Operands: dy, x, both of one shape. */
public record LeakyReluGradient(float alpha) implements Attributes {}
