package dev.junco.runtime;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
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
public final class Tensor {
    private final String name;
    private final Guard guard;
    private final String refusal;
    private final boolean acceptsNaN;
    private final List<String> labels;
    private final Preprocessing preprocessing;
    private Elements elements;
    /** Whether somebody may write the elements without our knowing. */
    private boolean shared;

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
        this.name = name;
        this.elements = elements;
        this.guard = guard;
        this.refusal = refusal;
        this.acceptsNaN = acceptsNaN;
        this.labels = labels;
        this.preprocessing = preprocessing;
    }

    /** Puts this tensor over other elements, after the interpreter was resized. */
    void place(Elements other) {
        elements = other;
    }

    /** Where the elements lie now. */
    Elements elements() {
        return elements;
    }

    /** Throws if elements that were written through a view are NaN. */
    void checkShared() {
        if (shared && !acceptsNaN) {
            int bad = elements.firstNaN();
            if (bad >= 0) {
                throw nan(bad);
            }
        }
    }

    /** The tensor's name in the model. */
    public String name() {
        return name;
    }

    /** Type, shape and scale. The shape may change in {@link Interpreter#resize(java.util.Map)}. */
    public TensorSpec spec() {
        return elements.spec;
    }

    /** Number of elements. */
    public int size() {
        return elements.size;
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

    /** Over how many channels the preprocessing goes round. */
    private int channels() {
        requireReal();
        if (preprocessing == null || preprocessing.size() == 1) {
            return 1;
        }
        int last = spec().shape().rank() == 0 ? 1 : spec().shape().dim(-1);
        if (preprocessing.size() != last) {
            throw new IllegalStateException("the metadata's preprocessing of '" + name + "' has " + preprocessing.size()
                    + " means, but the last axis of its shape " + spec().shape() + " has " + last
                    + " indices; set prepared values with set");
        }
        return last;
    }

    private float prepare(float raw, int channel) {
        return preprocessing == null ? raw : preprocessing.apply(raw, channel);
    }

    // ---- Elements as they are

    /**
     * Sets all elements from the remaining bytes of a buffer: elements of this tensor's own type in the buffer's byte order, as they are. Its
     * position moves behind them.
     *
     * @throws IllegalArgumentException if as many bytes do not remain, or an element is NaN
     */
    public void set(ByteBuffer source) {
        if (source.remaining() != spec().bytes()) {
            throw new IllegalArgumentException("tensor '" + name + "' is " + spec() + " = " + spec().bytes()
                    + " bytes, in the buffer remain " + source.remaining());
        }
        begin();
        try {
            int bad = acceptsNaN ? -1 : elements.firstNaN(source);
            if (bad >= 0) {
                throw nan(bad);
            }
            elements.read(source);
        } finally {
            guard.exit();
        }
    }

    /**
     * Copies all elements as they are to a buffer's position, in its byte order; the position moves behind them.
     *
     * @throws IllegalArgumentException if the buffer has less room
     */
    public void copyTo(ByteBuffer target) {
        guard.look();
        requireRoom(target.remaining(), spec().bytes(), "bytes");
        elements.write(target);
    }

    /** Sets all elements of an int8 tensor as they are. */
    public void setInt8(byte... values) {
        require(DType.INT8);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.bytes, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int8 tensor as they are. */
    public void copyInt8To(byte[] target) {
        guard.look();
        require(DType.INT8);
        requireSize("target", target.length);
        System.arraycopy(elements.bytes, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of an int32 tensor as they are. */
    public void setInt32(int... values) {
        require(DType.INT32);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.ints, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int32 tensor as they are. */
    public void copyInt32To(int[] target) {
        guard.look();
        require(DType.INT32);
        requireSize("target", target.length);
        System.arraycopy(elements.ints, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of an int16 tensor as they are. */
    public void setInt16(short... values) {
        require(DType.INT16);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.shorts, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int16 tensor as they are. */
    public void copyInt16To(short[] target) {
        guard.look();
        require(DType.INT16);
        requireSize("target", target.length);
        System.arraycopy(elements.shorts, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of a tensor of truth values. */
    public void setBool(boolean... values) {
        require(DType.BOOL);
        requireSize("values", values.length);
        begin();
        for (int i = 0; i < values.length; i++) {
            elements.bytes[elements.offset + i] = (byte) (values[i] ? 1 : 0);
        }
        guard.exit();
    }

    /** Copies all elements of a tensor of truth values. */
    public void copyBoolTo(boolean[] target) {
        guard.look();
        require(DType.BOOL);
        requireSize("target", target.length);
        for (int i = 0; i < target.length; i++) {
            target[i] = elements.bytes[elements.offset + i] != 0;
        }
    }

    // ---- The memory itself

    /**
     * The memory of a float32 tensor, from position 0 to its size; the same object each time. Inputs and states can be written through it, and
     * {@link Interpreter#run} then looks for NaN in them. It serves until {@link Interpreter#resize(java.util.Map)}, on the interpreter's thread.
     */
    public FloatBuffer asFloatBuffer() {
        require(DType.FLOAT32);
        return (FloatBuffer) view();
    }

    /** The memory of an int8 tensor; see {@link #asFloatBuffer}. */
    public ByteBuffer asByteBuffer() {
        require(DType.INT8);
        return (ByteBuffer) view();
    }

    /** The memory of an int32 tensor; see {@link #asFloatBuffer}. */
    public IntBuffer asIntBuffer() {
        require(DType.INT32);
        return (IntBuffer) view();
    }

    /** The memory of an int16 tensor; see {@link #asFloatBuffer}. */
    public ShortBuffer asShortBuffer() {
        require(DType.INT16);
        return (ShortBuffer) view();
    }

    private Buffer view() {
        guard.look();
        shared = refusal == null;
        return elements.view(shared);
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

    // ---- Checks

    private void begin() {
        if (refusal != null) {
            throw new IllegalStateException("tensor '" + name + "' is " + refusal);
        }
        guard.enter();
    }

    private IllegalArgumentException nan(int index) {
        return new IllegalArgumentException("element " + index + " of tensor '" + name
                + "' would be NaN, which spoils all that is computed from it; clean the data, or allow NaN with"
                + " InterpreterOptions.withNaN(true)");
    }

    private void requireReal() {
        if (!elements.isReal()) {
            throw new IllegalStateException("tensor '" + name + "' has quantisation " + spec().quantization()
                    + ", not one scale; use "
                    + (elements.bytes != null
                            ? "setInt8 and copyInt8To"
                            : elements.shorts != null ? "setInt16 and copyInt16To" : "setInt32 and copyInt32To"));
        }
    }

    private void require(DType type) {
        if (spec().type() != type) {
            throw new IllegalStateException("tensor '" + name + "' is " + spec() + ", not "
                    + type.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void requireSize(String what, int length) {
        if (length != size()) {
            throw new IllegalArgumentException("tensor '" + name + "' has shape " + spec().shape() + " = " + size()
                    + " elements, " + what + " has " + length);
        }
    }

    private void requireRoom(int found, long needed, String unit) {
        if (found < needed) {
            throw new IllegalArgumentException("tensor '" + name + "' is " + spec() + " = " + needed + " " + unit
                    + ", the buffer has room for " + found);
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
        return name + ": " + spec();
    }
}
