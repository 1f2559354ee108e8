package dev.junco.runtime.graph;

import dev.junco.runtime.JuncoException;

/** A graph that makes no sense: shapes that do not fit, unknown values, names used twice. */
public final class GraphException extends JuncoException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message) {
        super(message);
    }
}
