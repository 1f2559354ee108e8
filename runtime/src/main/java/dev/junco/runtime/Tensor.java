package dev.junco.runtime;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.plan.Execution;

/**
 * An input or output of an interpreter: real numbers in row-major order. Where the model holds int8, numbers are converted by its scale and zero
 * point on the way in and out. Belongs to the interpreter's thread.
 */
public final class Tensor {
    private final String name;
    private final TensorSpec spec;
    private final FloatRef floats;
    private final ByteRef bytes;

    Tensor(String name, Value value, Execution execution) {
        this.name = name;
        this.spec = value.spec();
        this.floats = spec.type() == DType.FLOAT32 ? execution.floats(value) : null;
        this.bytes = spec.type() == DType.INT8 ? execution.bytes(value) : null;
        if (floats == null && bytes == null) {
            throw new UnsupportedModelException(
                    "tensor '" + name + "' is " + spec + "; inputs and outputs are float32 or int8");
        }
    }

    /** The tensor's name in the model. */
    public String name() {
        return name;
    }

    /** Type, shape and scale. */
    public TensorSpec spec() {
        return spec;
    }

    /** Number of elements. */
    public int size() {
        return spec.shape().elements();
    }

    /**
     * Sets all elements.
     *
     * @throws IllegalArgumentException if {@code values} has another length than this tensor
     */
    public void set(float... values) {
        requireSize("values", values.length);
        set(values, 0, 0, values.length);
    }

    /** Sets {@code count} elements from {@code first}, taken from {@code values} at {@code from}. */
    public void set(float[] values, int from, int first, int count) {
        requireRange(first, count);
        if (floats != null) {
            System.arraycopy(values, from, floats.array(), floats.offset() + first, count);
            return;
        }
        float scale = spec.quantization().scale();
        int zeroPoint = spec.quantization().zeroPoint();
        for (int i = 0; i < count; i++) {
            float steps = values[from + i] / scale;
            long rounded = (long) (steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5));
            bytes.array()[bytes.offset() + first + i] = (byte) Math.min(Math.max(rounded + zeroPoint, -128), 127);
        }
    }

    /** Sets all elements of an int8 tensor without conversion. */
    public void setInt8(byte... values) {
        requireInt8();
        requireSize("values", values.length);
        System.arraycopy(values, 0, bytes.array(), bytes.offset(), values.length);
    }

    /** Element {@code index} as a real number. */
    public float get(int index) {
        requireRange(index, 1);
        return floats != null
                ? floats.array()[floats.offset() + index]
                : spec.quantization().scale()
                        * (bytes.array()[bytes.offset() + index]
                                - spec.quantization().zeroPoint());
    }

    /**
     * Copies all elements as real numbers.
     *
     * @throws IllegalArgumentException if {@code target} has another length than this tensor
     */
    public void copyTo(float[] target) {
        requireSize("target", target.length);
        if (floats != null) {
            System.arraycopy(floats.array(), floats.offset(), target, 0, target.length);
            return;
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = get(i);
        }
    }

    /** All elements as real numbers in a new array. */
    public float[] toArray() {
        float[] values = new float[size()];
        copyTo(values);
        return values;
    }

    /** Copies all elements of an int8 tensor without conversion. */
    public void copyInt8To(byte[] target) {
        requireInt8();
        requireSize("target", target.length);
        System.arraycopy(bytes.array(), bytes.offset(), target, 0, target.length);
    }

    /** Index of the largest element; the first of several, 0 if all are NaN. */
    public int argMax() {
        return argMax(0, size());
    }

    /** Index, relative to {@code first}, of the largest of {@code count} elements: the class of one sample of a batch. */
    public int argMax(int first, int count) {
        requireRange(first, count);
        int best = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float value = get(first + i);
            if (value > largest) {
                largest = value;
                best = i;
            }
        }
        return best;
    }

    private void requireInt8() {
        if (bytes == null) {
            throw new IllegalStateException("tensor '" + name + "' is " + spec + ", not int8");
        }
    }

    private void requireSize(String what, int length) {
        if (length != size()) {
            throw new IllegalArgumentException("tensor '" + name + "' has shape " + spec.shape() + " = " + size()
                    + " elements, " + what + " has " + length);
        }
    }

    private void requireRange(int first, int count) {
        if (first < 0 || count < 0 || first > size() - count) {
            throw new IndexOutOfBoundsException(
                    "tensor '" + name + "' has " + size() + " elements; " + count + " from " + first + " lie outside");
        }
    }

    @Override
    public String toString() {
        return name + ": " + spec;
    }
}
