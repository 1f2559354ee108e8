package dev.junco.runtime;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.Plan;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a model: set the inputs, {@link #run}, read the outputs. Inputs keep their values from run to run. Belongs to one thread at a time; make one
 * interpreter for each thread, they share the weights. Nothing has to be closed.
 */
public final class Interpreter {
    private final Execution execution;
    private final States states;
    private final WeightStore weights;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean();

    Interpreter(Plan plan, OperatorCatalog catalog, WeightStore weights, InterpreterOptions options) {
        this.weights = weights;
        this.states = new States(plan.graph());
        this.execution = new Execution(plan, catalog, weights, states, new WorkerTeam(options.threads()));
        for (Value input : plan.graph().inputs()) {
            inputs.put(input.name(), new Tensor(input.name(), input, execution, true));
        }
        for (Map.Entry<String, String> output : plan.graph().outputNames().entrySet()) {
            Value value = plan.graph().value(output.getValue());
            outputs.put(output.getKey(), new Tensor(output.getKey(), value, execution, false));
        }
    }

    /** The inputs by name, in order. */
    public Map<String, Tensor> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The outputs by name, in order. */
    public Map<String, Tensor> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /**
     * The input with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor input(String name) {
        return find(inputs, "input", name);
    }

    /** The only input. */
    public Tensor input() {
        return only(inputs, "inputs");
    }

    /**
     * The output with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor output(String name) {
        return find(outputs, "output", name);
    }

    /** The only output. */
    public Tensor output() {
        return only(outputs, "outputs");
    }

    /**
     * Computes the outputs from the inputs; allocates nothing.
     *
     * @throws IllegalStateException if another thread is running this interpreter
     */
    public void run() {
        enter();
        try {
            execution.run();
        } finally {
            running.set(false);
        }
    }

    /**
     * Runs once and adds the nanoseconds that each node took: {@code nanos[i] +=} time of node i of {@link Model#graph()}.
     *
     * @throws IllegalStateException if another thread is running this interpreter
     */
    public void run(long[] nanos) {
        int nodes = execution.plan().graph().nodes().size();
        if (nanos.length != nodes) {
            throw new IllegalArgumentException(
                    "nanos has " + nanos.length + " elements, expected " + nodes + ", one a node");
        }
        enter();
        try {
            execution.run(nanos);
        } finally {
            running.set(false);
        }
    }

    private void enter() {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this interpreter is running on another thread; make one interpreter for each thread, they share"
                            + " the weights");
        }
    }

    /**
     * Puts all states back to their start.
     *
     * @throws IllegalStateException if another thread is running this interpreter
     */
    public void reset() {
        enter();
        try {
            states.reset(execution.plan().graph());
        } finally {
            running.set(false);
        }
    }

    /** Where each tensor lies: the memory map of this interpreter. */
    public Plan plan() {
        return execution.plan();
    }

    /** The kernels in use now, for people: for example {@code VectorGemmKernels, VectorDepthwiseKernels512, …}. */
    public String kernels() {
        return weights.kernels().kernels().describe();
    }

    private static Tensor find(Map<String, Tensor> tensors, String kind, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " '" + name + "'; the model has " + tensors.keySet());
        }
        return tensor;
    }

    private static Tensor only(Map<String, Tensor> tensors, String kind) {
        if (tensors.size() != 1) {
            throw new IllegalStateException(
                    "the model has " + tensors.size() + " " + kind + ", " + tensors.keySet() + "; name one");
        }
        return tensors.values().iterator().next();
    }
}
