package dev.junco.converter.size;

import dev.junco.converter.ConversionException;
import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes one graph for all sizes within bounds of graphs that each have one size. It is made at its largest and at a few smaller sizes; where only shapes
 * that are told in options differ, they are told so that they follow. The result, given any of those sizes, is the graph that was made for it, or at its smallest answers the same, or nothing
 * comes of it: so a size that an importer has computed with, and forgotten, cannot go unnoticed.
 */
public final class Resizing {
    private final List<String> names;
    private final List<Shape> start;
    private final List<Shape> largest;
    private final List<List<Integer>> bounds;
    private final OperatorCatalog rules;
    private final Function<List<Shape>, Graph> maker;

    /**
     * A task.
     *
     * @param names of the inputs
     * @param start the shape of each input that an interpreter starts with, if the graph can be computed in it; the largest one otherwise
     * @param bounds of each input: for each axis 0 if it is fixed, else its largest size; empty if all are fixed
     * @param maker makes the graph for given shapes of its inputs
     */
    @SuppressWarnings("exports") // for the rooms of the converter
    public Resizing(
            List<String> names,
            List<Shape> start,
            List<List<Integer>> bounds,
            OperatorCatalog rules,
            Function<List<Shape>, Graph> maker) {
        this.names = names;
        this.start = start;
        this.bounds = bounds;
        this.rules = rules;
        this.maker = maker;
        this.largest = new ArrayList<>(start);
        for (int i = 0; i < start.size(); i++) {
            for (int axis = 0; axis < bounds.get(i).size(); axis++) {
                int most = bounds.get(i).get(axis);
                largest.set(i, most == 0 ? largest.get(i) : grown(i, axis, most));
            }
        }
    }

    private Shape grown(int input, int axis, int most) {
        try {
            return largest.get(input).with(axis, most);
        } catch (IllegalArgumentException e) {
            throw new ConversionException("axis " + axis + " of input '" + names.get(input) + "' is bounded by " + most
                    + ", which is too large: " + e.getMessage());
        }
    }

    /**
     * The graph, its inputs with their bounds.
     *
     * @throws ConversionException if an operator cannot follow; it is named
     */
    @SuppressWarnings("exports") // for the rooms of the converter
    public Graph graph() {
        Graph top = at(largest);
        List<Made> made = new ArrayList<>();
        probes().forEach(size -> made.add(make(size)));
        List<Made> small = new ArrayList<>();
        smallest().forEach(size -> small.add(make(size)));
        List<Graph> others = new ArrayList<>();
        made.stream().filter(one -> one.graph != null).forEach(one -> others.add(one.graph));
        Graph general = FollowingShapes.of(top, others);
        boolean follows = false;
        for (Made one : made) {
            follows |= compare(general, one, true);
        }
        for (Made one : small) {
            follows |= compare(general, one, others.isEmpty()); // where no other size tells, these have to
        }
        if (!follows) {
            throw new ConversionException("the model can be computed in the size " + described(largest)
                    + ", but not in others: " + made.get(0).refusal);
        }
        return declared(general);
    }

    /** What came of making the graph in a size: the graph, or why there is none. */
    private record Made(List<Shape> size, Graph graph, String refusal) {}

    private Made make(List<Shape> size) {
        try {
            return new Made(size, maker.apply(size), null);
        } catch (JuncoException | IllegalArgumentException e) {
            return new Made(size, null, e.getMessage());
        }
    }

    private Graph at(List<Shape> shapes) {
        try {
            return maker.apply(shapes);
        } catch (JuncoException | IllegalArgumentException e) {
            throw new ConversionException(
                    "the model cannot follow its inputs to the size " + described(shapes) + ": " + e.getMessage());
        }
    }

    /** Sizes from 2 on: at 1 importers and passes leave out what does nothing there. */
    private Set<List<Shape>> probes() {
        Set<List<Shape>> probes = new LinkedHashSet<>();
        for (int step = 0; step < 3; step++) {
            List<Shape> all = new ArrayList<>(largest);
            for (int i = 0; i < largest.size(); i++) {
                for (int axis = 0; axis < bounds.get(i).size(); axis++) {
                    if (bounds.get(i).get(axis) != 0) {
                        int size = probe(bounds.get(i).get(axis), step);
                        all.set(i, all.get(i).with(axis, size));
                        List<Shape> one = new ArrayList<>(largest);
                        one.set(i, largest.get(i).with(axis, size));
                        probes.add(one);
                    }
                }
            }
            probes.add(all);
        }
        probes.remove(largest);
        return probes;
    }

    private static int probe(int most, int step) {
        int below = step == 0 ? most - 1 : step == 1 ? most / 2 + 1 : most - most / 3;
        return below >= 2 ? below : most + 1 + step;
    }

    /** The size that the graph starts with, and 1 wherever a size varies: there other nodes may answer the same. */
    private Set<List<Shape>> smallest() {
        List<Shape> ones = new ArrayList<>(largest);
        for (int i = 0; i < largest.size(); i++) {
            for (int axis = 0; axis < bounds.get(i).size(); axis++) {
                ones.set(
                        i,
                        bounds.get(i).get(axis) == 0 ? ones.get(i) : ones.get(i).with(axis, 1));
            }
        }
        Set<List<Shape>> sizes = new LinkedHashSet<>(List.of(start));
        sizes.add(ones);
        sizes.remove(largest);
        return sizes;
    }

    /**
     * Compares the graph in a size with the one that was made for it.
     *
     * @param strictly whether all nodes have to agree, not only what they answer
     * @return whether there is such a size at all; if not, the interpreter will say the same
     */
    private boolean compare(Graph general, Made made, boolean strictly) {
        Graph found = null;
        String trouble = null;
        try {
            found = ShapeRewrite.withShapes(general, rules, made.size);
        } catch (GraphException | IllegalArgumentException e) {
            trouble = made.graph == null ? null : e.getMessage();
        }
        if (found != null && made.graph == null) {
            trouble = made.refusal;
        } else if (found != null) {
            trouble = strictly ? GraphDifference.between(found, made.graph) : numbers(found, made.graph);
        }
        if (trouble != null) {
            throw new ConversionException("the model cannot follow its inputs from the size " + described(largest)
                    + " to " + described(made.size) + ": " + trouble);
        }
        return found != null;
    }

    private String numbers(Graph found, Graph wanted) {
        String difference = GraphDifference.betweenResults(found, wanted);
        return difference != null || GraphDifference.between(found, wanted) == null
                ? difference
                : SameNumbers.difference(found, wanted, rules);
    }

    private Graph declared(Graph general) {
        try {
            return ShapeRewrite.withShapes(general, rules, start, bounds);
        } catch (GraphException e) {
            return ShapeRewrite.withShapes(general, rules, largest, bounds);
        }
    }

    private String described(List<Shape> shapes) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            if (!bounds.get(i).isEmpty()) {
                parts.add("'" + names.get(i) + "' " + shapes.get(i));
            }
        }
        return String.join(", ", parts);
    }
}
