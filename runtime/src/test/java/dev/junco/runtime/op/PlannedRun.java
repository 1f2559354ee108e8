package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.Arrays;

/** A graph as interpreters run it: planned, bound, on a team. */
final class PlannedRun {
    final Graph graph;
    final Execution execution;

    PlannedRun(Graph graph, Kernels kernels, WorkerTeam team) {
        this.graph = graph;
        OperatorCatalog catalog = OperatorCatalog.standard();
        WeightStore weights = new WeightStore(KernelSource.fixed(kernels));
        execution = new Execution(MemoryPlanner.plan(graph, catalog), catalog, weights, new States(graph), team);
    }

    /** A run of one case, its inputs set. */
    static PlannedRun of(OpCase opCase, Graph graph, Kernels kernels, WorkerTeam team) {
        PlannedRun run = new PlannedRun(graph, kernels, team);
        for (Value input : graph.inputs()) {
            run.set(input, opCase.data().get(Integer.parseInt(input.name().substring(1))));
        }
        return run;
    }

    void set(Value value, Object data) {
        int n = value.shape().elements();
        if (value.type() == DType.FLOAT32) {
            FloatRef ref = execution.floats(value);
            System.arraycopy(data, 0, ref.array(), ref.offset(), n);
        } else {
            ByteRef ref = execution.bytes(value);
            System.arraycopy(data, 0, ref.array(), ref.offset(), n);
        }
    }

    /** A copy of the elements of a value. */
    Object get(Value value) {
        int n = value.shape().elements();
        if (value.type() == DType.FLOAT32) {
            FloatRef ref = execution.floats(value);
            return Arrays.copyOfRange(ref.array(), ref.offset(), ref.offset() + n);
        }
        ByteRef ref = execution.bytes(value);
        return Arrays.copyOfRange(ref.array(), ref.offset(), ref.offset() + n);
    }

    /** Runs and gives the only output. */
    Object run() {
        execution.run();
        return get(graph.outputs().get(0));
    }
}
