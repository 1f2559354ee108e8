package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** The same graph for another number of samples. */
public final class BatchRewrite {
    private BatchRewrite() {}

    /**
     * Gives the first axis of every input the size {@code batch} and infers all shapes anew.
     *
     * @throws GraphException if the graph has a fixed batch size: an input without a batch axis, or a node or state that does not follow
     */
    public static Graph withBatch(Graph graph, OperatorCatalog catalog, int batch) {
        GraphBuilder builder = new GraphBuilder(graph.name(), catalog);
        Value[] copies = new Value[graph.values().size()];
        int old = batchOf(graph);
        for (Value value : graph.values()) {
            if (value.role() == Role.INPUT) {
                if (value.shape().rank() == 0 || value.shape().dim(0) != old) {
                    throw new GraphException("input '" + value.name() + "' has shape " + value.shape()
                            + "; a batch size can be chosen only where all inputs have the batch as their first axis");
                }
                copies[value.id()] = builder.input(value.name(), value.spec().withShape(resized(value, batch)));
            } else if (value.role() != Role.ACTIVATION) {
                copies[value.id()] = builder.copy(value);
            }
        }
        for (Node node : graph.nodes()) {
            List<Value> inputs = new ArrayList<>();
            for (Value input : node.inputs()) {
                inputs.add(copies[input.id()]);
            }
            List<Quantization> quantizations = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (Value output : node.outputs()) {
                quantizations.add(output.quantization());
                names.add(output.name());
            }
            Node copy = builder.addAll(node.name(), node.attributes(), inputs, quantizations, names);
            for (int i = 0; i < copy.outputs().size(); i++) {
                copies[node.output(i).id()] = copy.output(i);
            }
        }
        graph.outputNames()
                .forEach((name, value) ->
                        builder.output(name, copies[graph.value(value).id()]));
        return builder.build();
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
