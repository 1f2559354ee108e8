package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that change shapes and put tensors together, but compute nothing. */
final class ShapeImports {
    private ShapeImports() {}

    static void register(Map<String, Translation> table) {
        table.put("RESHAPE", ShapeImports::reshape);
        table.put("SQUEEZE", ShapeImports::squeeze);
        table.put("EXPAND_DIMS", ShapeImports::expandDims);
        table.put("CONCATENATION", ShapeImports::concatenation);
        table.put("PACK", ShapeImports::pack);
        table.put("PAD", op -> pad(op, 0));
        table.put("PADV2", op -> pad(op, padding(op)));
        table.put("SHAPE", op -> op.define(0, Literal.of(op.shape(0).dims())));
        table.put("RANK", op -> op.define(0, Literal.scalar(op.shape(0).rank())));
    }

    /** A change of shape; the first axis is told as "the same" where it is, so that the batch size stays free. */
    static ReshapeAttributes reshape(Shape from, int... to) {
        List<Integer> dims = new ArrayList<>();
        for (int dim : to) {
            dims.add(dim);
        }
        if (to.length > 0 && from.rank() > 0 && to[0] == from.dim(0)) {
            dims.set(0, 0);
        }
        return new ReshapeAttributes(dims);
    }

    private static void reshape(Operation op) {
        int[] wanted = op.has(1) && op.literal(1) != null ? op.ints(1, "new shape") : op.optionInts(0, "new_shape");
        if (op.has(1) && op.literal(1) == null && wanted.length == 0) {
            throw new Untranslatable("its new shape " + op.tensor(1).label() + " is computed; it has to be constant");
        }
        if (wanted.length == 1 && wanted[0] == 0) {
            wanted = new int[0]; // how old files write a scalar
        }
        Shape from = op.shape(0);
        long known = 1;
        for (int dim : wanted) {
            known *= dim == -1 ? 1 : dim;
            if (known < 1 || known > Integer.MAX_VALUE) {
                throw new Untranslatable("new shape " + Arrays.toString(wanted) + " of a tensor " + from);
            }
        }
        int[] dims = wanted.clone();
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = dims[axis] == -1 ? (int) (from.elements() / known) : dims[axis];
        }
        op.node(reshape(from, dims), op.value(0));
    }

    private static void squeeze(Operation op) {
        Shape from = op.shape(0);
        boolean[] gone = new boolean[from.rank()];
        int[] axes = op.optionInts(0, "squeeze_dims");
        for (int axis : axes) {
            gone[Operation.axis(axis, from.rank())] = true;
        }
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            if (!(axes.length == 0 ? from.dim(axis) == 1 : gone[axis])) {
                dims.add(from.dim(axis));
            }
        }
        op.node(reshape(from, ints(dims)), op.value(0));
    }

    private static void expandDims(Operation op) {
        Shape from = op.shape(0);
        int axis = Operation.axis(op.integer(1, "axis"), from.rank() + 1);
        op.node(reshape(from, inserted(from, axis)), op.value(0));
    }

    /** Axis sizes with one more axis of size 1. */
    static int[] inserted(Shape from, int axis) {
        List<Integer> dims = new ArrayList<>();
        for (int dim : from.dims()) {
            dims.add(dim);
        }
        dims.add(axis, 1);
        return ints(dims);
    }

    static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void concatenation(Operation op) {
        List<Value> operands = new ArrayList<>();
        int rank = -1;
        for (int i = 0; i < op.operands(); i++) {
            if (op.literal(i) == null || !op.literal(i).isEmpty()) {
                operands.add(rescaled(op, op.value(i)));
                rank = operands.get(0).shape().rank();
            }
        }
        if (operands.isEmpty()) {
            op.define(0, Literal.EMPTY);
            return;
        }
        ConcatAttributes attributes = new ConcatAttributes(Operation.axis(op.optionInt(0, 0), rank));
        Value joined = op.node(attributes, operands, op.scale(0));
        op.define(0, op.activated(joined, op.fused(1)));
    }

    /** An int8 or int16 operand with the scale of the result, which Junco's concatenation wants all operands to have. */
    private static Value rescaled(Operation op, Value x) {
        Quantization scale = op.scale(0);
        boolean scaled = x.type() == DType.INT8 || x.type() == DType.INT16;
        return !scaled || x.quantization().equals(scale)
                ? x
                : op.step("rescaled", new QuantizeAttributes(x.type()), scale, x);
    }

    private static void pack(Operation op) {
        Shape one = op.shape(0);
        int axis = Operation.axis(op.optionInt(1, 0), one.rank() + 1);
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < op.operands(); i++) {
            Shape from = op.shape(i);
            if (from.rank() != one.rank()) {
                throw new Untranslatable("operands of shapes " + one + " and " + from + " are packed");
            }
            operands.add(op.step("part", reshape(from, inserted(from, axis)), op.value(i)));
        }
        op.node(new ConcatAttributes(axis), operands, op.scale(0));
    }

    /** The real number that surrounds the tensor. */
    private static float padding(Operation op) {
        TensorSpec spec = op.spec(2);
        Literal literal = op.literal(2);
        if (literal == null || spec.shape().elements() != 1) {
            throw new Untranslatable("its padding value " + op.tensor(2).label() + " is no constant number");
        }
        if (spec.type() == DType.INT8) {
            return spec.quantization().scale()
                    * (literal.elements().int8s()[0] - spec.quantization().zeroPoint());
        }
        return spec.type() == DType.INT32 ? literal.ints()[0] : op.number(2, "padding value");
    }

    private static void pad(Operation op, float value) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        paddings(op, before, after);
        op.node(new PadAttributes(before, after, value), op.value(0));
    }

    /** Operand 1 as paddings {@code [rank, 2]}. */
    static void paddings(Operation op, List<Integer> before, List<Integer> after) {
        int[] paddings = op.ints(1, "paddings");
        if (paddings.length != 2 * op.shape(0).rank()) {
            throw new Untranslatable(paddings.length + " paddings for an input " + op.shape(0));
        }
        for (int i = 0; i < paddings.length; i += 2) {
            before.add(paddings[i]);
            after.add(paddings[i + 1]);
        }
    }
}
