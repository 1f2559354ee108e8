package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Pooling over windows, and reductions along axes. */
final class PoolingImports {
    private PoolingImports() {}

    static void register(Map<String, Translation> table) {
        table.put("AVERAGE_POOL_2D", op -> op.node(pool(op, PoolKind.AVERAGE, op.fused(5)), op.value(0)));
        table.put("MAX_POOL_2D", op -> op.node(pool(op, PoolKind.MAX, op.fused(5)), op.value(0)));
        table.put("L2_POOL_2D", PoolingImports::l2);
        table.put("MEAN", op -> reduce(op, ReduceKind.MEAN));
        table.put("SUM", op -> reduce(op, ReduceKind.SUM));
        table.put("REDUCE_PROD", op -> reduce(op, ReduceKind.PRODUCT));
        table.put("REDUCE_MAX", op -> reduce(op, ReduceKind.MAX));
        table.put("REDUCE_MIN", op -> reduce(op, ReduceKind.MIN));
        table.put("REDUCE_ANY", op -> reduce(op, ReduceKind.ANY));
        table.put("REDUCE_ALL", op -> reduce(op, ReduceKind.ALL));
        table.put("ARG_MAX", op -> extreme(op, ExtremeKind.MAX));
        table.put("ARG_MIN", op -> extreme(op, ExtremeKind.MIN));
        table.put("TOPK_V2", PoolingImports::topK);
        table.put("CUMSUM", PoolingImports::cumSum);
    }

    private static Pool2DAttributes pool(Operation op, PoolKind kind, Activation activation) {
        return new Pool2DAttributes(
                kind,
                ConvolutionImports.positive(op.optionInt(4, 0), "window"),
                ConvolutionImports.positive(op.optionInt(3, 0), "window"),
                ConvolutionImports.positive(op.optionInt(2, 0), "stride"),
                ConvolutionImports.positive(op.optionInt(1, 0), "stride"),
                ConvolutionImports.padding(op, 0),
                false,
                activation);
    }

    /** √ of the mean of squares. */
    private static void l2(Operation op) {
        if (op.type(0) != DType.FLOAT32) {
            throw new Untranslatable("input of type " + op.type(0));
        }
        Value squares = op.step("squares", new UnaryAttributes(ScalarFunction.of(Kind.SQUARE)), op.value(0));
        Value means = op.step("means", pool(op, PoolKind.AVERAGE, Activation.NONE), squares);
        Value roots = op.node(new UnaryAttributes(ScalarFunction.of(Kind.SQRT)), means);
        op.define(0, op.activated(roots, op.fused(5)));
    }

    private static void reduce(Operation op, ReduceKind kind) {
        int rank = op.shape(0).rank();
        TreeSet<Integer> axes = new TreeSet<>();
        for (int axis : op.ints(1, "axes")) {
            axes.add(Operation.axis(axis, rank));
        }
        op.node(new ReduceAttributes(kind, axes.stream().toList(), op.optionBool(0)), op.value(0));
    }

    private static void extreme(Operation op, ExtremeKind kind) {
        int axis = Operation.axis(op.integer(1, "axis"), op.shape(0).rank());
        op.node(new ArgAttributes(kind, axis, false, false), op.value(0));
    }

    private static void topK(Operation op) {
        op.allResults(new TopKAttributes(ExtremeKind.MAX, op.integer(1, "number of elements")), List.of(op.value(0)));
    }

    private static void cumSum(Operation op) {
        if (op.type(0) != DType.FLOAT32 && op.type(0) != DType.INT32) {
            throw new Untranslatable("a running sum of " + op.tensor(0).type()
                    + ", which TensorFlow Lite does not define either; it adds FLOAT32, INT32 and INT64");
        }
        int axis = Operation.axis(op.integer(1, "axis"), op.shape(0).rank());
        op.node(new CumSumAttributes(axis, op.optionBool(0), op.optionBool(1)), op.value(0));
    }
}
