package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;

/**
 * One rewrite of a graph. What comes out computes the same function with the same inputs and outputs under the same names. Stateless.
 */
public interface Pass {
    /** The name in reports, for example {@code fold-batch-norm}. */
    String name();

    /** The rewritten graph, or {@code graph} itself where there is nothing to do. */
    Graph apply(Graph graph);
}
