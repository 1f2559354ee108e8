package dev.junco.runtime;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.plan.Execution;

/**
 * An input or output of an interpreter: real numbers in row-major order. Where the model holds int8, numbers are converted by its scale and zero
 * point on the way in and out. Only inputs can be set. Belongs to the interpreter's thread.
 */
public final class Tensor {
    private final String name;
    private final TensorSpec spec;
    private final FloatRef floats;
    private final ByteRef bytes;
    private final boolean isInput;

    Tensor(String name, Value value, Execution execution, boolean isInput) {
        this.name = name;
        this.isInput = isInput;
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

    /**
     * Sets {@code count} elements from {@code first}, taken from {@code values} at {@code from}. In int8 they are rounded, halves away from zero,
     * and held within int8; NaN becomes 0.
     *
     * @throws IndexOutOfBoundsException if the elements lie outside the tensor or the array; nothing is set then
     */
    public void set(float[] values, int from, int first, int count) {
        requireInput();
        requireRange(first, count);
        if (from < 0 || from > values.length - count) {
            throw new IndexOutOfBoundsException(
                    "values has " + values.length + " elements; " + count + " from " + from + " lie outside");
        }
        if (floats != null) {
            System.arraycopy(values, from, floats.array(), floats.offset() + first, count);
            return;
        }
        requireScale();
        for (int i = 0; i < count; i++) {
            bytes.array()[bytes.offset() + first + i] = spec.quantization().toInt8(values[from + i]);
        }
    }

    /** Sets all elements of an int8 tensor without conversion. */
    public void setInt8(byte... values) {
        requireInput();
        requireInt8();
        requireSize("values", values.length);
        System.arraycopy(values, 0, bytes.array(), bytes.offset(), values.length);
    }

    /** Element {@code index} as a real number. */
    public float get(int index) {
        requireRange(index, 1);
        if (floats != null) {
            return floats.array()[floats.offset() + index];
        }
        requireScale();
        return spec.quantization().scale()
                * (bytes.array()[bytes.offset() + index] - spec.quantization().zeroPoint());
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

    private void requireInput() {
        if (!isInput) {
            throw new IllegalStateException("tensor '" + name + "' is an output; only inputs can be set");
        }
    }

    private void requireScale() {
        if (!spec.quantization().isQuantized() || spec.quantization().isPerAxis()) {
            throw new IllegalStateException("tensor '" + name + "' has quantisation " + spec.quantization()
                    + ", not one scale; use setInt8 and copyInt8To");
        }
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
