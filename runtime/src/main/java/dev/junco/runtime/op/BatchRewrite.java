package dev.junco.runtime.op;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** The same graph for another number of samples. */
public final class BatchRewrite {
    /**
     * Before the name of a signature: the key of a model's property that says which part of the graph was computed for its own batch size while importing, so
     * that numbers of another batch would be wrong.
     */
    public static final String FIXED = "batch.fixed.";

    private BatchRewrite() {}

    /**
     * {@link #withBatch(Graph, OperatorCatalog, int)} for a graph of a model.
     *
     * @throws GraphException also if the model's properties say that the graph holds for its own batch size only
     */
    public static Graph withBatch(Graph graph, OperatorCatalog catalog, int batch, Metadata metadata) {
        String where = metadata.properties().get(FIXED + graph.name());
        if (where != null && batch != batchOf(graph)) {
            throw new GraphException("batch size " + batch + " was asked for, but the model holds for " + batchOf(graph)
                    + " only: " + where
                    + " uses a shape that was computed when the model was imported. Export the model"
                    + " with that batch size, or run its samples one after the other");
        }
        return withBatch(graph, catalog, batch);
    }

    /**
     * Gives the first axis of every input the size {@code batch}, for good, and infers all shapes anew. Other axes keep their bounds.
     *
     * @throws GraphException if the graph has a fixed batch size: an input without a batch axis, or a node or state that does not follow
     */
    public static Graph withBatch(Graph graph, OperatorCatalog catalog, int batch) {
        int old = batchOf(graph);
        List<Shape> shapes = new ArrayList<>();
        List<List<Integer>> bounds = new ArrayList<>();
        for (Value input : graph.inputs()) {
            if (input.shape().rank() == 0 || input.shape().dim(0) != old) {
                throw new GraphException("input '" + input.name() + "' has shape " + input.shape()
                        + "; a batch size can be chosen only where all inputs have the batch as their first axis");
            }
            shapes.add(resized(input, batch));
            List<Integer> others = new ArrayList<>(input.bounds());
            if (!others.isEmpty()) {
                others.set(0, 0);
            }
            bounds.add(others);
        }
        return ShapeRewrite.withShapes(graph, catalog, shapes, bounds);
    }

    private static int batchOf(Graph graph) {
        boolean batched =
                !graph.inputs().isEmpty() && graph.inputs().get(0).shape().rank() > 0;
        return batched ? graph.inputs().get(0).shape().dim(0) : 0;
    }

    private static Shape resized(Value input, int batch) {
        try {
            return input.shape().with(0, batch);
        } catch (IllegalArgumentException e) {
            throw new GraphException("input '" + input.name() + "' of shape " + input.shape()
                    + " cannot have batch size " + batch + ": " + e.getMessage());
        }
    }
}
