package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.format.Layout.Field;
import dev.junco.runtime.format.Layout.Kind;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Proves that a FlatBuffer has the structure that its layouts tell: every offset, length, table, vtable, string, union and number in
 * its bounds, aligned, and no two objects on the same bytes. After that the generated code cannot leave the buffer. Time is linear in
 * the buffer's size, because every byte is visited as part of at most one object; memory is an eighth of it. Serves once.
 */
final class StructureVerifier {
    private static final int CHARS = 256;
    /** FlatBuffers for Java reads the sizes and offsets of tables as signed 16-bit numbers. */
    private static final int LARGEST_TABLE = Short.MAX_VALUE;

    private final ByteBuffer bytes;
    private final long end;
    private final Claims claims;
    private final FieldPath path = new FieldPath();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(CHARS);

    /** A verifier of the bytes {@code [0, end)}, little-endian. */
    StructureVerifier(ByteBuffer bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        this.claims = new Claims(end);
        // The root offset and the identifier are nobody else's.
        claims.claim(0, Math.min(8, end));
    }

    /** Checks the root table and all that hangs on it. */
    void root(Layout layout) {
        table(target(0), layout);
    }

    private void table(int position, Layout layout) {
        range(position, 4, "table");
        long vtableStart = (long) position - bytes.getInt(position);
        if (vtableStart < 0 || vtableStart % 2 != 0 || vtableStart > end - 4) {
            throw fault(
                    position,
                    layout.name() + " has its vtable at " + vtableStart + ", expected an even position in the " + end
                            + " bytes of the description");
        }
        int vtable = (int) vtableStart;
        int vtableBytes = bytes.getShort(vtable) & 0xffff;
        int tableBytes = bytes.getShort(vtable + 2) & 0xffff;
        long mostVtable = Math.min(LARGEST_TABLE, end - vtable);
        if (vtableBytes < 4 || vtableBytes % 2 != 0 || vtableBytes > mostVtable) {
            throw fault(vtable, "vtable of " + vtableBytes + " bytes, expected an even number from 4 to " + mostVtable);
        }
        long mostTable = Math.min(LARGEST_TABLE, end - position);
        if (tableBytes < 4 || tableBytes > mostTable) {
            throw fault(vtable, "table of " + tableBytes + " bytes, expected 4 to " + mostTable);
        }
        claim(position, tableBytes, "table");
        if (!claims.knowsVtable(vtable)) {
            vtable(vtable, vtableBytes, tableBytes);
        }
        fields(position, vtable, vtableBytes, tableBytes, layout);
    }

    /** Once for each vtable: every entry, those of later versions too, points into the table. */
    private void vtable(int vtable, int vtableBytes, int tableBytes) {
        claim(vtable, vtableBytes, "vtable");
        for (int entry = 4; entry < vtableBytes; entry += 2) {
            int offset = bytes.getShort(vtable + entry) & 0xffff;
            if (offset != 0 && (offset < 4 || offset >= tableBytes)) {
                throw fault(
                        vtable + entry,
                        "vtable entry " + offset + ", expected 0 or an offset from 4 to " + (tableBytes - 1));
            }
        }
    }

    private void fields(int position, int vtable, int vtableBytes, int tableBytes, Layout layout) {
        int tag = 0;
        for (int slot = 0; slot < layout.fields().size(); slot++) {
            Field field = layout.fields().get(slot);
            int entry = 4 + 2 * slot;
            int offset = entry < vtableBytes ? bytes.getShort(vtable + entry) & 0xffff : 0;
            if (field.kind() == Kind.SKIPPED) {
                continue;
            }
            path.enter(field.name());
            if (offset != 0) {
                int at = position + offset;
                if (field.inlineBytes() > tableBytes - offset
                        || at % field.kind().bytes() != 0) {
                    throw fault(
                            at,
                            "field of " + field.inlineBytes() + " bytes at offset " + offset + " of a table of "
                                    + tableBytes + " bytes, expected it inside and aligned to "
                                    + field.kind().bytes());
                }
                if (field.kind() == Kind.TAG) {
                    tag = bytes.get(at) & 0xff;
                } else if (field.kind() == Kind.UNION) {
                    union(at, tag, field);
                } else {
                    field(at, field);
                }
            } else if (field.required() || field.kind() == Kind.UNION && tag != 0) {
                throw fault(position, layout.name() + " lacks this field, which is required");
            }
            path.leave();
        }
    }

