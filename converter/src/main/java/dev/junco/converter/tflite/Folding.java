package dev.junco.converter.tflite;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
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
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Computes operators of known operands while importing, with the runtime's own kernels: files compute shapes, and Junco wants them constant.
 */
final class Folding {
    /** Larger results stay a node: they would only make the file larger. */
    private static final int MOST_ELEMENTS = 1 << 20;

    private final Assembly assembly;

    Folding(Assembly assembly) {
        this.assembly = assembly;
    }

    /** Computes an operator if all its operands are known; the results are known then too. */
    boolean fold(OperatorInfo operator, Translation translation) {
        boolean any = false;
        for (int input : operator.inputs()) {
            if (input >= 0 && assembly.literal(input) == null) {
                return false;
            }
            any |= input >= 0;
        }
        if (!any || operator.outputs().length == 0) {
            return false;
        }
        GraphBuilder builder = new GraphBuilder("folded", OperatorCatalog.standard());
        Literal[] results = compute(operator, translation, assembly.apart(builder), builder);
        if (results == null) {
            return false;
        }
        Literal[] others = assembly.varies(operator) ? varied(operator, translation) : results;
        for (int i = 0; i < results.length; i++) {
            assembly.define(operator.outputs()[i], results[i]);
            assembly.vary(operator.outputs()[i], others == null ? Literal.EMPTY : others[i]);
        }
        return true;
    }

    /** The results for another batch, null if the operator cannot be computed then. */
    private Literal[] varied(OperatorInfo operator, Translation translation) {
        GraphBuilder builder = new GraphBuilder("folded", OperatorCatalog.standard());
        try {
            return compute(operator, translation, assembly.other(builder), builder);
        } catch (Untranslatable | GraphException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The results of an operator of known operands, null if they are too large to be kept. */
    private Literal[] compute(OperatorInfo operator, Translation translation, Assembly apart, GraphBuilder builder) {
        translation.apply(new Operation(apart, operator));
        for (int output : operator.outputs()) {
            if (apart.literal(output) == null && apart.value(output).shape().elements() > MOST_ELEMENTS) {
                return null;
            }
        }
        if (builder.nodes().stream().anyMatch(node -> isLarge(node))) {
            return null;
        }
        for (int output : operator.outputs()) {
            if (apart.literal(output) == null) {
                builder.output("output" + output, apart.value(output));
            }
        }
        return results(operator, apart, builder);
    }

    private static boolean isLarge(Node node) {
        return node.outputs().stream().anyMatch(value -> value.shape().elements() > MOST_ELEMENTS);
    }

    private Literal[] results(OperatorInfo operator, Assembly apart, GraphBuilder builder) {
        Literal[] results = new Literal[operator.outputs().length];
        Execution execution = null;
        for (int i = 0; i < results.length; i++) {
            int output = operator.outputs()[i];
            if (apart.literal(output) != null) {
                results[i] = apart.literal(output);
                continue;
            }
            Value value = apart.value(output);
            assembly.literals().spend(value.spec().bytes());
            if (value.isConstant()) {
                results[i] = new Literal(value.spec(), value.constant());
                continue;
            }
            if (execution == null) {
                execution = run(builder.build());
            }
            results[i] = new Literal(value.spec(), elements(execution, value));
        }
        return results;
    }

    private static Execution run(Graph graph) {
        OperatorCatalog catalog = OperatorCatalog.standard();
        Execution execution = new Execution(
                MemoryPlanner.plan(graph, catalog),
                catalog,
                new WeightStore(KernelSource.fixed(KernelProviders.plain())),
                new States(graph),
                new WorkerTeam(1));
        execution.run();
        return execution;
    }

    private static Constant elements(Execution execution, Value value) {
        TensorSpec spec = value.spec();
        int count = spec.shape().elements();
        switch (spec.type()) {
            case FLOAT32 -> {
                FloatRef at = execution.floats(value);
                return Constant.of(Arrays.copyOfRange(at.array(), at.offset(), at.offset() + count));
            }
            case INT8 -> {
                ByteRef at = execution.bytes(value);
                return Constant.of(Arrays.copyOfRange(at.array(), at.offset(), at.offset() + count));
            }
            case INT16 -> {
                ShortRef at = execution.shorts(value);
                return Constant.of(Arrays.copyOfRange(at.array(), at.offset(), at.offset() + count));
            }
            case BOOL -> {
                ByteRef at = execution.bytes(value);
                byte[] truths = Arrays.copyOfRange(at.array(), at.offset(), at.offset() + count);
                return Constant.of(Storage.BOOL, ByteBuffer.wrap(truths), Quantization.NONE);
            }
            default -> {
                IntRef at = execution.ints(value);
                return Constant.of(Arrays.copyOfRange(at.array(), at.offset(), at.offset() + count));
            }
        }
    }
}
