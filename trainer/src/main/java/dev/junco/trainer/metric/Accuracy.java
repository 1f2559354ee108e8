package dev.junco.trainer.metric;

/**
 * Share of samples whose class is right: the largest prediction against the class id or the largest target; with a single output, whether both are on
 * one side of 0.5.
 */
public final class Accuracy implements Metric {
    private long right;
    private long seen;

    /** An accuracy over nothing yet. */
    public Accuracy() {}

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public void reset() {
        right = 0;
        seen = 0;
    }

    @Override
    public void update(float[] predictions, int offset, int width, float[] targets, int targetWidth, int samples) {
        for (int i = 0; i < samples; i++) {
            int at = offset + i * width;
            if (width == 1) {
                right += predictions[at] >= 0.5f == targets[i] >= 0.5f ? 1 : 0;
            } else {
                int wanted = targetWidth == 1 ? (int) targets[i] : largest(targets, i * targetWidth, targetWidth);
                right += largest(predictions, at, width) == wanted ? 1 : 0;
            }
        }
        seen += samples;
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }

    @Override
    public double value() {
        return seen == 0 ? Double.NaN : (double) right / seen;
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }
}
