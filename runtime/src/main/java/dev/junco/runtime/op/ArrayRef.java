package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Value;

/**
 * Where a tensor of any type lies, for operators that move elements without looking at them.
 *
 * @param array a float[], byte[], int[] or short[]
 * @param offset of the first element
 */
record ArrayRef(Object array, int offset) {
    /** The place of a value. */
    static ArrayRef of(Binding binding, Value value) {
        switch (binding.isWidened(value) ? DType.FLOAT32 : value.type()) {
            case FLOAT32:
                FloatRef floats = binding.floats(value);
                return new ArrayRef(floats.array(), floats.offset());
            case INT32:
                IntRef ints = binding.ints(value);
                return new ArrayRef(ints.array(), ints.offset());
            case INT16:
                ShortRef shorts = binding.shorts(value);
                return new ArrayRef(shorts.array(), shorts.offset());
            default:
                ByteRef bytes = binding.bytes(value);
                return new ArrayRef(bytes.array(), bytes.offset());
        }
    }
}
