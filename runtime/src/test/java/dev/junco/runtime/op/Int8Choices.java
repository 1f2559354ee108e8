package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import java.lang.reflect.Array;

/** Comparison, selection, PRelu and Cast of int8 and int16 as TensorFlow Lite's reference kernels define them. */
final class Int8Choices {
    private final Int8Reference reference;

    Int8Choices(Int8Reference reference) {
        this.reference = reference;
    }

    Object of(Attributes attributes) {
        int n = reference.shape.elements();
        if (attributes instanceof SelectAttributes) {
            Object result = Array.newInstance(reference.data.get(1).getClass().getComponentType(), n);
            for (int i = 0; i < n; i++) {
                int choice = reference.x(0)[reference.broadcast(0, i)] != 0 ? 1 : 2;
                Array.set(result, i, Array.get(reference.data.get(choice), reference.broadcast(choice, i)));
            }
            return result;
        }
        if (attributes instanceof CastAttributes a) {
            return cast(reference.data.get(0), a.to(), n);
        }
        byte[] result = new byte[n];
        for (int i = 0; i < n; i++) {
            byte left = reference.x(0)[reference.broadcast(0, i)];
            byte right = reference.x(1)[reference.broadcast(1, i)];
            result[i] = attributes instanceof CompareAttributes a ? compared(a, left, right) : prelu(left, right);
        }
        return result;
    }

    /** With 8 bits behind the point both operands become integers of one scale. */
    private byte compared(CompareAttributes attributes, byte left, byte right) {
        int order = Integer.compare(steps(0, left), steps(1, right));
        return (byte) (holds(attributes.kind(), order) ? 1 : 0);
    }

    /** Whether a comparison holds, by the sign of the difference. */
    static boolean holds(CompareKind kind, int order) {
        return switch (kind) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private int steps(int operand, byte value) {
        return IntegerScaling.of(reference.scale(operand)).apply((value - reference.zeroPoint(operand)) * 256L);
    }

    private byte prelu(byte x, byte slope) {
        int value = x - reference.zeroPoint(0);
        float to = reference.result.scale();
        long steps = value >= 0
                ? IntegerScaling.of(reference.scale(0) / to).apply(value)
                : IntegerScaling.of(reference.scale(0) * reference.scale(1) / to)
                        .apply((long) value * (slope - reference.zeroPoint(1)));
        return reference.within(steps, Activation.NONE);
    }

    private static Object cast(Object x, DType to, int n) {
        Object result;
        switch (to) {
            case FLOAT32 -> result = new float[n];
            case INT32 -> result = new int[n];
            case INT16 -> result = new short[n];
            default -> result = new byte[n];
        }
        for (int i = 0; i < n; i++) {
            double value = Array.getDouble(x, i);
            switch (to) {
                case FLOAT32 -> Array.setFloat(result, i, (float) value);
                case INT32 -> Array.setInt(result, i, (int) value);
                case INT16 -> Array.setShort(result, i, (short) Math.max(-32768, Math.min(32767, (int) value)));
                case BOOL -> Array.setByte(result, i, (byte) (value == 0 ? 0 : 1));
                default -> Array.setByte(result, i, (byte) Math.max(-128, Math.min(127, (int) value)));
            }
        }
        return result;
    }
}
