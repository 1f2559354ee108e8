package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.LogicalKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Arithmetic, comparisons and choices between tensors, broadcasting. */
final class ArithmeticImports {
    private ArithmeticImports() {}

    static void register(Map<String, Translation> table) {
        table.put("ADD", op -> sum(op, BinaryKind.ADD));
        table.put("SUB", op -> sum(op, BinaryKind.SUBTRACT));
        table.put("MUL", op -> binary(op, BinaryKind.MULTIPLY, op.fused(0)));
        table.put("DIV", ArithmeticImports::quotient);
        table.put("POW", op -> binary(op, BinaryKind.POWER, Activation.NONE));
        table.put("MAXIMUM", op -> binary(op, BinaryKind.MAXIMUM, Activation.NONE));
        table.put("MINIMUM", op -> binary(op, BinaryKind.MINIMUM, Activation.NONE));
        table.put("SQUARED_DIFFERENCE", op -> binary(op, BinaryKind.SQUARED_DIFFERENCE, Activation.NONE));
        table.put("FLOOR_DIV", op -> binary(op, BinaryKind.FLOOR_DIVIDE, Activation.NONE));
        table.put("FLOOR_MOD", op -> binary(op, BinaryKind.FLOOR_MODULO, Activation.NONE));
        table.put("ATAN2", op -> binary(op, BinaryKind.ATAN2, Activation.NONE));
        table.put("ADD_N", ArithmeticImports::sumOfAll);
        table.put("EQUAL", op -> compare(op, CompareKind.EQUAL));
        table.put("NOT_EQUAL", op -> compare(op, CompareKind.NOT_EQUAL));
        table.put("LESS", op -> compare(op, CompareKind.LESS));
        table.put("LESS_EQUAL", op -> compare(op, CompareKind.LESS_OR_EQUAL));
        table.put("GREATER", op -> compare(op, CompareKind.GREATER));
        table.put("GREATER_EQUAL", op -> compare(op, CompareKind.GREATER_OR_EQUAL));
        table.put("LOGICAL_AND", op -> op.node(new LogicalAttributes(LogicalKind.AND), op.value(0), op.value(1)));
        table.put("LOGICAL_OR", op -> op.node(new LogicalAttributes(LogicalKind.OR), op.value(0), op.value(1)));
        table.put("LOGICAL_NOT", op -> op.node(new LogicalAttributes(LogicalKind.NOT), op.value(0)));
        table.put("SELECT", ArithmeticImports::select);
        table.put("SELECT_V2", op -> op.node(new SelectAttributes(), op.value(0), operand(op, 1), operand(op, 2)));
    }

    /**
     * A sum or difference. An older int16 form, for scales that are powers of two, rounds one operand before it adds; where all scales are the same that is
     * the arithmetic of any scales.
     */
    private static void sum(Operation op, BinaryKind kind) {
        boolean older = op.type(0) == DType.INT16 && op.optionByte(1, 1) != 0;
        Quantization a = op.spec(0).quantization();
        Quantization b = op.spec(1).quantization();
        if (older && !(a.equals(b) && a.equals(op.scale(0))) && arePowers(a, b, op.scale(0))) {
            throw new Untranslatable("int16 operands of " + a + " and " + b + " with the result of " + op.scale(0)
                    + ": different powers of two, which pot_scale_int16 would add in its own way");
        }
        binary(op, kind, op.fused(0));
    }

    /** Whether all scales are powers of two, to a thousandth of a power. */
    private static boolean arePowers(Quantization... scales) {
        return Arrays.stream(scales).allMatch(scale -> {
            double power = Math.log(scale.scale()) / Math.log(2);
            return Math.abs(power - Math.rint(power)) < 1e-3;
        });
    }

    /** Bytes are divided as real numbers: TensorFlow Lite's fixed point gives the same but for quotients that lie on half a step. */
    private static void quotient(Operation op) {
        boolean real = op.type(0) == DType.FLOAT32 || op.type(0) == DType.INT32;
        if (real) {
            binary(op, BinaryKind.DIVIDE, op.fused(0));
            return;
        }
        TensorType[] types = {
            op.tensor(0).type(), op.tensor(1).type(), op.result(0).type()
        };
        if (Arrays.stream(types).anyMatch(type -> type != TensorType.UINT8)) {
            throw new Untranslatable("a quotient of " + types[0] + " and " + types[1] + " as " + types[2]
                    + ", which TensorFlow Lite does not define either; it divides FLOAT32, INT32 and UINT8");
        }
        Value a = op.step("dividend", new DequantizeAttributes(), op.value(0));
        Value b = op.step("divisor", new DequantizeAttributes(), op.value(1));
        Value quotient = op.step("quotient", new BinaryAttributes(BinaryKind.DIVIDE, op.fused(0)), a, b);
        op.node(new QuantizeAttributes(DType.INT8), quotient);
    }

    private static void binary(Operation op, BinaryKind kind, Activation activation) {
        op.node(new BinaryAttributes(kind, activation), operand(op, 0), operand(op, 1));
    }

    /** An operand in the type of the result: constants of float32 arithmetic may be stored as int8. */
    static Value operand(Operation op, int index) {
        return op.result(0).type().type() == DType.FLOAT32 ? op.real(index) : op.value(index);
    }

    private static void sumOfAll(Operation op) {
        Value sum = op.value(0);
        for (int i = 1; i < op.operands() - 1; i++) {
            sum = op.step("sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), op.scale(0), sum, op.value(i));
        }
        if (op.operands() == 1) {
            op.define(0, sum);
        } else {
            Value last = op.value(op.operands() - 1);
            op.node(new BinaryAttributes(BinaryKind.ADD, Activation.NONE), sum, last);
        }
    }

    private static void compare(Operation op, CompareKind kind) {
        op.node(new CompareAttributes(kind), op.value(0), op.value(1));
    }

    /** A condition of one axis chooses whole slices. */
    private static void select(Operation op) {
        Value condition = op.value(0);
        Value a = operand(op, 1);
        if (condition.shape().rank() == 1 && a.shape().rank() > 1) {
            Integer[] dims = new Integer[a.shape().rank()];
            Arrays.fill(dims, 1);
            dims[0] = condition.shape().dim(0);
            condition = op.step("condition", new ReshapeAttributes(List.of(dims)), condition);
        }
        op.node(new SelectAttributes(), condition, a, operand(op, 2));
    }
}
