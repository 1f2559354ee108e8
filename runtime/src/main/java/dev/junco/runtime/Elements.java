package dev.junco.runtime;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.ShortRef;
import dev.junco.runtime.plan.Execution;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** Where the elements of a tensor lie, and how they stand for real numbers. Checks nothing. */
final class Elements {
    /** Bits of positive infinity; all larger ones are NaN. */
    private static final int INFINITY_BITS = 0x7f800000;

    private static final int NO_SIGN = 0x7fffffff;

    final TensorSpec spec;
    final int size;
    /** Of the array of the tensor's type; the others are null. */
    final int offset;

    final float[] floats;
    /** Of INT8 and BOOL. */
    final byte[] bytes;

    final int[] ints;
    final short[] shorts;

    private final float scale;
    private final int zeroPoint;
    private Buffer view;

    /** The elements of a value of an execution. */
    static Elements of(Value value, Execution execution) {
        switch (value.type().arena()) {
            case FLOAT32:
                FloatRef floats = execution.floats(value);
                return new Elements(value.spec(), floats.array(), floats.offset());
            case INT8:
                ByteRef bytes = execution.bytes(value);
                return new Elements(value.spec(), bytes.array(), bytes.offset());
            case INT16:
                ShortRef shorts = execution.shorts(value);
                return new Elements(value.spec(), shorts.array(), shorts.offset());
            default:
                IntRef ints = execution.ints(value);
                return new Elements(value.spec(), ints.array(), ints.offset());
        }
    }

    /** Elements of an array of the type's own kind, from an offset on. */
    Elements(TensorSpec spec, Object array, int offset) {
        this.spec = spec;
        this.size = spec.shape().elements();
        this.offset = offset;
        this.floats = array instanceof float[] ? (float[]) array : null;
        this.bytes = array instanceof byte[] ? (byte[]) array : null;
        this.ints = array instanceof int[] ? (int[]) array : null;
        this.shorts = array instanceof short[] ? (short[]) array : null;
        boolean scaled = spec.quantization().isQuantized();
        this.scale = scaled ? spec.quantization().scale() : 1;
        this.zeroPoint = scaled ? spec.quantization().zeroPoint() : 0;
    }

    /** Whether elements are real numbers: float32, truth values, integers of one scale, and indices. */
    boolean isReal() {
        Quantization q = spec.quantization();
        return q.isQuantized() ? !q.isPerAxis() : spec.type() != DType.INT8 && spec.type() != DType.INT16;
    }

    /** An element as a real number; truth is 1. */
    float real(int index) {
        return floats != null ? floats[offset + index] : scale * (integer(index) - zeroPoint);
    }

    /** An element as it is. */
    double stored(int index) {
        return floats != null ? floats[offset + index] : integer(index);
    }

    /** Sets an element to one of other elements of the same type, as it is. */
    void copy(int index, Elements from, int fromIndex) {
        int at = offset + index;
        if (floats != null) {
            floats[at] = from.floats[from.offset + fromIndex];
        } else if (bytes != null) {
            bytes[at] = (byte) from.integer(fromIndex);
        } else if (shorts != null) {
            shorts[at] = (short) from.integer(fromIndex);
        } else {
            ints[at] = from.integer(fromIndex);
        }
    }

    private int integer(int index) {
        int at = offset + index;
        return bytes != null ? bytes[at] : shorts != null ? shorts[at] : ints[at];
    }

