package dev.junco.converter.tflite;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tensor as the file describes it.
 *
 * @param name its name, may be empty or that of another tensor
 * @param type element type
 * @param dims axis sizes; those that are known only at run time are 1
 * @param data elements of a constant; empty where there is none
 * @param scales of quantised elements; none, one, or one for each index of {@code axis}
 * @param zeroPoints as many as scales
 * @param axis of the scales
 * @param variable whether it lives from run to run
 * @param signature axis sizes with -1 for those that the model's maker left open; empty if none is
 * @param trouble why it cannot be imported, null if it can
 */
record TensorInfo(
        String name,
        TensorType type,
        int[] dims,
        ByteBuffer data,
        float[] scales,
        long[] zeroPoints,
        int axis,
        boolean variable,
        int[] signature,
        String trouble) {

    /** Number of elements, at most the largest int and a little more. */
    long elements() {
        long elements = 1;
        for (int dim : dims) {
            elements = Math.min(elements * dim, Integer.MAX_VALUE + 1L);
        }
        return elements;
    }

    /** Whether the file holds the elements. */
    boolean isConstant() {
        return data.hasRemaining() && !variable;
    }

    /** The axes that the model's maker left open. */
    List<Integer> openAxes() {
        return IntStream.range(0, Math.min(signature.length, dims.length))
                .filter(axis -> signature[axis] == -1)
                .boxed()
                .toList();
    }

    String label() {
        return "'" + name + "'";
    }
}
