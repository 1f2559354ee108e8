package dev.junco.runtime.graph.attributes;

/** What a pooling keeps of its window. */
public enum PoolKind {
    MAX,
    AVERAGE
}
