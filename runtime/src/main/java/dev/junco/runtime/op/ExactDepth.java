package dev.junco.runtime.op;

import dev.junco.runtime.kernel.RowSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the depth of an int8 product into pieces whose partial sums are below 2²⁴ in magnitude, so that float32 holds them exactly: they lie between the sum of all
 * negative products and that of all positive ones, and the weights tell how large these can be.
 */
final class ExactDepth {
    private static final long LIMIT = 1 << 24;

    private ExactDepth() {}

    /** A run of depth indices: where it starts and the left operand's columns that belong to it. */
    record Piece(int firstDepth, RowSource rows) {}

    /**
     * The pieces, in order, whole segments wherever possible.
     *
     * @param inputZeroPoint of the values of {@code a}
     * @param weights {@code [units][depth]} from {@code start}
     * @param zeroPoint of the weights
     */
    static List<Piece> cut(RowSource a, int inputZeroPoint, byte[] weights, int start, int units, int zeroPoint) {
        int depth = a.k();
        long least = -128 - inputZeroPoint;
        long most = 127 - inputZeroPoint;
        if (depth * Math.max(-least, most) * (128 + Math.abs(zeroPoint)) < LIMIT) {
            return List.of(new Piece(0, a));
        }
        List<int[]> bounds = new ArrayList<>();
        long[] lowest = new long[units];
        long[] highest = new long[units];
        int pieceStart = 0;
        for (int p = 0; p < depth; p++) {
            boolean full = false;
            for (int unit = 0; unit < units; unit++) {
                int w = weights[start + unit * depth + p] - zeroPoint;
                lowest[unit] += w > 0 ? w * least : w * most;
                highest[unit] += w > 0 ? w * most : w * least;
                full |= highest[unit] >= LIMIT || lowest[unit] <= -LIMIT;
            }
            if (full) {
                bounds.add(new int[] {pieceStart, p});
                pieceStart = p;
                for (int unit = 0; unit < units; unit++) {
                    int w = weights[start + unit * depth + p] - zeroPoint;
                    lowest[unit] = w > 0 ? w * least : w * most;
                    highest[unit] = w > 0 ? w * most : w * least;
                }
            }
        }
        if (bounds.isEmpty()) {
            return List.of(new Piece(0, a));
        }
        bounds.add(new int[] {pieceStart, depth});
        List<Piece> pieces = new ArrayList<>();
        for (int[] bound : bounds) {
            addAligned(a, bound[0], bound[1], pieces);
        }
        return pieces;
    }

    /** Whether there is one piece, with the zero point of the input and without. */
    static boolean isWhole(RowSource a, int inputZeroPoint, byte[] weights, int start, int units) {
        return cut(a, inputZeroPoint, weights, start, units, 0).size() == 1
                && cut(a, 0, weights, start, units, 0).size() == 1;
    }

    /** Splits [from, to) at segment borders: a left operand has segments of one length. */
    private static void addAligned(RowSource a, int from, int to, List<Piece> pieces) {
        int length = a.segmentLength();
        int at = from;
        while (at < to) {
            int segment = at / length;
            int inside = at % length;
            if (inside == 0 && to - at >= length) {
                int whole = (to - at) / length;
                int[] segments = java.util.Arrays.copyOfRange(a.segments(), segment, segment + whole);
                pieces.add(new Piece(at, source(a, segments, length)));
                at += whole * length;
            } else {
                int run = Math.min(length - inside, to - at);
                pieces.add(new Piece(at, source(a, new int[] {a.segments()[segment] + inside}, run)));
                at += run;
            }
        }
    }

    private static RowSource source(RowSource a, int[] segments, int segmentLength) {
        return new RowSource(a.data(), a.base(), a.rows(), a.rowRun(), a.rowStride(), segments, segmentLength);
    }
}
