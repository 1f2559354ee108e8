package dev.junco.trainer.cli;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which arrays are samples of a model's input: of its shape, axes of size 1 aside, or flat; one of them or as many as the first axis says.
 */
final class SampleShape {
    private SampleShape() {}

    /**
     * Throws if an array is none of these; as many elements do not make it one, for their order would be another.
     *
     * @param dims axis sizes of the array in the file
     * @param sample shape of one sample
     */
    static void require(Path path, int[] dims, Shape sample) {
        int[] axes = sample.dims();
        int[] flat = {sample.elements()};
        if (isOneOrMore(dims, axes) || isOneOrMore(dims, flat) || isButForOnes(dims, axes)) {
            return;
        }
        throw new DataException(path + ": has shape " + Arrays.toString(dims) + ", the model takes samples of shape "
                + sample + " (" + sample.elements() + " values), one or, with one more axis in front, several; "
                + cure(dims, axes));
    }

    private static boolean isOneOrMore(int[] dims, int[] sample) {
        boolean several = dims.length == sample.length + 1 && dims[0] > 0;
        return Arrays.equals(dims, sample)
                || several && Arrays.equals(Arrays.copyOfRange(dims, 1, dims.length), sample);
    }

    /**
     * Whether only axes of size 1 are missing or too many. A first axis of another size counts samples where there are more axes than a sample has, so
     * n×1 is not one sample of n numbers.
     */
    private static boolean isButForOnes(int[] dims, int[] sample) {
        int[] larger = withoutOnes(sample, 0);
        boolean several = dims.length > 0 && dims[0] > 0 && Arrays.equals(withoutOnes(dims, 1), larger);
        return several || dims.length <= sample.length && Arrays.equals(withoutOnes(dims, 0), larger);
    }

    private static String cure(int[] dims, int[] axes) {
        if (Arrays.stream(dims).anyMatch(size -> size == 0)) {
            return "this one has none.";
        }
        int[] larger = withoutOnes(axes, 0);
        if (Arrays.equals(withoutOnes(dims, 0), larger) || Arrays.equals(withoutOnes(dims, 1), larger)) {
            return "only axes of one element differ: reshape it with array.reshape(-1, " + list(axes) + ").";
        }
        int front = dims.length - axes.length;
        int[] order = front == 0 || front == 1 ? order(dims, front, axes) : null;
        if (order == null) {
            return "is this the model's data?";
        }
        boolean channelsFirst = axes.length == 3 && order[2] == front;
        return (channelsFirst
                        ? "the array has its channels first (NCHW), the model last (NHWC)"
                        : "its axes are in another order")
                + ": transpose it with numpy.transpose(array, (" + (front == 1 ? "0, " : "") + list(order) + ")).";
    }

    private static int[] withoutOnes(int[] dims, int from) {
        return Arrays.stream(dims, Math.min(from, dims.length), dims.length)
                .filter(size -> size != 1)
                .toArray();
    }

    /** For each axis of a sample the axis of the array that has its size; null if they are no rearrangement. */
    private static int[] order(int[] dims, int front, int[] axes) {
        boolean[] taken = new boolean[dims.length];
        int[] order = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            int at = front;
            while (at < dims.length && (taken[at] || dims[at] != axes[i])) {
                at++;
            }
            if (at == dims.length) {
                return null;
            }
            taken[at] = true;
            order[i] = at;
        }
        return order;
    }

    private static String list(int[] numbers) {
        String text = Arrays.toString(numbers);
        return text.substring(1, text.length() - 1);
    }
}
