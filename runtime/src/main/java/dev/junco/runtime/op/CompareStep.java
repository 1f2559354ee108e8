package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.kernel.FixedPoint;

/** Compares two broadcast operands of one type. */
final class CompareStep extends BroadcastStep {
    private static final int LESS = 1;
    private static final int EQUAL = 2;
    private static final int GREATER = 4;
    private static final int UNORDERED = 8;

    /** Which outcomes make the result true. */
    private final int wanted;

    private final DType type;
    private final FloatRef[] floats = new FloatRef[2];
    private final IntRef[] ints = new IntRef[2];
    private final ShortRef[] shorts = new ShortRef[2];
    private final ByteRef[] bytes = new ByteRef[2];
    /** For each int8 the number that stands for it in the comparison, by operand. */
    private final int[][] scaled = new int[2][256];

    private final ByteRef z;

    CompareStep(CompareKind kind, Node node, Binding binding) {
        super(2, node.output().shape(), node.input(0).shape(), node.input(1).shape());
        wanted = wanted(kind);
        type = node.input(0).type();
        for (int i = 0; i < 2; i++) {
            Value operand = node.input(i);
            if (type == DType.FLOAT32) {
                floats[i] = binding.floats(operand);
            } else if (type == DType.INT32) {
                ints[i] = binding.ints(operand);
            } else if (type == DType.INT16) {
                shorts[i] = binding.shorts(operand);
            } else {
                bytes[i] = binding.bytes(operand);
                scale(operand, scaled[i]);
            }
        }
        z = binding.bytes(node.output());
    }

    /** The values of int8 as TensorFlow Lite compares them: with 8 extra bits, times the scale, rounded. */
    private static void scale(Value operand, int[] table) {
        boolean quantized = operand.type() == DType.INT8;
        double scale = quantized ? operand.quantization().scale() : 1;
        int zeroPoint = quantized ? operand.quantization().zeroPoint() : 0;
        for (int x = -128; x < 128; x++) {
            table[x + 128] =
                    FixedPoint.multiply((x - zeroPoint) << 8, FixedPoint.multiplier(scale), FixedPoint.shift(scale));
        }
    }

    private static int wanted(CompareKind kind) {
        switch (kind) {
            case EQUAL:
                return EQUAL;
            case NOT_EQUAL:
                return LESS | GREATER | UNORDERED;
            case LESS:
                return LESS;
            case LESS_OR_EQUAL:
                return LESS | EQUAL;
            case GREATER:
                return GREATER;
            default:
                return GREATER | EQUAL;
        }
    }

    @Override
    void apply(int worker, int a, int b, int unused, int zAt, int n) {
        byte[] to = z.array();
        int at = z.offset() + zAt;
        int aMove = move(0);
        int bMove = move(1);
        if (type == DType.FLOAT32) {
            for (int i = 0; i < n; i++) {
                float left = floats[0].array()[floats[0].offset() + a + i * aMove];
                float right = floats[1].array()[floats[1].offset() + b + i * bMove];
                int outcome = left < right ? LESS : left > right ? GREATER : left == right ? EQUAL : UNORDERED;
                to[at + i] = (byte) ((wanted & outcome) != 0 ? 1 : 0);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            int left = integer(0, a + i * aMove);
            int right = integer(1, b + i * bMove);
            int outcome = left < right ? LESS : left > right ? GREATER : EQUAL;
            to[at + i] = (byte) ((wanted & outcome) != 0 ? 1 : 0);
        }
    }

    private int integer(int operand, int at) {
        if (type == DType.INT32) {
            return ints[operand].array()[ints[operand].offset() + at];
        }
        if (type == DType.INT16) {
            return shorts[operand].array()[shorts[operand].offset() + at];
        }
        return scaled[operand][bytes[operand].array()[bytes[operand].offset() + at] + 128];
    }
}
