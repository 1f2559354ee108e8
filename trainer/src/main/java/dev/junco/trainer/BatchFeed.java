package dev.junco.trainer;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.trainer.data.Batches;
import dev.junco.trainer.data.Dataset;

/** Carries batches from a data set into the inputs of a bound graph. Allocates nothing after construction. */
final class BatchFeed {
    private final Dataset data;
    private final int featureCount;
    private final float[] features;
    private final float[] targets;
    private final float[] oneHot;
    private final int targetWidth;
    private int count;

    /**
     * A feed for batches of at most {@code batch} samples.
     *
     * @param target type and shape of the loss's targets for one sample
     */
    BatchFeed(Dataset data, int batch, TensorSpec target) {
        this.data = data;
        this.featureCount = data.featureCount();
        this.features = new float[batch * featureCount];
        this.targets = new float[batch * data.targetWidth()];
        this.targetWidth = target.shape().elements();
        boolean spread = data.isClassification() && target.type() == DType.FLOAT32 && targetWidth > 1;
        this.oneHot = new float[spread ? batch * targetWidth : 0];
    }

    /** Takes the next batch; returns its number of samples. */
    int next(Batches batches) {
        count = batches.next(features, targets);
        for (int i = 0; oneHot.length > 0 && i < count; i++) {
            java.util.Arrays.fill(oneHot, i * targetWidth, (i + 1) * targetWidth, 0f);
            oneHot[i * targetWidth + (int) targets[i]] = 1;
        }
        return count;
    }

    /** Writes the batch into a graph's inputs: float targets. */
    void fill(FloatRef input, FloatRef target) {
        System.arraycopy(features, 0, input.array(), input.offset(), count * featureCount);
        float[] from = oneHot.length > 0 ? oneHot : targets;
        System.arraycopy(from, 0, target.array(), target.offset(), count * targetWidth);
    }

    /** Writes the batch into a graph's inputs: class ids as targets. */
    void fill(FloatRef input, IntRef target) {
        System.arraycopy(features, 0, input.array(), input.offset(), count * featureCount);
        for (int i = 0; i < count; i++) {
            target.array()[target.offset() + i] = (int) targets[i];
        }
    }

    /** The targets as the data set has them, for metrics. */
    float[] targets() {
        return targets;
    }

    /** Numbers of a target as the data set has them. */
    int dataTargetWidth() {
        return data.targetWidth();
    }
}
