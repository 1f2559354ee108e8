package dev.junco.runtime.plan;

import dev.junco.runtime.Cancellation;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import dev.junco.runtime.op.ShortRef;
import dev.junco.runtime.op.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A planned graph with its memory, bound to kernels and ready to run: everything is allocated here, nothing by {@link #run()}. Not thread-safe.
 */
public final class Execution {
    private final Plan plan;
    private final OperatorCatalog catalog;
    private final WeightStore weights;
    private final States states;
    private final WorkerTeam team;
    private final Arenas arenas;
    private final StepSequence steps;
    private final int[] nodeOfStep;

    /**
     * Binds a plan to arenas of its own.
     *
     * @param states the graph's states; may be shared with other executions that run at other times
     * @param team who runs the steps
     */
    public Execution(Plan plan, OperatorCatalog catalog, WeightStore weights, States states, WorkerTeam team) {
        this(plan, catalog, weights, states, team, new Arenas(plan.size(), team.workers()));
    }

    /**
     * Binds a plan.
     *
     * @param states the graph's states; may be shared with other executions that run at other times
     * @param team who runs the steps
     * @param arenas at least as large as the plan's, for at least as many workers; may be shared as well
     */
    public Execution(
            Plan plan, OperatorCatalog catalog, WeightStore weights, States states, WorkerTeam team, Arenas arenas) {
        this.plan = plan;
        this.catalog = catalog;
        this.weights = weights;
        this.states = states;
        this.team = team;
        this.arenas = arenas;
        NodeBinding binding = new NodeBinding();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < plan.graph().nodes().size(); i++) {
            Node node = plan.graph().nodes().get(i);
            Operator<Attributes> operator = MemoryClasses.operator(catalog, node);
            binding.node = i;
            binding.floatScratches = operator.scratch(node.attributes(), node, plan.storage()).length;
            operator.bind(node.attributes(), node, binding);
            while (owners.size() < binding.steps.size()) {
                owners.add(i);
            }
        }
        this.steps = new StepSequence(binding.steps.toArray(new Step[0]), team);
        this.nodeOfStep = new int[steps.size()];
        for (int i = 0; i < nodeOfStep.length; i++) {
            nodeOfStep[i] = owners.get(i);
        }
    }

    /** The plan that was bound. */
    public Plan plan() {
        return plan;
    }

    /** Runs all steps in order; allocates nothing. */
    public void run() {
        steps.run(null);
        weights.kernels().answered();
    }

    /**
     * Runs the steps in order until {@code cancellation} is due, which is asked before each; allocates nothing.
     *
     * @return the number of steps that have run; {@link #steps} if all have
     */
    public int run(Cancellation cancellation) {
        int done = steps.run(cancellation);
        if (done == steps.size()) {
            weights.kernels().answered();
        }
        return done;
    }

    /** Number of steps. */
    public int steps() {
        return steps.size();
    }

    /** The node that a step belongs to. */
    public Node node(int step) {
        return plan.graph().nodes().get(nodeOfStep[step]);
    }

    /** The classes of the kernels that a node's steps run on now, for people; empty for nodes of plain loops or none. */
    public String kernels(int node) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            Object kernel = nodeOfStep[i] == node ? steps.get(i).kernel() : null;
            if (kernel != null) {
                names.add(Kernels.name(kernel));
            }
        }
        return String.join(", ", names);
    }

    /** Multiply-adds of a node in one run. */
    public long multiplyAdds(int node) {
        Node n = plan.graph().nodes().get(node);
        return MemoryClasses.operator(catalog, n).multiplyAdds(n.attributes(), n);
    }

    /** Runs all steps and adds the time of each to its node: {@code nanos[node] += …}. */
    public void run(long[] nanos) {
        steps.run(nanos, nodeOfStep);
        weights.kernels().answered();
    }

    /** Where a float32 or widened int8 value lies. */
    public FloatRef floats(Value value) {
        if (value.isConstant()) {
            return new FloatRef(weights.floats(value), 0);
        }
        return value.role() == Role.STATE
                ? new FloatRef((float[]) states.array(value), 0)
                : new FloatRef(arenas.floats, plan.offsets()[value.id()]);
    }

    /** Where a bool value, or an int8 value that is not widened, lies. */
    public ByteRef bytes(Value value) {
        if (plan.storage().isWidened(value)) {
            throw new IllegalStateException("int8 value '" + value.name() + "' lies widened");
        }
        if (value.isConstant()) {
            return new ByteRef(weights.bytes(value), 0);
        }
        return value.role() == Role.STATE
                ? new ByteRef((byte[]) states.array(value), 0)
                : new ByteRef(arenas.bytes, plan.offsets()[value.id()]);
    }

    /** Where an int32 value lies. */
    public IntRef ints(Value value) {
        if (value.isConstant()) {
            return new IntRef(weights.ints(value), 0);
        }
        return value.role() == Role.STATE
                ? new IntRef((int[]) states.array(value), 0)
                : new IntRef(arenas.ints, plan.offsets()[value.id()]);
    }

    /** Where an int16 value lies. */
    public ShortRef shorts(Value value) {
        if (value.isConstant()) {
            return new ShortRef(weights.shorts(value), 0);
        }
        return value.role() == Role.STATE
                ? new ShortRef((short[]) states.array(value), 0)
                : new ShortRef(arenas.shorts, plan.offsets()[value.id()]);
    }

    private final class NodeBinding implements Binding {
        private final List<Step> steps = new ArrayList<>();
        private int node;
        private int floatScratches;

        @Override
        public KernelSource kernels() {
            return weights.kernels();
        }

        @Override
        public int workers() {
            return team.workers();
        }

        @Override
        public float[][] workspace(int worker) {
            return arenas.workspaces[worker];
        }

        @Override
        public boolean isWidened(Value value) {
            return plan.storage().isWidened(value);
        }

        @Override
        public FloatRef floats(Value value) {
            return Execution.this.floats(value);
        }

        @Override
        public ByteRef bytes(Value value) {
            return Execution.this.bytes(value);
        }

        @Override
        public IntRef ints(Value value) {
            return Execution.this.ints(value);
        }

        @Override
        public ShortRef shorts(Value value) {
            return Execution.this.shorts(value);
        }

        @Override
        public FloatRef floatScratch(int index) {
            return new FloatRef(arenas.floats, plan.scratch()[node][index]);
        }

        @Override
        public IntRef intScratch(int index) {
            return new IntRef(arenas.ints, plan.scratch()[node][floatScratches + index]);
        }

        @Override
        public PackedWeights packed(Value value, Packing packing) {
            return weights.packed(value, packing);
        }

        @Override
        public Rescaling shared(Rescaling rescaling) {
            return weights.shared(rescaling);
        }

        @Override
        public void add(Step step) {
            steps.add(step);
        }
    }
}
