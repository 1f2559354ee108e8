package dev.junco.runtime;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import dev.junco.runtime.plan.Arenas;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.Plan;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An interpreter's graph in its present size, and in those that it had before: all on the same memory, weights and states. */
final class ResizableExecution {
    /** Most sizes of its inputs that an interpreter keeps ready. */
    private static final int MOST_SIZES = 64;

    /** Of the graph as it was declared. */
    final Plan declared;

    final States states;
    private final OperatorCatalog catalog;
    private final WeightStore weights;
    private final WorkerTeam team;
    private final Arenas arenas;
    /** The one that was used last is the last. */
    private final List<Arrangement> sizes = new ArrayList<>();

    private final Shape[] wanted;
    private Arrangement current;

    ResizableExecution(Plan declared, OperatorCatalog catalog, WeightStore weights, int threads) {
        this.declared = declared;
        this.catalog = catalog;
        this.weights = weights;
        this.team = new WorkerTeam(threads);
        this.arenas = new Arenas(declared.size(), team.workers());
        this.states = new States(declared.graph());
        this.wanted = new Shape[declared.graph().inputs().size()];
        this.current = new Arrangement(new Execution(declared, catalog, weights, states, team, arenas));
        sizes.add(current);
    }

    /** What runs now. */
    Execution now() {
        return current.execution;
    }

    /** Elements of the inputs, then the outputs, then the states, in the present size. */
    Elements[] elements() {
        return current.elements;
    }

    /** Gives input {@code index} another shape. */
    void resize(int index, Shape shape) {
        System.arraycopy(current.shapes, 0, wanted, 0, wanted.length);
        wanted[index] = shape;
        resize();
    }

    /** Number of inputs. */
    int inputs() {
        return wanted.length;
    }

    /** How many inputs a map has shapes for. */
    int countInputs(Map<String, Shape> shapes) {
        int found = 0;
        for (int i = 0; i < wanted.length; i++) {
            found += shapes.get(name(i)) == null ? 0 : 1;
        }
        return found;
    }

    /** Gives the named inputs other shapes. */
    void resize(Map<String, Shape> shapes) {
        for (int i = 0; i < wanted.length; i++) {
            Shape shape = shapes.get(name(i));
            wanted[i] = shape == null ? current.shapes[i] : shape;
        }
        resize();
    }

    private String name(int input) {
        return declared.graph().inputs().get(input).name();
    }

    private void resize() {
        Arrangement next = null;
        for (int i = sizes.size() - 1; i >= 0 && next == null; i--) {
            if (Arrays.equals(sizes.get(i).shapes, wanted)) {
                next = sizes.remove(i);
            }
        }
        if (next == null) {
            next = arrange();
            if (sizes.size() == MOST_SIZES) {
                sizes.remove(0);
            }
        }
        sizes.add(next);
        current = next;
    }

    private Arrangement arrange() {
        for (int i = 0; i < wanted.length; i++) {
            requireWithin(declared.graph().inputs().get(i), wanted[i]);
        }
        Plan layout = MemoryPlanner.resize(
                declared, ShapeRewrite.withShapes(declared.graph(), catalog, Arrays.asList(wanted.clone())), catalog);
        return new Arrangement(new Execution(layout, catalog, weights, states, team, arenas));
    }

    private static void requireWithin(Value input, Shape shape) {
        boolean fits = shape.rank() == input.shape().rank();
        for (int axis = 0; fits && axis < shape.rank(); axis++) {
            int bound = input.bounds().isEmpty() ? 0 : input.bounds().get(axis);
            fits = bound == 0 ? shape.dim(axis) == input.shape().dim(axis) : shape.dim(axis) <= bound;
        }
        if (!fits) {
            throw new IllegalArgumentException("input '" + input.name() + "' cannot have shape " + shape + "; "
                    + (input.isResizable()
                            ? "its shape may be up to " + input.largestShape() + " on the axes of bounds "
                                    + input.bounds() + ", where 0 stands for a fixed axis"
                            : "its shape is fixed to " + input.shape()
                                    + ". Declare bounds when the model is made, or choose a batch size with"
                                    + " InterpreterOptions.withBatch"));
        }
    }
}
