package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.kernel.RowSource;
import java.util.List;

/**
 * Which matrices a batched product multiplies: for result batch j, a's matrix {@code a(j)} of m rows and k columns with b's matrix {@code b(j)} of k
 * rows and n columns. Where b is a single matrix, all matrices of a are one with all their rows.
 */
final class MatMulGeometry {
    final int m;
    final int n;
    final int k;
    final int batches;
    final int matrices;
    private final int matrixRows;
    private final boolean transposeA;
    private final boolean transposeB;
    private final Broadcast broadcast;

    private MatMulGeometry(Shape a, Shape b, MatMulAttributes attributes) {
        transposeA = attributes.transposeA();
        transposeB = attributes.transposeB();
        matrixRows = a.dim(transposeA ? -1 : -2);
        k = a.dim(transposeA ? -2 : -1);
        n = b.dim(transposeB ? -2 : -1);
        matrices = batch(b).elements();
        boolean single = matrices == 1;
        m = single ? a.elements() / k : matrixRows;
        broadcast = Broadcast.of(single ? Shape.of() : batch(a), single ? Shape.of() : batch(b));
        batches = broadcast.inner() * broadcast.outer();
    }

    static MatMulGeometry of(MatMulAttributes attributes, List<Value> inputs) {
        return new MatMulGeometry(inputs.get(0).shape(), inputs.get(1).shape(), attributes);
    }

    static Shape batch(Shape shape) {
        int[] dims = new int[shape.rank() - 2];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = shape.dim(i);
        }
        return Shape.of(dims);
    }

    /** The shape of the result. */
    static Shape result(MatMulAttributes attributes, Value a, Value b) {
        int rows = a.shape().dim(attributes.transposeA() ? -1 : -2);
        int depth = a.shape().dim(attributes.transposeA() ? -2 : -1);
        int columns = b.shape().dim(attributes.transposeB() ? -2 : -1);
        int other = b.shape().dim(attributes.transposeB() ? -1 : -2);
        if (depth != other) {
            throw new GraphException("a '" + a.name() + "' of shape " + a.shape() + " has depth " + depth + ", b '"
                    + b.name() + "' of shape " + b.shape() + " has depth " + other
                    + "; they have to be equal. Is a transposition missing?");
        }
        Shape batch = Broadcast.result(batch(a.shape()), batch(b.shape()));
        int[] dims = new int[batch.rank() + 2];
        for (int i = 0; i < batch.rank(); i++) {
            dims[i] = batch.dim(i);
        }
        dims[batch.rank()] = rows;
        dims[batch.rank() + 1] = columns;
        return Shape.of(dims);
    }

    /** Number of a's matrix for a result batch. */
    int a(int batch) {
        return broadcast.position(broadcast.aVaries(), batch);
    }

    /** Number of b's matrix for a result batch. */
    int b(int batch) {
        return matrices == 1 ? 0 : broadcast.position(broadcast.bVaries(), batch);
    }

    /** Where element [row, p] of a's matrix for a result batch lies in a. */
    int inA(int batch, int row, int p) {
        int at = transposeA ? row / matrixRows * matrixRows * k + p * matrixRows + row % matrixRows : row * k + p;
        return a(batch) * m * k + at;
    }

    /** Where element [p, column] of b's matrix for a result batch lies in b. */
    int inB(int batch, int p, int column) {
        return b(batch) * k * n + (transposeB ? column * k + p : p * n + column);
    }

    /** The columns {@code [first, first + depth)} of a's matrix as a left operand. */
    RowSource rows(FloatRef a, int matrix, int first, int depth) {
        int[] rows = new int[m];
        for (int i = 0; i < m; i++) {
            rows[i] = transposeA ? i / matrixRows * matrixRows * k + i % matrixRows : i * k;
        }
        int base = a.offset() + matrix * m * k + first * (transposeA ? matrixRows : 1);
        if (!transposeA) {
            return new RowSource(a.array(), base, rows, m, k, new int[] {0}, depth);
        }
        int[] segments = new int[depth];
        for (int p = 0; p < depth; p++) {
            segments[p] = p * matrixRows;
        }
        return new RowSource(a.array(), base, rows, matrixRows, 1, segments, 1);
    }

    /** The rows {@code [first, first + depth)} of b's matrix as a right operand. */
    Packing packing(int matrix, int first, int depth) {
        int at = matrix * k * n + first * (transposeB ? 1 : n);
        return new Packing(depth, n, at, transposeB ? 1 : n, transposeB ? k : 1);
    }
}
