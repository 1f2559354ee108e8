package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;

/**
 * Undoes broadcasting: adds up the elements of the operand that came from one element of a tensor of shape {@code shape}, times
 * {@code factor}.
 *
 * @param shape of the result; aligned with the operand at the last axes, each size equal or 1
 * @param factor of the sums
 */
public record SumTo(Shape shape, float factor) implements Attributes {}
