package dev.junco.trainer.metric;

/** Mean of |prediction − target| over all outputs of all samples. */
public final class MeanAbsoluteError implements Metric {
    private double sum;
    private long count;

    /** An error over nothing yet. */
    public MeanAbsoluteError() {}

    @Override
    public String name() {
        return "mean_absolute_error";
    }

    @Override
    public void reset() {
        sum = 0;
        count = 0;
    }

    @Override
    public void update(float[] predictions, int offset, int width, float[] targets, int targetWidth, int samples) {
        if (width != targetWidth) {
            throw new IllegalArgumentException("the network predicts " + width + " numbers a sample, the data has "
                    + targetWidth + "; a mean absolute error needs as many");
        }
        for (int i = 0; i < samples * width; i++) {
            sum += Math.abs((double) predictions[offset + i] - targets[i]);
        }
        count += (long) samples * width;
    }

    @Override
    public double value() {
        return count == 0 ? Double.NaN : sum / count;
    }

    @Override
    public boolean largerIsBetter() {
        return false;
    }
}
