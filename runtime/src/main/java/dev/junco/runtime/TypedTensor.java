package dev.junco.runtime;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** The part of a {@link Tensor} that takes and gives elements as they are, and all its checks. */
abstract class TypedTensor {
    final String name;
    final Guard guard;
    final boolean acceptsNaN;
    Elements elements;
    private final String refusal;
    /** Whether somebody may write the elements without our knowing. */
    private boolean shared;

    TypedTensor(String name, Elements elements, Guard guard, String refusal, boolean acceptsNaN) {
        this.name = name;
        this.elements = elements;
        this.guard = guard;
        this.refusal = refusal;
        this.acceptsNaN = acceptsNaN;
    }

    /** Puts this tensor over other elements, after the interpreter was resized. */
    final void place(Elements other) {
        elements = other;
    }

    /** Where the elements lie now. */
    final Elements elements() {
        return elements;
    }

    /** Throws if elements that were written through a view are NaN. */
    final void checkShared() {
        if (shared && !acceptsNaN) {
            int bad = elements.firstNaN();
            if (bad >= 0) {
                throw nan(bad);
            }
        }
    }

    /** The tensor's name in the model. */
    public final String name() {
        return name;
    }

    /** Type, shape and scale. The shape may change in {@link Interpreter#resize(java.util.Map)}. */
    public final TensorSpec spec() {
        return elements.spec;
    }

    /** Number of elements. */
    public final int size() {
        return elements.size;
    }

    // ---- Elements as they are

    /**
     * Sets all elements from the remaining bytes of a buffer: elements of this tensor's own type in the buffer's byte order, as they are. Its
     * position moves behind them.
     *
     * @throws IllegalArgumentException if as many bytes do not remain, or an element is NaN
     */
    public final void set(ByteBuffer source) {
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
    public final void copyTo(ByteBuffer target) {
        guard.look();
        requireRoom(target.remaining(), spec().bytes(), "bytes");
        elements.write(target);
    }

    /** Sets all elements of an int8 tensor as they are. */
    public final void setInt8(byte... values) {
        require(DType.INT8);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.bytes, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int8 tensor as they are. */
    public final void copyInt8To(byte[] target) {
        guard.look();
        require(DType.INT8);
        requireSize("target", target.length);
        System.arraycopy(elements.bytes, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of an int32 tensor as they are. */
    public final void setInt32(int... values) {
        require(DType.INT32);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.ints, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int32 tensor as they are. */
    public final void copyInt32To(int[] target) {
        guard.look();
        require(DType.INT32);
        requireSize("target", target.length);
        System.arraycopy(elements.ints, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of an int16 tensor as they are. */
    public final void setInt16(short... values) {
        require(DType.INT16);
        requireSize("values", values.length);
        begin();
        System.arraycopy(values, 0, elements.shorts, elements.offset, values.length);
        guard.exit();
    }

    /** Copies all elements of an int16 tensor as they are. */
    public final void copyInt16To(short[] target) {
        guard.look();
        require(DType.INT16);
        requireSize("target", target.length);
        System.arraycopy(elements.shorts, elements.offset, target, 0, target.length);
    }

    /** Sets all elements of a tensor of truth values. */
    public final void setBool(boolean... values) {
        require(DType.BOOL);
        requireSize("values", values.length);
        begin();
        for (int i = 0; i < values.length; i++) {
            elements.bytes[elements.offset + i] = (byte) (values[i] ? 1 : 0);
        }
        guard.exit();
    }

    /** Copies all elements of a tensor of truth values. */
    public final void copyBoolTo(boolean[] target) {
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
    public final FloatBuffer asFloatBuffer() {
        require(DType.FLOAT32);
        return (FloatBuffer) view();
    }

    /** The memory of an int8 tensor; see {@link #asFloatBuffer}. */
    public final ByteBuffer asByteBuffer() {
        require(DType.INT8);
        return (ByteBuffer) view();
    }

    /** The memory of an int32 tensor; see {@link #asFloatBuffer}. */
    public final IntBuffer asIntBuffer() {
        require(DType.INT32);
        return (IntBuffer) view();
    }

    /** The memory of an int16 tensor; see {@link #asFloatBuffer}. */
    public final ShortBuffer asShortBuffer() {
        require(DType.INT16);
        return (ShortBuffer) view();
    }

    private Buffer view() {
        guard.look();
        shared = refusal == null;
        return elements.view(shared);
    }

    // ---- Checks

    final void begin() {
        if (refusal != null) {
            throw new IllegalStateException("tensor '" + name + "' is " + refusal);
        }
        guard.enter();
    }

    final IllegalArgumentException nan(int index) {
        return new IllegalArgumentException("element " + index + " of tensor '" + name
                + "' would be NaN, which spoils all that is computed from it; clean the data, or allow NaN with"
                + " InterpreterOptions.withNaN(true)");
    }

    final void requireReal() {
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

    final void requireSize(String what, int length) {
        if (length != size()) {
            throw new IllegalArgumentException("tensor '" + name + "' has shape " + spec().shape() + " = " + size()
                    + " elements, " + what + " has " + length);
        }
    }

    final void requireRoom(int found, long needed, String unit) {
        if (found < needed) {
            throw new IllegalArgumentException("tensor '" + name + "' is " + spec() + " = " + needed + " " + unit
                    + ", the buffer has room for " + found);
        }
    }

    final void requireRange(int first, int count) {
        if (first < 0 || count < 0 || first > size() - count) {
            throw new IndexOutOfBoundsException(
                    "tensor '" + name + "' has " + size() + " elements; " + count + " from " + first + " lie outside");
        }
    }

    @Override
    public final String toString() {
        return name + ": " + spec();
    }
}
