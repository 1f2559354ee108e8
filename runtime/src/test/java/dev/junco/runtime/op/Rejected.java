package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that cannot be, as a row of a table: its options, its operands, which are inputs x0, x1, …, the quantisation of its result, and what the message has
 * to contain.
 */
record Rejected(Attributes attributes, List<TensorSpec> operands, Quantization result, String[] parts) {
    static Rejected node(Attributes attributes, TensorSpec... operands) {
        return new Rejected(attributes, List.of(operands), Quantization.NONE, new String[0]);
    }

    Rejected to(double scale, int zeroPoint) {
        return new Rejected(attributes, operands, Quantization.perTensor((float) scale, zeroPoint), parts);
    }

    Rejected because(String... messageParts) {
        return new Rejected(attributes, operands, result, messageParts);
    }

    /** Fails unless adding the node fails with that message. */
    void verify() {
        if (parts.length == 0) {
            throw new AssertionError(this + " expects nothing");
        }
        Rejections rejections = new Rejections();
        List<Value> values = new ArrayList<>();
        for (TensorSpec operand : operands) {
            values.add(rejections.input(operand));
        }
        rejections.rejects(attributes, values, result, parts);
    }

    @Override
    public String toString() {
        return attributes + " of " + operands + " → " + result;
    }

    static TensorSpec f(int... dims) {
        return TensorSpec.float32(Shape.of(dims));
    }

    static TensorSpec i(int... dims) {
        return TensorSpec.int32(Shape.of(dims));
    }

    static TensorSpec b(int... dims) {
        return TensorSpec.bool(Shape.of(dims));
    }

    static TensorSpec q(double scale, int zeroPoint, int... dims) {
        return TensorSpec.int8(Shape.of(dims), Quantization.perTensor((float) scale, zeroPoint));
    }

    static TensorSpec q16(double scale, int zeroPoint, int... dims) {
        return TensorSpec.int16(Shape.of(dims), Quantization.perTensor((float) scale, zeroPoint));
    }

    /** int8 or int16 without a scale. */
    static TensorSpec bare(DType type, int... dims) {
        return new TensorSpec(type, Shape.of(dims), Quantization.NONE);
    }

    /** int8 or int16 with a scale for each index of the first axis. */
    static TensorSpec perAxis(DType type, int... dims) {
        float[] scales = new float[dims[0]];
        java.util.Arrays.fill(scales, 0.5f);
        return new TensorSpec(type, Shape.of(dims), Quantization.perAxis(scales, 0));
    }
}
