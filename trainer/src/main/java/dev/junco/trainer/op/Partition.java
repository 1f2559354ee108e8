package dev.junco.trainer.op;

/**
 * A range in parts of nearly equal length. Sums are taken part by part and then added in the order of the parts; the number of parts
 * depends on sizes only, so the sum does not depend on the number of threads.
 *
 * @param length of the range
 * @param parts how many, at least 1
 */
record Partition(int length, int parts) {
    private static final int MOST = 8;

    /** At most {@value #MOST} parts of at least {@code least} each. */
    static Partition of(int length, int least) {
        return new Partition(length, Math.max(1, Math.min(MOST, length / least)));
    }

    /** Where a part begins; {@code start(parts)} is the end. */
    int start(int part) {
        return (int) ((long) length * part / parts);
    }
}
