package dev.junco.trainer.op;

import java.util.Arrays;

/**
 * The positions {@code first, first + stride, …} along one axis of a strided window's input. All of them are read by the same filter cells:
 * position {@code first + j · stride} by cell {@code cells[t]} of the window at {@code j + offsets[t]}. So the transposed convolution of
 * each phase is an ordinary one without stride.
 *
 * @param first position
 * @param count of positions
 * @param cells along the axis, descending
 * @param offsets ascending
 */
record Phase(int first, int count, int[] cells, int[] offsets) {
    /** The phases along an axis of {@code input} positions. */
    static Phase[] of(int input, int kernel, int stride, int dilation, int pad) {
        Phase[] phases = new Phase[Math.min(stride, input)];
        for (int first = 0; first < phases.length; first++) {
            int[] cells = new int[kernel];
            int[] offsets = new int[kernel];
            int n = 0;
            for (int cell = kernel - 1; cell >= 0; cell--) {
                int at = first + pad - cell * dilation;
                if (Math.floorMod(at, stride) == 0) {
                    cells[n] = cell;
                    offsets[n++] = at / stride;
                }
            }
            int count = (input - first + stride - 1) / stride;
            phases[first] = new Phase(first, count, Arrays.copyOf(cells, n), Arrays.copyOf(offsets, n));
        }
        return phases;
    }

    /** Windows before the first one that the phases refer to. */
    static int before(Phase[] phases) {
        int least = 0;
        for (Phase phase : phases) {
            for (int offset : phase.offsets) {
                least = Math.min(least, offset);
            }
        }
        return -least;
    }

    /** End of the windows that the phases refer to. */
    static int end(Phase[] phases) {
        int most = 1;
        for (Phase phase : phases) {
            for (int offset : phase.offsets) {
                most = Math.max(most, offset + phase.count);
            }
        }
        return most;
    }

    /** Whether the offsets are neighbours. */
    boolean isRun() {
        for (int t = 1; t < offsets.length; t++) {
            if (offsets[t] != offsets[t - 1] + 1) {
                return false;
            }
        }
        return true;
    }
}
