package dev.junco.runtime;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Plan;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import java.util.Map;

/**
 * Runs a model: set the inputs, {@link #run}, read the outputs. Inputs keep their values from run to run. Belongs to one thread at a time, and says so
 * when a second one comes; make one interpreter for each thread, they share the weights. Nothing has to be closed.
 *
 * <pre>{@code
 * Interpreter interpreter = model.interpreter();
 * interpreter.input("image").set(pixels);
 * interpreter.run();
 * System.out.println(interpreter.output("probabilities").top(3));
 * }</pre>
 */
public final class Interpreter extends TensorHolder {
    private final OperatorCatalog catalog;
    private final WeightStore weights;
    private final States states;
    /** What the states were before the run that goes on; there only if there are states. */
    private final States before;

    private final boolean keepsStates;

    Interpreter(
            Plan plan, OperatorCatalog catalog, WeightStore weights, InterpreterOptions options, Metadata metadata) {
        super(new ResizableExecution(plan, catalog, weights, options.threads()), options.acceptsNaN(), metadata);
        this.catalog = catalog;
        this.weights = weights;
        this.states = execution.states;
        this.before = states.isEmpty() ? null : new States(plan.graph());
        this.keepsStates = before != null && hasCustomOperators(plan.graph());
    }

    private static boolean hasCustomOperators(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.attributes() instanceof CustomAttributes) {
                return true;
            }
        }
        return false;
    }

    // ---- Running

    /**
     * Computes the outputs from the inputs, and the next states from the states; allocates nothing.
     *
     * @throws IllegalStateException if another thread is using this interpreter; that thread's run is not disturbed
     * @throws IllegalArgumentException if an input that was written through {@link Tensor#asFloatBuffer} holds NaN
     */
    public void run() {
        guard.enter();
        try {
            checkInputs();
            if (keepsStates) {
                runOrRestore();
            } else {
                execution.now().run();
            }
        } finally {
            guard.exit();
        }
    }

    /** The application's own operators may throw: then the states are as before. */
    private void runOrRestore() {
        before.copyFrom(states);
        boolean done = false;
        try {
            execution.now().run();
            done = true;
        } finally {
            if (!done) {
                states.copyFrom(before);
            }
        }
    }

    /**
     * Computes the outputs unless {@code cancellation} ends the run before; allocates nothing.
     *
     * @throws CancelledException if it does; inputs and states are then as they were before
     */
    public void run(Cancellation cancellation) {
        guard.enter();
        int steps = execution.now().steps();
        int done = -1;
        try {
            checkInputs();
            if (before != null) {
                before.copyFrom(states);
            }
            done = 0;
            done = execution.now().run(cancellation);
            if (done < steps) {
                throw cancelled(cancellation, done);
            }
        } finally {
            if (before != null && done >= 0 && done < steps) {
                states.copyFrom(before);
            }
            guard.exit();
        }
    }

    private CancelledException cancelled(Cancellation cancellation, int done) {
        return new CancelledException("the run was "
                + (cancellation.isCancelled() ? "cancelled" : "ended at its deadline") + " before operator '"
                + execution.now().node(done).name() + "', after " + done + " of "
                + execution.now().steps()
                + " steps; inputs and states are as before");
    }

    /**
     * Runs once and adds the time of each operator to a profile; allocates nothing.
     *
     * @throws IllegalArgumentException if it is no profile of this interpreter in its present shape
     */
    public void run(Profile profile) {
        guard.enter();
        try {
            checkInputs();
            profile.run(execution.now());
        } finally {
            guard.exit();
        }
    }

    /** An empty profile, to be filled by {@link #run(Profile)}. */
    public Profile profile() {
        return new Profile(execution.now(), catalog);
    }

    // ---- States

    /** A copy of all states as they are now. */
    public SavedState state() {
        SavedState saved = new SavedState(new States(execution.declared.graph()));
        saveTo(saved);
        return saved;
    }

    /**
     * Copies all states as they are now over an earlier copy; allocates nothing.
     *
     * @throws IllegalArgumentException if it is of another model
     */
    public void saveTo(SavedState target) {
        guard.enter();
        try {
            requireSame(target);
            target.states().copyFrom(states);
        } finally {
            guard.exit();
        }
    }

    /**
     * Puts all states back to what they were; allocates nothing.
     *
     * @throws IllegalArgumentException if {@code saved} is of another model
     */
    public void restore(SavedState saved) {
        guard.enter();
        try {
            requireSame(saved);
            states.copyFrom(saved.states());
        } finally {
            guard.exit();
        }
    }

    private void requireSame(SavedState saved) {
        if (!states.matches(saved.states())) {
            throw new IllegalArgumentException(
                    "the saved state has " + saved.states() + ", this model has " + states + " of its own sizes");
        }
    }

    /** Puts all states back to their start. */
    public void reset() {
        guard.enter();
        try {
            states.reset(execution.declared.graph());
        } finally {
            guard.exit();
        }
    }

    // ---- Sizes

    /**
     * Gives an input another size within its bounds and computes all other shapes anew; see {@link #resize(Map)}.
     *
     * <pre>{@code
     * interpreter.resize("samples", Shape.of(1, 160, 1));
     * interpreter.input("samples").set(chunk);
     * interpreter.run();
     * }</pre>
     *
     * @throws IllegalArgumentException if there is no such input or the shape is outside its bounds
     */
    public void resize(String input, Shape shape) {
        guard.enter();
        try {
            execution.resize(indexOf(input), shape);
            place();
        } finally {
            guard.exit();
        }
    }

    /**
     * Gives some inputs other sizes within their bounds and computes all other shapes anew. Tensors stay the same objects with other shapes; set all
     * inputs again, what they hold is not defined. States stay. A size that was seen before comes back without any allocation; up to 64 are kept.
     *
     * @param shapes by name of the input; the others keep their size
     * @throws IllegalArgumentException if there is no such input or a shape is outside its bounds
     * @throws JuncoException if an operator cannot take operands of these sizes; nothing has changed then
     */
    public void resize(Map<String, Shape> shapes) {
        guard.enter();
        try {
            if (execution.countInputs(shapes) != shapes.size()) {
                shapes.keySet().forEach(this::input); // which throws for what is no input
            }
            execution.resize(shapes);
            place();
        } finally {
            guard.exit();
        }
    }

    /** Where each tensor lies: the memory map of this interpreter in its present size. */
    public Plan plan() {
        return execution.now().plan();
    }

    /** The kernels in use now, for people: for example {@code VectorGemmKernels, VectorDepthwiseKernels512, …}. */
    public String kernels() {
        return weights.kernels().kernels().describe();
    }

    /**
     * Whether no faster kernels are being prepared. With {@link KernelChoice#AUTO}, those that runs of any interpreter need are prepared in the background,
     * beginning after the first run; until they are in use, or have been given up, runs are as right but may be slower. With other choices, and where there
     * are no vector kernels, always true; with this one, false again when a run needs kernels that none before it needed. Any thread may ask.
     */
    public boolean isSettled() {
        return weights.kernels().settled();
    }
}
