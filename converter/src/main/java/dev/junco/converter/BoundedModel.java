package dev.junco.converter;

import dev.junco.converter.size.Resizing;
import dev.junco.converter.tflite.ForeignInput;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives bounds to inputs of a model: of a graph in memory, or of a file that can be imported in any size. */
final class BoundedModel {
    /** Makes the graph of a signature for inputs of given shapes. */
    interface Source {
        Graph graph(int signature, List<Shape> shapes);
    }

    private final SizeBounds bounds;
    private final List<List<ForeignInput>> inputs;
    private final OperatorCatalog catalog;

    private BoundedModel(SizeBounds bounds, List<List<ForeignInput>> inputs, OperatorCatalog catalog) {
        this.bounds = bounds;
        this.inputs = inputs;
        this.catalog = catalog;
        requireInputs();
    }

    /** A model in memory with more bounds. */
    static Model of(Model model, SizeBounds bounds) {
        List<Graph> graphs = model.content().signatures();
        List<List<ForeignInput>> inputs =
                graphs.stream().map(BoundedModel::inputs).toList();
        OperatorCatalog catalog = model.operators().catalog();
        BoundedModel bounded = new BoundedModel(bounds, inputs, catalog);
        graphs.forEach(graph -> bounded.requireFreeBatch(graph, model.metadata()));
        List<Graph> results = bounded.graphs(
                (index, shapes) -> shapes.equals(shapes(inputs.get(index)))
                        ? graphs.get(index)
                        : ShapeRewrite.withShapes(graphs.get(index), catalog, shapes),
                graphs);
        return planned(results, model.operators(), ignored -> model.metadata());
    }

    /** The model of a file that is imported anew for each size. */
    static Model of(
            List<List<ForeignInput>> inputs,
            SizeBounds bounds,
            CustomOperators operators,
            Source source,
            Function<List<Graph>, Metadata> metadata) {
        BoundedModel bounded = new BoundedModel(bounds, inputs, operators.catalog());
        return planned(bounded.graphs(source, List.of()), operators, metadata);
    }

    /** What was computed from a batch size while importing cannot follow another one, and its nodes do not show it. */
    private void requireFreeBatch(Graph graph, Metadata metadata) {
        String where = metadata.properties().get(BatchRewrite.FIXED + graph.name());
        for (Value input : graph.inputs()) {
            if (where != null
                    && bounds.byInput()
                            .getOrDefault(input.name(), Collections.emptySortedMap())
                            .containsKey(0)) {
                throw new ConversionException("axis 0 of input '" + input.name()
                        + "' cannot be bounded: the model holds for its own batch size only, since " + where
                        + " uses a shape that was computed when the model was imported. Bound the file that it was"
                        + " imported from");
            }
        }
    }

    private static Model planned(
            List<Graph> graphs, CustomOperators operators, Function<List<Graph>, Metadata> metadata) {
        try {
            return Model.of(graphs, metadata.apply(graphs), operators);
        } catch (ConversionException e) {
            throw e;
        } catch (JuncoException | ArithmeticException e) {
            throw new ConversionException("the bounds are too large for the model: " + e.getMessage());
        }
    }

    private static List<ForeignInput> inputs(Graph graph) {
        return graph.inputs().stream()
                .map(input -> new ForeignInput(input.name(), input.shape(), List.of()))
                .toList();
    }

    private static List<Shape> shapes(List<ForeignInput> inputs) {
        return inputs.stream().map(ForeignInput::shape).toList();
    }

    /** @param old the graphs with the bounds that they have already; empty if there are none */
    private List<Graph> graphs(Source source, List<Graph> old) {
        List<Graph> graphs = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            int index = i;
            List<ForeignInput> signature = inputs.get(i);
            boolean concerned =
                    signature.stream().anyMatch(input -> bounds.byInput().containsKey(input.name()));
            if (!concerned) {
                graphs.add(old.isEmpty() ? source.graph(i, shapes(signature)) : old.get(i));
                continue;
            }
            List<List<Integer>> all = new ArrayList<>();
            for (int j = 0; j < signature.size(); j++) {
                all.add(bounds(
                        signature.get(j),
                        old.isEmpty() ? null : old.get(i).inputs().get(j)));
            }
            List<String> names = signature.stream().map(ForeignInput::name).toList();
            graphs.add(
                    new Resizing(names, shapes(signature), all, catalog, sizes -> source.graph(index, sizes)).graph());
        }
        return graphs;
    }

    private List<Integer> bounds(ForeignInput input, Value old) {
        List<Integer> result = new ArrayList<>();
        for (int axis = 0; axis < input.shape().rank(); axis++) {
            result.add(old == null || !old.isResizable() ? 0 : old.bounds().get(axis));
        }
        bounds.byInput()
                .getOrDefault(input.name(), Collections.emptySortedMap())
                .forEach(result::set);
        return result.stream().allMatch(bound -> bound == 0) ? List.of() : result;
    }

    private void requireInputs() {
        for (Map.Entry<String, ? extends Map<Integer, Integer>> wanted :
                bounds.byInput().entrySet()) {
            List<ForeignInput> named = inputs.stream()
                    .flatMap(List::stream)
                    .filter(input -> input.name().equals(wanted.getKey()))
                    .toList();
            if (named.isEmpty()) {
                throw new ConversionException(
                        "there is no input '" + wanted.getKey() + "' to bound; the model has " + described());
            }
            for (ForeignInput input : named) {
                wanted.getValue().forEach((axis, most) -> requireAxis(input, axis, most));
            }
        }
    }

    private void requireAxis(ForeignInput input, int axis, int most) {
        if (axis >= input.shape().rank()) {
            throw new ConversionException(
                    "input '" + input.name() + "' has no axis " + axis + " to bound; the model has " + described());
        }
        if (most < input.shape().dim(axis)) {
            throw new ConversionException("axis " + axis + " of input '" + input.name() + "' has size "
                    + input.shape().dim(axis) + " and cannot be bounded by " + most);
        }
    }

    private String described() {
        List<String> parts = new ArrayList<>();
        for (ForeignInput input :
                inputs.stream().flatMap(List::stream).distinct().toList()) {
            int rank = input.shape().rank();
            parts.add("'" + input.name() + "' " + input.shape()
                    + (rank == 0 ? "" : " with axes 0 to " + (rank - 1))
                    + (input.openAxes().isEmpty() ? "" : ", of which the file leaves open " + input.openAxes()));
        }
        return String.join("; ", parts);
    }
}