    /** Sets an element to a real number; all but 0 is truth. */
    void setReal(int index, float real) {
        int at = offset + index;
        if (floats != null) {
            floats[at] = real;
        } else if (spec.type() == DType.BOOL) {
            bytes[at] = (byte) (real != 0 && !Float.isNaN(real) ? 1 : 0);
        } else if (bytes != null) {
            bytes[at] = spec.quantization().toInt8(real);
        } else {
            double steps = real / scale;
            // Saturates, and makes 0 of NaN.
            int integer = (int) (steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5));
            if (shorts != null) {
                long sum = (long) integer + zeroPoint;
                shorts[at] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
            } else {
                ints[at] = integer;
            }
        }
    }

    /** Index of the first float32 element of a buffer that is NaN, from its position on; -1 for other types. */
    int firstNaN(ByteBuffer source) {
        int start = source.position();
        for (int i = 0; floats != null && i < size; i++) {
            if (Float.isNaN(source.getFloat(start + i * Float.BYTES))) {
                return i;
            }
        }
        return -1;
    }

    /** Copies the elements as they are from a buffer of its own byte order. */
    void read(ByteBuffer source) {
        if (bytes != null) {
            source.get(bytes, offset, size);
            for (int i = 0; spec.type() == DType.BOOL && i < size; i++) {
                bytes[offset + i] = (byte) (bytes[offset + i] == 0 ? 0 : 1);
            }
            return;
        }
        for (int at = offset; at < offset + size; at++) {
            if (floats != null) {
                floats[at] = source.getFloat();
            } else if (shorts != null) {
                shorts[at] = source.getShort();
            } else {
                ints[at] = source.getInt();
            }
        }
    }

    /** Copies the elements as they are into a buffer of its own byte order. */
    void write(ByteBuffer target) {
        if (bytes != null) {
            target.put(bytes, offset, size);
            return;
        }
        for (int at = offset; at < offset + size; at++) {
            if (floats != null) {
                target.putFloat(floats[at]);
            } else if (shorts != null) {
                target.putShort(shorts[at]);
            } else {
                target.putInt(ints[at]);
            }
        }
    }

    /** The elements themselves as a buffer: made once, whole each time. */
    Buffer view(boolean writable) {
        if (view == null) {
            view = writable ? slice() : readOnlySlice();
        }
        view.clear();
        return view;
    }

    private Buffer slice() {
        if (floats != null) {
            return FloatBuffer.wrap(floats, offset, size).slice();
        }
        if (bytes != null) {
            return ByteBuffer.wrap(bytes, offset, size).slice();
        }
        return shorts != null
                ? ShortBuffer.wrap(shorts, offset, size).slice()
                : IntBuffer.wrap(ints, offset, size).slice();
    }

    private Buffer readOnlySlice() {
        Buffer slice = slice();
        if (floats != null) {
            return ((FloatBuffer) slice).asReadOnlyBuffer();
        }
        if (bytes != null) {
            return ((ByteBuffer) slice).asReadOnlyBuffer();
        }
        return shorts != null ? ((ShortBuffer) slice).asReadOnlyBuffer() : ((IntBuffer) slice).asReadOnlyBuffer();
    }

    /** Index of the first NaN among the elements, -1 if there is none. */
    int firstNaN() {
        return floats == null ? -1 : firstNaN(floats, offset, size);
    }

    /** Index, relative to {@code from}, of the first NaN among {@code count} numbers; -1 if there is none. */
    static int firstNaN(float[] values, int from, int count) {
        int sign = 0;
        for (int i = 0; i < count; i++) {
            // Negative for NaN only; a loop without branches, which compilers turn into vectors.
            sign |= INFINITY_BITS - (Float.floatToRawIntBits(values[from + i]) & NO_SIGN);
        }
        if (sign >= 0) {
            return -1;
        }
        int index = 0;
        while (!Float.isNaN(values[from + index])) {
            index++;
        }
        return index;
    }

    /** Index, relative to {@code first}, of the largest of {@code count} elements; the first of several, 0 if all are NaN. */
    int argMax(int first, int count) {
        int best = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float value = real(first + i);
            if (value > largest) {
                largest = value;
                best = i;
            }
        }
        return best;
    }

    /** Fills {@code indices} with those of the largest of {@code count} elements, as {@link Tensor#top(int, int, int[])} tells. */
    void top(int first, int count, int[] indices) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            float value = real(first + i);
            int at = found;
            while (at > 0 && isBefore(value, real(first + indices[at - 1]))) {
                at--;
            }
            if (at < indices.length) {
                found = Math.min(found + 1, indices.length);
                System.arraycopy(indices, at, indices, at + 1, found - at - 1);
                indices[at] = i;
            }
        }
    }

    private static boolean isBefore(float a, float b) {
        return a > b || Float.isNaN(b) && !Float.isNaN(a);
    }
}
