package dev.junco.converter.tflite;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The indices that TensorFlow's strided slice takes, {@code x[begin:end:stride, …]} as in Python: bits of its masks tell entries whose begin or end is open, that stand
 * for "all axes in between", that insert an axis of size 1, or that take one index and drop the axis.
 */
final class StridedSlice {
    private final List<Integer> begins = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> strides = new ArrayList<>();
    private final List<Integer> dims = new ArrayList<>();
    private boolean empty;

    private StridedSlice() {}

    static StridedSlice of(Operation op) {
        int[] begin = op.ints(1, "begin");
        int[] end = op.ints(2, "end");
        int[] stride = op.ints(3, "strides");
        int beginMask = op.optionInt(0, 0);
        int endMask = op.optionInt(1, 0);
        int ellipsis = op.optionInt(2, 0);
        int newAxis = op.optionInt(3, 0);
        int shrink = op.optionInt(4, 0);
        boolean offset = op.optionBool(5);
        Shape x = op.shape(0);
        if (end.length != begin.length || stride.length != begin.length || begin.length > 32) {
            throw new Untranslatable("begin, end and strides of different lengths");
        }
        if (Integer.bitCount(ellipsis & mask(begin.length)) > 1) {
            throw new Untranslatable("more than one entry for \"all axes in between\", ellipsis_mask is " + ellipsis);
        }
        StridedSlice slice = new StridedSlice();
        int consumed = begin.length - Integer.bitCount((newAxis | ellipsis) & mask(begin.length));
        int axis = 0;
        for (int i = 0; i < begin.length; i++) {
            if (bit(ellipsis, i)) {
                for (int rest = x.rank() - consumed; rest > 0; rest--) {
                    slice.whole(x.dim(axis++));
                }
            } else if (bit(newAxis, i)) {
                slice.dims.add(1);
            } else if (axis >= x.rank()) {
                throw new Untranslatable("more entries than the input " + x + " has axes");
            } else {
                int last = offset ? begin[i] + end[i] : end[i];
                slice.take(
                        x.dim(axis++), begin[i], last, stride[i], bit(beginMask, i), bit(endMask, i), bit(shrink, i));
            }
        }
        while (axis < x.rank()) {
            slice.whole(x.dim(axis++));
        }
        return slice;
    }

    private static int mask(int bits) {
        return bits == 32 ? -1 : (1 << bits) - 1;
    }

    private static boolean bit(int mask, int index) {
        return (mask >>> index & 1) != 0;
    }

    private void whole(int size) {
        begins.add(0);
        sizes.add(-1);
        strides.add(1);
        dims.add(size);
    }

    private void take(int size, int begin, int end, int stride, boolean openBegin, boolean openEnd, boolean shrink) {
        if (stride == 0 || shrink && stride < 0) {
            throw new Untranslatable("stride " + stride);
        }
        int first = openBegin ? stride > 0 ? 0 : size - 1 : bounded(begin, size, stride);
        if (shrink) {
            int index = openBegin ? 0 : begin < 0 ? begin + size : begin;
            if (index < 0 || index >= size) {
                throw new Untranslatable("index " + begin + " of an axis of size " + size);
            }
            begins.add(index);
            sizes.add(1);
            strides.add(1);
            return;
        }
        int last = openEnd ? stride > 0 ? size : -1 : bounded(end, size, stride);
        long count = stride > 0
                ? ((long) last - first + stride - 1) / stride
                : ((long) first - last - stride - 1L) / -(long) stride;
        if (count <= 0) {
            empty = true;
            count = 0;
        }
        begins.add(first);
        sizes.add(first == 0 && count == size && stride == 1 ? -1 : (int) count);
        strides.add(stride);
        dims.add((int) count);
    }

    /** An index counted from the end if negative, held within the axis. */
    private static int bounded(int index, int size, int stride) {
        int counted = index < 0 ? index + size : index;
        return stride > 0 ? Math.max(0, Math.min(size, counted)) : Math.max(-1, Math.min(size - 1, counted));
    }

    /** Whether no element is left. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether all elements are taken in their order. */
    boolean isWhole(Shape x) {
        for (int axis = 0; axis < x.rank(); axis++) {
            boolean all = sizes.get(axis) == -1 || begins.get(axis) == 0 && x.dim(axis) == 1;
            if (!all) {
                return false;
            }
        }
        return true;
    }

    SliceAttributes attributes() {
        return new SliceAttributes(begins, sizes, strides);
    }

    /** Axis sizes of the result. */
    int[] dims() {
        return ShapeImports.ints(dims);
    }
}
