package dev.junco.trainer.initializer;

import dev.junco.trainer.data.Random64;

/** Where weights start. Stateless: the same generator gives the same weights. */
@FunctionalInterface
public interface Initializer {
    /** All 0: for biases. */
    Initializer ZEROS = (count, fanIn, fanOut, random) -> new float[count];

    /** All 1: for scales. */
    Initializer ONES = (count, fanIn, fanOut, random) -> filled(count, 1);

    /** Normal, variance 1 / fanIn (LeCun et al. 1998, "Efficient BackProp"); cut at two standard deviations. */
    Initializer LECUN_NORMAL = VarianceScaling.normal(1, VarianceScaling.Fan.IN);

    /** Uniform, variance 1 / fanIn. */
    Initializer LECUN_UNIFORM = VarianceScaling.uniform(1, VarianceScaling.Fan.IN);

    /** Normal, variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010, also called Xavier); cut at two standard deviations. */
    Initializer GLOROT_NORMAL = VarianceScaling.normal(1, VarianceScaling.Fan.AVERAGE);

    /** Uniform on ±√(6 / (fanIn + fanOut)), variance 2 / (fanIn + fanOut). */
    Initializer GLOROT_UNIFORM = VarianceScaling.uniform(1, VarianceScaling.Fan.AVERAGE);

    /** Normal, variance 2 / fanIn (He et al. 2015, for rectifiers); cut at two standard deviations. */
    Initializer HE_NORMAL = VarianceScaling.normal(2, VarianceScaling.Fan.IN);

    /** Uniform, variance 2 / fanIn. */
    Initializer HE_UNIFORM = VarianceScaling.uniform(2, VarianceScaling.Fan.IN);

    /**
     * Makes the elements of a weight tensor.
     *
     * @param count number of elements
     * @param fanIn values that enter one unit
     * @param fanOut values that one input reaches
     * @param random source of all randomness
     */
    float[] create(int count, int fanIn, int fanOut, Random64 random);

    /** All elements {@code value}. */
    static Initializer constant(float value) {
        return (count, fanIn, fanOut, random) -> filled(count, value);
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
