package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import java.util.Map;

/** Diagonals of matrices: chosen by a mask, so that no number is multiplied by 0. */
final class DiagonalImports {
    private DiagonalImports() {}

    static void register(Map<String, Translation> table) {
        table.put("MATRIX_DIAG", DiagonalImports::matrixOf);
        table.put("MATRIX_SET_DIAG", DiagonalImports::replaced);
    }

    /** {@code [batch…, n]} to {@code [batch…, n, n]}, zeros beside the diagonal. */
    private static void matrixOf(Operation op) {
        DType type = op.type(0);
        Shape zero = Shape.of();
        if (op.shape(0).rank() == 0 || type != DType.FLOAT32 && type != DType.INT32) {
            throw new Untranslatable("input of type " + type + " and shape " + op.shape(0)
                    + ", expected FLOAT32 or INT32 and at least one axis");
        }
        Value zeros = type == DType.FLOAT32
                ? op.constant("zero", TensorSpec.float32(zero), Constant.of(0f))
                : op.constant("zero", TensorSpec.int32(zero), Constant.of(0));
        int n = op.shape(0).dim(-1);
        op.node(new SelectAttributes(), mask(op, n, n), column(op, 0, true), zeros);
    }

    /** A matrix {@code [batch…, rows, columns]} with another diagonal {@code [batch…, min(rows, columns)]}. */
    private static void replaced(Operation op) {
        Shape matrix = op.shape(0);
        Shape diagonal = op.shape(1);
        boolean fits = matrix.rank() >= 2
                && diagonal.rank() == matrix.rank() - 1
                && diagonal.dim(-1) == Math.min(matrix.dim(-2), matrix.dim(-1));
        if (!fits) {
            throw new Untranslatable("a matrix of shape " + matrix + " with the diagonal " + diagonal);
        }
        boolean wide = matrix.dim(-2) <= matrix.dim(-1);
        Value mask = mask(op, matrix.dim(-2), matrix.dim(-1));
        op.node(new SelectAttributes(), mask, column(op, 1, wide), op.value(0));
    }

    /** A diagonal as a column, or as a row, that broadcasts to the matrix. */
    private static Value column(Operation op, int operand, boolean column) {
        Shape from = op.shape(operand);
        int axis = column ? from.rank() : from.rank() - 1;
        Value x = op.value(operand);
        return op.step("diagonal", ShapeImports.reshape(from, ShapeImports.inserted(from, axis)), x.quantization(), x);
    }

    private static Value mask(Operation op, int rows, int columns) {
        op.graph().literals().spend((long) rows * columns);
        boolean[] mask = new boolean[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < Math.min(rows, columns); i++) {
            mask[i * columns + i] = true;
        }
        return op.constant("mask", TensorSpec.bool(Shape.of(rows, columns)), Constant.of(mask));
    }
}
