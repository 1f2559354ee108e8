package dev.junco.runtime.format;

import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes one table by slots. FlatBuffers wants what a table refers to before the table begins, so fields are kept until {@link #end}; fields at
 * their defaults are left out.
 */
final class TableBuilder {
    private static final int SLOTS = 17;
    private static final int ABSENT = 0;
    private static final int BYTE = 1;
    private static final int WORD = 4;
    private static final int OFFSET = 5;

    private final FlatBufferBuilder builder;
    private final int[] kinds = new int[SLOTS];
    private final int[] values = new int[SLOTS];
    private int slots;

    TableBuilder(FlatBufferBuilder builder) {
        this.builder = builder;
    }

    private TableBuilder put(int slot, int kind, int value) {
        kinds[slot] = kind;
        values[slot] = value;
        slots = Math.max(slots, slot + 1);
        return this;
    }

    TableBuilder int32(int slot, int value, int absent) {
        return put(slot, value == absent ? ABSENT : WORD, value);
    }

    TableBuilder float32(int slot, float value, float absent) {
        int bits = Float.floatToRawIntBits(value);
        return put(slot, bits == Float.floatToRawIntBits(absent) ? ABSENT : WORD, bits);
    }

    TableBuilder bool(int slot, boolean value) {
        return put(slot, value ? BYTE : ABSENT, 1);
    }

    TableBuilder code(int slot, Enum<?> value) {
        return put(slot, value.ordinal() == 0 ? ABSENT : BYTE, value.ordinal());
    }

    TableBuilder ints(int slot, List<Integer> list) {
        if (list.isEmpty()) {
            return put(slot, ABSENT, 0);
        }
        builder.startVector(4, list.size(), 4);
        for (int i = list.size() - 1; i >= 0; i--) {
            builder.addInt(list.get(i));
        }
        return put(slot, OFFSET, builder.endVector());
    }

    TableBuilder bytes(int slot, ByteBuffer bytes) {
        return bytes.remaining() == 0
                ? put(slot, ABSENT, 0)
                : put(slot, OFFSET, builder.createByteVector(bytes.duplicate()));
    }

    /** Never absent, even if empty. */
    TableBuilder string(int slot, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // A string is a vector of bytes with a zero byte behind it.
        builder.addByte((byte) 0);
        builder.startVector(1, utf8.length, 1);
        for (int i = utf8.length - 1; i >= 0; i--) {
            builder.addByte(utf8[i]);
        }
        return put(slot, OFFSET, builder.endVector());
    }

    TableBuilder padding(int slot, Padding padding) {
        boolean explicit = padding.mode() == Padding.Mode.EXPLICIT;
        int table = new TableBuilder(builder)
                .code(0, padding.mode())
                .int32(1, explicit ? padding.top() : 0, 0)
                .int32(2, explicit ? padding.bottom() : 0, 0)
                .int32(3, explicit ? padding.left() : 0, 0)
                .int32(4, explicit ? padding.right() : 0, 0)
                .end();
        return put(slot, OFFSET, table);
    }

    TableBuilder function(int slot, ScalarFunction function) {
        int table = new TableBuilder(builder)
                .code(0, function.kind())
                .float32(1, function.alpha(), 0)
                .float32(2, function.beta(), 0)
                .end();
        return put(slot, OFFSET, table);
    }

    /** Offset of the finished table: large fields first, as they need no gaps then. */
    int end() {
        builder.startTable(slots);
        for (int slot = slots - 1; slot >= 0; slot--) {
            if (kinds[slot] == WORD) {
                builder.addInt(values[slot]);
                builder.slot(slot);
            } else if (kinds[slot] == OFFSET) {
                builder.addOffset(slot, values[slot], 0);
            }
        }
        for (int slot = slots - 1; slot >= 0; slot--) {
            if (kinds[slot] == BYTE) {
                builder.addByte((byte) values[slot]);
                builder.slot(slot);
            }
        }
        return builder.endTable();
    }
}
