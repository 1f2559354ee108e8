package dev.junco.trainer.initializer;

import dev.junco.trainer.data.Random64;

/** Random weights of a variance that keeps signals the same size from layer to layer: scale / fan. */
final class VarianceScaling {
    /** What the variance is divided by. */
    enum Fan {
        IN,
        AVERAGE
    }

    /** Standard deviation of a standard normal that is cut at ±2. */
    private static final double CUT_DEVIATION = 0.87962566103423978;

    private VarianceScaling() {}

    static Initializer uniform(double scale, Fan fan) {
        return (count, fanIn, fanOut, random) -> {
            double limit = Math.sqrt(3 * variance(scale, fan, fanIn, fanOut));
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
            }
            return values;
        };
    }

    static Initializer normal(double scale, Fan fan) {
        return (count, fanIn, fanOut, random) -> {
            double deviation = Math.sqrt(variance(scale, fan, fanIn, fanOut)) / CUT_DEVIATION;
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) (cutGaussian(random) * deviation);
            }
            return values;
        };
    }

    private static double variance(double scale, Fan fan, int fanIn, int fanOut) {
        return scale / Math.max(1, fan == Fan.IN ? fanIn : (fanIn + fanOut) / 2.0);
    }

    private static double cutGaussian(Random64 random) {
        double value = random.nextGaussian();
        while (Math.abs(value) > 2) {
            value = random.nextGaussian();
        }
        return value;
    }
}
