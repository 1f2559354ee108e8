package dev.junco.converter;

import java.util.Random;
import java.util.function.ToIntFunction;

/** Normally distributed features, a function of seed and index; labels by any rule. */
public record RandomSamples(int size, int featureCount, long seed, ToIntFunction<float[]> rule) implements Samples {
    /** Without labels. */
    public RandomSamples(int size, int featureCount, long seed) {
        this(size, featureCount, seed, features -> -1);
    }

    @Override
    public void features(int index, float[] target, int offset) {
        float[] features = features(index);
        System.arraycopy(features, 0, target, offset, featureCount);
    }

    public float[] features(int index) {
        Random random = new Random(seed * 1_000_003 + index);
        float[] features = new float[featureCount];
        for (int i = 0; i < featureCount; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }

    @Override
    public int label(int index) {
        return rule.applyAsInt(features(index));
    }
}
