package dev.junco.runtime.format;

import java.nio.ByteBuffer;

/** Positions in the table {@code ModelFile} that the generated code keeps to itself. */
final class RootTable {
    static final int SEAL = 2;
    static final int OPERATOR_KINDS = 5;
    static final int SIGNATURE = 9;

    private RootTable() {}

    /** Position of a field of the root table by its slot, 0 if it is absent. The root table has to be sound. */
    static int field(ByteBuffer bytes, int slot) {
        int table = bytes.getInt(0);
        int vtable = table - bytes.getInt(table);
        int entry = 4 + 2 * slot;
        if (entry >= bytes.getShort(vtable)) {
            return 0;
        }
        int offset = bytes.getShort(vtable + entry);
        return offset == 0 ? 0 : table + offset;
    }
}
