package dev.junco.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An input, output or state of an interpreter: elements in row-major order. Belongs to the interpreter's thread. Nothing here allocates, but what
 * returns a new array or list.
 *
 * <p>There are three ways in and out. {@link #set(float...)}, {@link #get} and {@link #copyTo(float[])} speak of <b>real numbers</b>: where the
 * model holds integers with a scale, numbers are converted. Methods that name a type, like {@link #setInt8}, and those of {@link ByteBuffer} take
 * the <b>elements as they are</b>. {@link #asFloatBuffer} and its kin show the <b>memory itself</b>, nothing is copied.
 *
 * <pre>{@code
 * Tensor image = interpreter.input("image");
 * image.setRawBytes(pixels);                     // unsigned bytes, through the preprocessing that the file tells
 * interpreter.run();
 * interpreter.output().top(3);                   // [Sneaker 0.9731, Sandal 0.0214, Ankle boot 0.0049]
 * }</pre>
 *
 * <p>NaN is refused on its way in, unless {@link InterpreterOptions#withNaN} allows it. A method that throws has changed nothing.
 */
public final class Tensor extends TypedTensor {
    private final List<String> labels;
    private final Preprocessing preprocessing;

    /**
     * A tensor.
     *
     * @param refusal why it cannot be set, null if it can
     * @param labels names of the classes along its last axis, may be empty
     * @param preprocessing of raw values, null for none
     */
    Tensor(
            String name,
            Elements elements,
            Guard guard,
            String refusal,
            boolean acceptsNaN,
            List<String> labels,
            Preprocessing preprocessing) {
        super(name, elements, guard, refusal, acceptsNaN);
        this.labels = labels;
        this.preprocessing = preprocessing;
    }

    // ---- Real numbers

    /**
     * Sets all elements.
     *
     * @throws IllegalArgumentException if {@code values} has another length than this tensor, or holds NaN
     */
    public void set(float... values) {
        requireSize("values", values.length);
        set(values, 0, 0, values.length);
    }

    /**
     * Sets {@code count} elements from {@code first}, taken from {@code values} at {@code from}. Integers with a scale are rounded, halves away
     * from zero, and held within their type; NaN, if allowed, becomes 0.
     *
     * @throws IndexOutOfBoundsException if the elements lie outside the tensor or the array
     * @throws IllegalArgumentException if they hold NaN
     */
    public void set(float[] values, int from, int first, int count) {
        requireRange(first, count);
        if (from < 0 || from > values.length - count) {
            throw new IndexOutOfBoundsException(
                    "values has " + values.length + " elements; " + count + " from " + from + " lie outside");
        }
        begin();
        try {
            requireReal();
            if (!acceptsNaN) {
                int bad = Elements.firstNaN(values, from, count);
                if (bad >= 0) {
                    throw nan(first + bad);
                }
            }
            if (elements.floats != null) {
                System.arraycopy(values, from, elements.floats, elements.offset + first, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                elements.setReal(first + i, values[from + i]);
            }
        } finally {
            guard.exit();
        }
    }

    /**
     * Sets all elements from the remaining ones of a buffer, direct or not, of either byte order. Its position moves behind them.
     *
     * @throws IllegalArgumentException if as many do not remain, or one is NaN
     */
    public void set(FloatBuffer values) {
        requireSize("the buffer", values.remaining());
        begin();
        try {
            requireReal();
            int start = values.position();
            for (int i = 0; !acceptsNaN && i < elements.size; i++) {
                if (Float.isNaN(values.get(start + i))) {
                    throw nan(i);
                }
            }
            if (elements.floats != null) {
                values.get(elements.floats, elements.offset, elements.size);
                return;
            }
            for (int i = 0; i < elements.size; i++) {
                elements.setReal(i, values.get());
            }
        } finally {
            guard.exit();
        }
    }

    /** Element {@code index} as a real number. */
    public float get(int index) {
        guard.look();
        requireRange(index, 1);
        requireReal();
        return elements.real(index);
    }

    /**
     * Copies all elements as real numbers.
     *
     * @throws IllegalArgumentException if {@code target} has another length than this tensor
     */
    public void copyTo(float[] target) {
        guard.look();
        requireSize("target", target.length);
        requireReal();
        if (elements.floats != null) {
            System.arraycopy(elements.floats, elements.offset, target, 0, target.length);
            return;
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = elements.real(i);
        }
    }

    /**
     * Copies all elements as real numbers to a buffer's position, which moves behind them.
     *
     * @throws IllegalArgumentException if the buffer has less room
     */
    public void copyTo(FloatBuffer target) {
        guard.look();
        requireRoom(target.remaining(), elements.size, "elements");
        requireReal();
        if (elements.floats != null) {
            target.put(elements.floats, elements.offset, elements.size);
            return;
        }
        for (int i = 0; i < elements.size; i++) {
            target.put(elements.real(i));
        }
    }

    /** All elements as real numbers in a new array. */
    public float[] toArray() {
        float[] values = new float[size()];
        copyTo(values);
        return values;
    }

    // ---- Raw values

    /**
     * Sets all elements from values as a sensor gives them: the preprocessing that the model's metadata tell for this input is applied,
     * {@code (raw − mean) · scale}. Where they tell none, this is {@link #set(float...)}.
     *
     * @throws IllegalArgumentException if {@code raw} has another length than this tensor, or holds NaN
     */
    public void setRaw(float... raw) {
        requireSize("raw", raw.length);
        begin();
        try {
            int channels = channels();
            int bad = acceptsNaN ? -1 : Elements.firstNaN(raw, 0, raw.length);
            if (bad >= 0) {
                throw nan(bad);
            }
            for (int i = 0, channel = 0; i < raw.length; i++) {
                elements.setReal(i, prepare(raw[i], channel));
                channel = channel + 1 == channels ? 0 : channel + 1;
            }
        } finally {
            guard.exit();
        }
    }

    /** Sets all elements from unsigned bytes, 0 to 255, as images have them, through the preprocessing; see {@link #setRaw}. */
    public void setRawBytes(byte... raw) {
        requireSize("raw", raw.length);
        begin();
        try {
            int channels = channels();
            for (int i = 0, channel = 0; i < raw.length; i++) {
                elements.setReal(i, prepare(raw[i] & 0xff, channel));
                channel = channel + 1 == channels ? 0 : channel + 1;
            }
        } finally {
            guard.exit();
        }
    }

    /** Sets all elements from the remaining unsigned bytes of a buffer, whose position moves behind them; see {@link #setRawBytes(byte...)}. */
    public void setRawBytes(ByteBuffer raw) {
        requireSize("the buffer", raw.remaining());
        begin();
        try {
            int channels = channels();
            for (int i = 0, channel = 0; i < elements.size; i++) {
                elements.setReal(i, prepare(raw.get() & 0xff, channel));
                channel = channel + 1 == channels ? 0 : channel + 1;
            }
        } finally {
            guard.exit();
        }
    }

    private int channels() {
        requireReal();
        return preprocessing == null ? 1 : preprocessing.channels(spec().shape());
    }

    private float prepare(float raw, int channel) {
        return preprocessing == null ? raw : preprocessing.apply(raw, channel);
    }

    // ---- Classes

    /** Index of the largest element; the first of several, 0 if all are NaN. */
    public int argMax() {
        return argMax(0, size());
    }

    /** Index, relative to {@code first}, of the largest of {@code count} elements: the class of one sample of a batch. */
    public int argMax(int first, int count) {
        guard.look();
        requireRange(first, count);
        requireReal();
        return elements.argMax(first, count);
    }

    /** The {@code k} likeliest classes of the first sample, or all if there are fewer, the likeliest first. */
    public List<Classification> top(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("the " + k + " likeliest classes; expected at least 1");
        }
        int classes = classes();
        int[] indices = new int[Math.min(k, classes)];
        top(0, classes, indices);
        List<Classification> top = new ArrayList<>(indices.length);
        for (int index : indices) {
            top.add(new Classification(index, label(index), get(index)));
        }
        return top;
    }

    /**
     * The indices, relative to {@code first}, of the largest of {@code count} elements: as many as {@code indices} has room for, the largest
     * first, the smaller index first among equals, NaN last. Allocates nothing.
     *
     * @throws IndexOutOfBoundsException if the elements lie outside the tensor, or are fewer than {@code indices}
     */
    public void top(int first, int count, int[] indices) {
        guard.look();
        requireRange(first, count);
        requireReal();
        if (indices.length > count) {
            throw new IndexOutOfBoundsException("the " + indices.length + " largest of " + count + " elements");
        }
        elements.top(first, count, indices);
    }

    /** Name of a class from the model's metadata; the index itself as text where they have none for this tensor. */
    public String label(int index) {
        if (index < 0 || index >= classes()) {
            throw new IndexOutOfBoundsException(
                    "tensor '" + name + "' has " + classes() + " classes, not class " + index);
        }
        return labels.size() == classes() ? labels.get(index) : Integer.toString(index);
    }

    private int classes() {
        return spec().shape().rank() == 0 ? 1 : spec().shape().dim(-1);
    }
}
