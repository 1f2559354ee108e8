package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Two operands aligned at their last axes, where an axis of size 1 is repeated. Neighbouring axes that behave alike are joined, so that most
 * pairs come down to one or two axes, the innermost of which a kernel handles in one call.
 *
 * @param sizes sizes of the joined axes, outermost first; at least one
 * @param aVaries whether operand a moves along each joined axis, or repeats
 * @param bVaries the same of operand b
 */
public record Broadcast(int[] sizes, boolean[] aVaries, boolean[] bVaries) {

    /** The shape of the result. */
    public static Shape result(Shape a, Shape b) {
        return result(a, b, null, null);
    }

    /** The shape of the result of two values, which the message names where they do not fit. */
    static Shape result(Value a, Value b) {
        return result(a.shape(), b.shape(), a, b);
    }

    /** The shape of the result of two shapes that belong to values. */
    static Shape result(Shape a, Shape b, Value left, Value right) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int aSize = size(a, rank, axis);
            int bSize = size(b, rank, axis);
            if (aSize != bSize && aSize != 1 && bSize != 1) {
                throw new GraphException("shapes " + a + " and " + b
                        + " do not fit: aligned at the last axis, sizes have to be equal or 1"
                        + (left == null ? "" : "; they are those of '" + left.name() + "' and '" + right.name() + "'"));
            }
            dims[axis] = Math.max(aSize, bSize);
        }
        return Shape.of(dims);
    }

    /** How two shapes are aligned. */
    public static Broadcast of(Shape a, Shape b) {
        Shape result = result(a, b);
        List<int[]> axes = new ArrayList<>();
        for (int axis = 0; axis < result.rank(); axis++) {
            int size = result.dim(axis);
            if (size == 1) {
                continue;
            }
            int aMoves = size(a, result.rank(), axis) > 1 ? 1 : 0;
            int bMoves = size(b, result.rank(), axis) > 1 ? 1 : 0;
            int[] last = axes.isEmpty() ? null : axes.get(axes.size() - 1);
            if (last != null && last[1] == aMoves && last[2] == bMoves) {
                last[0] *= size;
            } else {
                axes.add(new int[] {size, aMoves, bMoves});
            }
        }
        if (axes.isEmpty()) {
            axes.add(new int[] {1, 1, 1});
        }
        int[] sizes = new int[axes.size()];
        boolean[] aVaries = new boolean[sizes.length];
        boolean[] bVaries = new boolean[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = axes.get(i)[0];
            aVaries[i] = axes.get(i)[1] == 1;
            bVaries[i] = axes.get(i)[2] == 1;
        }
        return new Broadcast(sizes, aVaries, bVaries);
    }

    private static int size(Shape shape, int rank, int axis) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? 1 : shape.dim(own);
    }

    /** Size of the innermost joined axis. */
    public int inner() {
        return sizes[sizes.length - 1];
    }

    /** Product of the other joined axes. */
    public int outer() {
        int product = 1;
        for (int i = 0; i < sizes.length - 1; i++) {
            product *= sizes[i];
        }
        return product;
    }

    /** Start of an operand's elements for an index of the outer axes. */
    public int start(boolean[] varies, int index) {
        int rest = index;
        int start = 0;
        int stride = varies[sizes.length - 1] ? inner() : 1;
        for (int axis = sizes.length - 2; axis >= 0; axis--) {
            int position = rest % sizes[axis];
            rest /= sizes[axis];
            if (varies[axis]) {
                start += position * stride;
                stride *= sizes[axis];
            }
        }
        return start;
    }

    /** Position of an operand's element for the flat index of a result element. */
    public int position(boolean[] varies, int index) {
        return start(varies, index / inner()) + (varies[sizes.length - 1] ? index % inner() : 0);
    }
}
