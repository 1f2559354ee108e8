package dev.junco.runtime.graph;

/**
 * The fixed options of a node; its class names the operator. Implementations are records, so that equal options are equal. Open: the
 * trainer brings operators of its own.
 */
public interface Attributes {}