    private void field(int at, Field field) {
        switch (field.kind()) {
            case INT32 -> number(at, bytes.getInt(at), field);
            case INT64 -> number(at, bytes.getLong(at), field);
            case CODE -> number(at, bytes.get(at) & 0xff, field);
            case FLOAT32 -> number(at, bytes.getFloat(at), field);
            case STRING -> string(target(at));
            case TABLE -> table(target(at), field.targets().get(0));
            case INT32S -> int32s(target(at), field);
            case FLOAT32S -> float32s(target(at), field);
            case BYTES -> vector(target(at), 1, 1, field.size());
            case STRUCTS -> vector(target(at), field.size(), 8, Integer.MAX_VALUE);
            case STRINGS, TABLES -> objects(target(at), field);
            default -> {
                // A struct holds numbers only; its bytes are the table's own.
            }
        }
    }

    private void union(int at, int tag, Field field) {
        if (tag == 0 || tag > field.targets().size()) {
            throw fault(
                    at,
                    "union of type " + tag + ", expected 1 to "
                            + field.targets().size());
        }
        table(target(at), field.targets().get(tag - 1));
    }

    private void int32s(int vector, Field field) {
        int length = vector(vector, 4, 4, field.size());
        for (int i = 0; i < length; i++) {
            path.index(i);
            number(vector + 4 + 4 * i, bytes.getInt(vector + 4 + 4 * i), field);
        }
    }

    private void float32s(int vector, Field field) {
        int length = vector(vector, 4, 4, field.size());
        for (int i = 0; i < length; i++) {
            path.index(i);
            number(vector + 4 + 4 * i, bytes.getFloat(vector + 4 + 4 * i), field);
        }
    }

    private void objects(int vector, Field field) {
        int length = vector(vector, 4, 4, Integer.MAX_VALUE);
        for (int i = 0; i < length; i++) {
            path.index(i);
            int object = target(vector + 4 + 4 * i);
            if (field.kind() == Kind.STRINGS) {
                string(object);
            } else {
                table(object, field.targets().get(0));
            }
        }
    }

    /** Checks and claims a vector; returns its length. */
    private int vector(int vector, int elementBytes, int alignment, int longest) {
        range(vector, 4, "vector");
        long length = bytes.getInt(vector) & 0xffffffffL;
        if (length > longest) {
            throw fault(vector, "vector of " + length + " elements, expected at most " + longest);
        }
        if ((vector + 4) % alignment != 0) {
            throw fault(
                    vector, "vector whose elements start at " + (vector + 4) + ", expected a multiple of " + alignment);
        }
        range(vector, 4 + length * elementBytes, "vector");
        claim(vector, (int) (4 + length * elementBytes), "vector");
        return (int) length;
    }

    private void string(int string) {
        range(string, 4, "string");
        long length = bytes.getInt(string) & 0xffffffffL;
        range(string, 4 + length + 1, "string");
        int from = string + 4;
        int to = from + (int) length;
        if (bytes.get(to) != 0) {
            throw fault(to, "string ends with byte " + bytes.get(to) + ", expected 0");
        }
        claim(string, 4 + (int) length + 1, "string");
        ByteBuffer encoded = Bytes.slice(bytes, from, to);
        decoder.reset();
        CoderResult result;
        do {
            // Called through Buffer, because CharBuffer's own version is younger than Android API 26.
            ((Buffer) decoded).clear();
            result = decoder.decode(encoded, decoded, true);
            if (result.isError()) {
                throw fault(from + encoded.position(), "bytes that are no UTF-8");
            }
        } while (result.isOverflow());
    }

    private void number(int at, double value, Field field) {
        if (!(value >= field.min() && value <= field.max())) {
            throw fault(at, shown(value) + ", expected " + shown(field.min()) + " to " + shown(field.max()));
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The position of the object that an offset refers to. */
    private int target(int at) {
        long offset = bytes.getInt(at) & 0xffffffffL;
        long target = at + offset;
        if (offset < 4 || offset % 4 != 0 || target >= end) {
            throw fault(
                    at,
                    "offset " + offset + ", expected a multiple of 4 inside the " + end + " bytes of the description");
        }
        return (int) target;
    }

    private void range(int from, long length, String what) {
        if (length > end - from) {
            throw fault(from, what + " of " + length + " bytes, but the description ends after " + (end - from));
        }
    }

    private void claim(int from, int length, String what) {
        if (!claims.claim(from, from + length)) {
            throw fault(from, what + " that shares bytes with another object");
        }
    }

    private ModelFormatException fault(int at, String found) {
        return new ModelFormatException("damaged model at byte " + at + " (" + path + "): found " + found);
    }
}
