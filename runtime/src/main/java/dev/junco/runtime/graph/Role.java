package dev.junco.runtime.graph;

/** Where a value comes from. */
public enum Role {
    /** Given by the caller before each run. */
    INPUT,
    /** Fixed in the model. */
    CONSTANT,
    /** Fixed in the model for running, changed by training: a weight. */
    PARAMETER,
    /** Kept from run to run and changed by nodes in place; starts from its constant, or from zeros. */
    STATE,
    /** Computed by a node. */
    ACTIVATION
}
