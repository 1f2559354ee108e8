package dev.junco.converter.measure;

import dev.junco.converter.Samples;

/** Which samples are used. */
public final class Choice {
    private Choice() {}

    /** Indices of at most {@code most} samples, spread evenly over all. */
    public static int[] spread(Samples samples, int most) {
        int count = Math.min(samples.size(), most);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = (int) ((long) i * samples.size() / count);
        }
        return indices;
    }
}
