package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BroadcastToAttributes;
import dev.junco.runtime.graph.attributes.GatherAttributes;
import dev.junco.runtime.graph.attributes.GatherNdAttributes;
import dev.junco.runtime.graph.attributes.OneHotAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ReverseSequenceAttributes;
import dev.junco.runtime.graph.attributes.ScatterKind;
import dev.junco.runtime.graph.attributes.ScatterNdAttributes;
import java.util.List;
import java.util.Map;

/** Operators that find elements by indices. */
final class GatherImports {
    private GatherImports() {}

    static void register(Map<String, Translation> table) {
        table.put("GATHER", GatherImports::gather);
        table.put("GATHER_ND", op -> op.node(new GatherNdAttributes(0), op.value(0), op.value(1)));
        table.put("EMBEDDING_LOOKUP", GatherImports::embedding);
        table.put("SCATTER_ND", GatherImports::scatter);
        table.put("SPARSE_TO_DENSE", GatherImports::sparseToDense);
        table.put("ONE_HOT", GatherImports::oneHot);
        table.put("REVERSE_SEQUENCE", GatherImports::reverseSequence);
    }

    private static void gather(Operation op) {
        int rank = op.shape(0).rank();
        int axis = Operation.axis(op.optionInt(0, 0), rank);
        int batchDims = op.optionInt(1, 0);
        op.node(
                new GatherAttributes(
                        axis, batchDims < 0 ? batchDims + op.shape(1).rank() : batchDims),
                ArithmeticImports.operand(op, 0),
                op.value(1));
    }

    /** Rows of a table, which may be stored as int8. */
    private static void embedding(Operation op) {
        op.node(new GatherAttributes(0, 0), ArithmeticImports.operand(op, 1), op.value(0));
    }

    /** Updates are added up over zeros. */
    private static void scatter(Operation op) {
        Value updates = op.value(1);
        Value zeros = zeros(op, Shape.of(op.ints(2, "shape")), updates.type());
        op.node(new ScatterNdAttributes(ScatterKind.ADD), zeros, op.value(0), updates);
    }

    /** A tensor of one value, but for the ones at the places of a list; one value may stand for all of them. */
    private static void sparseToDense(Operation op) {
        int[] dims = op.ints(1, "shape");
        Value places = op.value(0);
        int rank = places.shape().rank();
        if (rank > 2 || dims.length == 0 || rank < 2 && dims.length != 1) {
            throw new Untranslatable("places of shape " + places.shape() + " in a tensor of " + dims.length + " axes");
        }
        int count = rank == 0 ? 1 : places.shape().dim(0);
        if (rank < 2) {
            places = op.step("places", new ReshapeAttributes(List.of(count, 1)), places);
        }
        Value values = op.value(2);
        if (values.shape().rank() == 0) {
            values = op.step("values", new BroadcastToAttributes(List.of(count)), values.quantization(), values);
        }
        Value filled = scalar(op, 3);
        filled = op.step("filled", new BroadcastToAttributes(SliceImports.list(dims)), filled.quantization(), filled);
        op.node(new ScatterNdAttributes(ScatterKind.SET), filled, places, values);
    }

    private static Value zeros(Operation op, Shape shape, DType type) {
        op.graph().literals().spend(4L * shape.elements());
        return switch (type) {
            case FLOAT32 -> op.constant("zeros", TensorSpec.float32(shape), Constant.of(new float[shape.elements()]));
            case INT32 -> op.constant("zeros", TensorSpec.int32(shape), Constant.of(new int[shape.elements()]));
            default -> throw new Untranslatable("updates of type " + type);
        };
    }

    private static void oneHot(Operation op) {
        int rank = op.shape(0).rank() + 1;
        int axis = Operation.axis(op.optionInt(0, -1), rank);
        OneHotAttributes attributes = new OneHotAttributes(axis, op.integer(1, "depth"));
        op.node(attributes, op.value(0), scalar(op, 2), scalar(op, 3));
    }

    private static Value scalar(Operation op, int index) {
        Value value = op.value(index);
        return value.shape().rank() == 0
                ? value
                : op.step("scalar", new ReshapeAttributes(List.of()), Quantization.NONE, value);
    }

    private static void reverseSequence(Operation op) {
        int rank = op.shape(0).rank();
        int sequence = Operation.axis(op.optionInt(0, 0), rank);
        int batch = Operation.axis(op.optionInt(1, 0), rank);
        op.node(new ReverseSequenceAttributes(sequence, batch), op.value(0), op.value(1));
    }
}
