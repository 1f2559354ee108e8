package dev.junco.converter.tflite;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShortRef;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.ArrayList;
import java.util.List;

/** Runs a graph with inputs and outputs of any type, integers as they are stored. */
final class TypedRun {
    private final Graph graph;
    private final Execution execution;

    TypedRun(Graph graph, Kernels kernels) {
        this.graph = graph;
        OperatorCatalog catalog = OperatorCatalog.standard();
        this.execution = new Execution(
                MemoryPlanner.plan(graph, catalog),
                catalog,
                new WeightStore(KernelSource.fixed(kernels)),
                new States(graph),
                new WorkerTeam(1));
    }

    List<double[]> run(List<double[]> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            set(graph.inputs().get(i), inputs.get(i));
        }
        execution.run();
        List<double[]> outputs = new ArrayList<>();
        for (Value value : graph.outputs()) {
            outputs.add(get(value));
        }
        return outputs;
    }

    private void set(Value value, double[] elements) {
        for (int i = 0; i < elements.length; i++) {
            switch (value.type()) {
                case FLOAT32 -> {
                    FloatRef at = execution.floats(value);
                    at.array()[at.offset() + i] = (float) elements[i];
                }
                case INT32 -> {
                    IntRef at = execution.ints(value);
                    at.array()[at.offset() + i] = (int) elements[i];
                }
                case INT16 -> {
                    ShortRef at = execution.shorts(value);
                    at.array()[at.offset() + i] = (short) elements[i];
                }
                default -> {
                    ByteRef at = execution.bytes(value);
                    at.array()[at.offset() + i] = (byte) elements[i];
                }
            }
        }
    }

    private double[] get(Value value) {
        double[] elements = new double[value.shape().elements()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = switch (value.type()) {
                case FLOAT32 ->
                    execution.floats(value).array()[execution.floats(value).offset() + i];
                case INT32 ->
                    execution.ints(value).array()[execution.ints(value).offset() + i];
                case INT16 ->
                    execution.shorts(value).array()[execution.shorts(value).offset() + i];
                default -> execution.bytes(value).array()[execution.bytes(value).offset() + i];
            };
        }
        return elements;
    }
}
