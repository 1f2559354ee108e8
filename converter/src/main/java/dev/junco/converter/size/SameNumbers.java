package dev.junco.converter.size;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShortRef;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import java.util.Random;

/** Whether two graphs of the same inputs and outputs answer the same to one random input; integers are 0. */
final class SameNumbers {
    /** Of the largest number: the graphs may round in different places. */
    private static final double TOLERANCE = 1e-3;

    private static final double QUANTIZED_TOLERANCE = 2e-2;

    private SameNumbers() {}

    /** The first difference in a sentence; null if there is none, or if the wanted graph cannot be run with such an input. */
    static String difference(Graph found, Graph wanted, OperatorCatalog catalog) {
        Execution b;
        try {
            b = run(wanted, catalog);
        } catch (RuntimeException e) {
            return null; // it says nothing of the other one
        }
        Execution a;
        try {
            a = run(found, catalog);
        } catch (RuntimeException e) {
            return "it cannot be run at this size: " + e.getMessage();
        }
        boolean quantized =
                wanted.values().stream().anyMatch(value -> value.type() == DType.INT8 || value.type() == DType.INT16);
        for (String output : wanted.outputNames().keySet()) {
            double[] first = numbers(a, found.value(found.outputNames().get(output)));
            double[] second = numbers(b, wanted.value(wanted.outputNames().get(output)));
            if (!same(first, second, quantized ? QUANTIZED_TOLERANCE : TOLERANCE)) {
                return "output '" + output + "' has other numbers at this size, so something is computed from it";
            }
        }
        return null;
    }

    private static Execution run(Graph graph, OperatorCatalog catalog) {
        Execution execution = new Execution(
                MemoryPlanner.plan(graph, catalog),
                catalog,
                new WeightStore(KernelSource.fixed(KernelProviders.plain())),
                new States(graph),
                new WorkerTeam(1));
        Random random = new Random(1);
        for (Value input : graph.inputs()) {
            int count = input.shape().elements();
            if (input.type() == DType.FLOAT32) {
                FloatRef at = execution.floats(input);
                for (int i = 0; i < count; i++) {
                    at.array()[at.offset() + i] = (float) random.nextGaussian();
                }
            } else if (input.type() == DType.INT8) {
                ByteRef at = execution.bytes(input);
                for (int i = 0; i < count; i++) {
                    at.array()[at.offset() + i] = (byte) random.nextInt();
                }
            } else if (input.type() == DType.INT16) {
                ShortRef at = execution.shorts(input);
                for (int i = 0; i < count; i++) {
                    at.array()[at.offset() + i] = (short) random.nextInt();
                }
            }
        }
        execution.run();
        return execution;
    }

    private static double[] numbers(Execution execution, Value value) {
        double[] numbers = new double[value.shape().elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (value.type()) {
                case FLOAT32 -> at(execution.floats(value), i);
                case INT16 ->
                    execution.shorts(value).array()[execution.shorts(value).offset() + i];
                case INT32 ->
                    execution.ints(value).array()[execution.ints(value).offset() + i];
                default -> execution.bytes(value).array()[execution.bytes(value).offset() + i];
            };
        }
        return numbers;
    }

    private static float at(FloatRef floats, int index) {
        return floats.array()[floats.offset() + index];
    }

    private static boolean same(double[] a, double[] b, double tolerance) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < a.length; i++) {
            apart = Math.max(apart, Double.compare(a[i], b[i]) == 0 ? 0 : Math.abs(a[i] - b[i]));
            largest = Double.isFinite(b[i]) ? Math.max(largest, Math.abs(b[i])) : largest;
        }
        return apart <= tolerance * largest;
    }
}
