package dev.junco.trainer;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Random64;

/** Small data sets that a network can learn in a moment. */
public final class Toy {
    private Toy() {}

    /** Points around {@code classes} centres in four dimensions. */
    public static Dataset clusters(int samples, int classes, long seed) {
        Random64 random = new Random64(seed);
        float[] features = new float[samples * 4];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = random.nextInt(classes);
            for (int j = 0; j < 4; j++) {
                features[4 * i + j] = (float) (Math.cos(1.7 * labels[i] + 2.1 * j) * 2 + 0.4 * random.nextGaussian());
            }
        }
        return Dataset.classification(features, Shape.of(4), labels, classes);
    }

    /** Images of 8×8 pixels with a bright bar, upright (class 0) or lying (class 1). */
    public static Dataset bars(int samples, long seed) {
        Random64 random = new Random64(seed);
        float[] features = new float[samples * 64];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = random.nextInt(2);
            int at = random.nextInt(8);
            for (int j = 0; j < 64; j++) {
                boolean bar = labels[i] == 0 ? j % 8 == at : j / 8 == at;
                features[64 * i + j] = (bar ? 1 : 0) + 0.2f * (float) random.nextGaussian();
            }
        }
        return Dataset.classification(features, Shape.of(8, 8, 1), labels, 2);
    }

    /** y = 3·x₀ − 2·x₁ + 1. */
    public static Dataset line(int samples, long seed) {
        Random64 random = new Random64(seed);
        float[] features = new float[samples * 2];
        float[] targets = new float[samples];
        for (int i = 0; i < samples; i++) {
            features[2 * i] = (float) random.nextGaussian();
            features[2 * i + 1] = (float) random.nextGaussian();
            targets[i] = 3 * features[2 * i] - 2 * features[2 * i + 1] + 1;
        }
        return Dataset.regression(features, Shape.of(2), targets, 1);
    }
}
