package dev.junco.runtime.plan;

import dev.junco.runtime.DType;

/**
 * A piece of an arena: one value, several that share their memory, or an operator's scratch.
 *
 * @param name of the first value in it, or of the node whose scratch it is
 * @param type arena in which it lies
 * @param offset first element
 * @param elements its size
 * @param firstNode index of the node that writes it first, -1 before all nodes
 * @param lastNode index of the node that reads it last, the number of nodes if it lives to the end
 */
public record Buffer(String name, DType type, int offset, int elements, int firstNode, int lastNode) {}
