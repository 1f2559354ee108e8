package dev.junco.runtime;

import java.util.Arrays;

/**
 * Sizes of a tensor's axes, outermost first: images are {@code [batch, height, width, channels]}. Immutable. Every axis
 * has at least one element and the number of elements fits an {@code int}; rank 0 is a scalar.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0], 1);

    private final int[] dims;
    private final int elements;

    private Shape(int[] dims, int elements) {
        this.dims = dims;
        this.elements = elements;
    }

    /**
     * A shape with the given axis sizes.
     *
     * @throws IllegalArgumentException if a size is below 1 or the product exceeds {@link Integer#MAX_VALUE}
     */
    public static Shape of(int... dims) {
        if (dims.length == 0) {
            return SCALAR;
        }
        long elements = 1;
        for (int dim : dims) {
            if (dim < 1) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims) + " has an axis of size " + dim
                        + "; every axis needs at least 1");
            }
            elements *= dim;
            if (elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims) + " has more than 2^31-1 elements");
            }
        }
        return new Shape(dims.clone(), (int) elements);
    }

    /** Number of axes. */
    public int rank() {
        return dims.length;
    }

    /** Size of an axis; a negative axis counts from the end, -1 is the last. */
    public int dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    /** A copy of the axis sizes. */
    public int[] dims() {
        return dims.clone();
    }

    /** Product of all sizes. */
    public int elements() {
        return elements;
    }

    /** Product of the sizes of the axes {@code [from, to)}; 1 for none. */
    public int elements(int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= dims[axis];
        }
        return product;
    }

    /** This shape with another size of one axis. */
    public Shape with(int axis, int size) {
        int[] changed = dims.clone();
        changed[axis < 0 ? axis + dims.length : axis] = size;
        return of(changed);
    }

    /** This shape behind one more axis of size {@code size}. */
    public Shape prepend(int size) {
        int[] longer = new int[dims.length + 1];
        longer[0] = size;
        System.arraycopy(dims, 0, longer, 1, dims.length);
        return of(longer);
    }

    /** This shape without its first axis. */
    public Shape dropFirst() {
        return of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape && Arrays.equals(dims, ((Shape) other).dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** For example {@code 1×28×28×1}; {@code scalar} for rank 0. */
    @Override
    public String toString() {
        if (dims.length == 0) {
            return "scalar";
        }
        StringBuilder text = new StringBuilder();
        for (int dim : dims) {
            text.append(text.length() == 0 ? "" : "×").append(dim);
        }
        return text.toString();
    }
}
