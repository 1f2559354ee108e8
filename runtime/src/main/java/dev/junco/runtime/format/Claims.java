package dev.junco.runtime.format;

/**
 * The bytes of a description that belong to an object already met. That no byte has two owners bounds the work on any file by its
 * length, whatever its offsets say.
 */
final class Claims {
    /** Objects start at even positions, so a bit stands for two bytes. */
    private static final int GRANULE_BITS = 1;

    private final long[] taken;
    private final long[] vtables;

    Claims(int bytes) {
        int words = (bytes >> GRANULE_BITS + 6) + 1;
        taken = new long[words];
        vtables = new long[words];
    }

    /** Takes the bytes {@code [from, to)}, an even position and a later one; false if one of them is taken already. */
    boolean claim(int from, int to) {
        int first = from >> GRANULE_BITS;
        int last = to - 1 >> GRANULE_BITS;
        for (int word = first >> 6; word <= last >> 6; word++) {
            long mask = -1L;
            if (word == first >> 6) {
                mask &= -1L << first;
            }
            if (word == last >> 6) {
                mask &= -1L >>> ~last;
            }
            if ((taken[word] & mask) != 0) {
                return false;
            }
            taken[word] |= mask;
        }
        return true;
    }

    /** Whether a vtable was met at an even position; from now on it was. */
    boolean knowsVtable(int position) {
        int granule = position >> GRANULE_BITS;
        boolean known = (vtables[granule >> 6] >>> granule & 1) != 0;
        vtables[granule >> 6] |= 1L << granule;
        return known;
    }
}
