package dev.junco.trainer.autodiff;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;

/**
 * A training graph, planned and bound: fill the inputs, {@link #run}, read the outputs. Running allocates nothing. Not thread-safe.
 */
public final class TrainingStep {
    private final Execution execution;
    private final FloatRef learningRate;
    private final IntRef step;
    private final FloatRef loss;

    /**
     * Plans and binds a training graph.
     *
     * @param weights the kernels, and frozen weights
     * @param states weights and optimizer slots, changed by each run; may be shared with graphs for other batch sizes
     * @param team who runs the steps
     */
    public TrainingStep(TrainingGraph training, WeightStore weights, States states, WorkerTeam team) {
        Graph graph = training.graph();
        execution = new Execution(
                MemoryPlanner.plan(graph, TrainingGraph.catalog()), TrainingGraph.catalog(), weights, states, team);
        learningRate = execution.floats(graph.value(TrainingGraph.LEARNING_RATE));
        step = execution.ints(graph.value(TrainingGraph.STEP));
        loss = output(TrainingGraph.LOSS);
    }

    /** The bound graph. */
    public Execution execution() {
        return execution;
    }

    /** Where a float32 input goes. */
    public FloatRef input(String name) {
        return execution.floats(value(name));
    }

    /** Where an int32 input goes. */
    public IntRef intInput(String name) {
        return execution.ints(value(name));
    }

    private Value value(String name) {
        Value value = execution.plan().graph().value(name);
        if (value == null) {
            throw new IllegalArgumentException("the training graph has no input '" + name + "'");
        }
        return value;
    }

    /** Where an output is found after a run. */
    public FloatRef output(String name) {
        Graph graph = execution.plan().graph();
        return execution.floats(graph.value(graph.outputNames().get(name)));
    }

    /**
     * Runs one step on what the inputs hold.
     *
     * @param number of the step, 1 for the first
     * @return the loss
     */
    public float run(float rate, int number) {
        learningRate.array()[learningRate.offset()] = rate;
        step.array()[step.offset()] = number;
        execution.run();
        return loss.array()[loss.offset()];
    }
}
