package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import java.math.BigInteger;

/** Products of int16 matrices, element by element: sums of any size, then a multiplier of 15 bits. */
final class Int16Matrices {
    private final Int16Reference reference;

    Int16Matrices(Int16Reference reference) {
        this.reference = reference;
    }

    short[] product(MatMulAttributes attributes) {
        short[] result = new short[reference.shape.elements()];
        Shape a = reference.node.input(0).shape();
        int depth = a.dim(attributes.transposeA() ? -2 : -1);
        IntegerScaling scaling = IntegerScaling.of(
                (double) (reference.scale(0) * reference.scale(1)) / (double) reference.result.scale());
        for (int i = 0; i < result.length; i++) {
            int[] at = MoveOperator.position(reference.shape, i);
            int row = at[at.length - 2];
            int column = at[at.length - 1];
            BigInteger sum = BigInteger.ZERO;
            for (int p = 0; p < depth; p++) {
                long left = element(0, at, attributes.transposeA() ? p : row, attributes.transposeA() ? row : p);
                long right = element(1, at, attributes.transposeB() ? column : p, attributes.transposeB() ? p : column);
                sum = sum.add(BigInteger.valueOf(left * right));
            }
            result[i] = (short) reference.within(Int16Products.wide(sum, scaling), attributes.activation());
        }
        return result;
    }

    /** Element [row, column] of the matrix of an operand that belongs to a matrix of the result; axes of size 1 repeat. */
    private short element(int operand, int[] result, int row, int column) {
        Shape own = reference.node.input(operand).shape();
        int index = 0;
        for (int axis = 0; axis < own.rank() - 2; axis++) {
            int position = result[result.length - own.rank() + axis];
            index = index * own.dim(axis) + (own.dim(axis) == 1 ? 0 : position);
        }
        return reference.x(operand)[(index * own.dim(-2) + row) * own.dim(-1) + column];
    }
}
