package dev.junco.trainer.data;

import java.util.Arrays;

/**
 * Fits normalisations to values that come row by row; position {@code i} of a row belongs to column
 * {@code i % columns}. Sums run in double precision and in the order of the samples.
 *
 * @param rows number of samples
 * @param rowLength number of values of each sample
 * @param columns number of pairs to fit; divides {@code rowLength}
 * @param source gives the rows
 */
record NormalizationFit(int rows, int rowLength, int columns, Rows source) {
    /** A deviation below this part of the mean is nothing but rounding. */
    private static final double FLOAT_ROUNDING = 0x1p-24;

    /** Writes a row to a buffer. */
    interface Rows {
        void copy(int row, float[] buffer, int offset);
    }

    NormalizationFit {
        if (rows == 0 || rowLength == 0) {
            throw new DataException("A normalisation cannot be fitted to a data set without "
                    + (rows == 0 ? "samples." : "numbers as targets."));
        }
    }

    static NormalizationFit ofFeatures(Dataset data, Normalization.Axis axis) {
        Dataset raw = data.normalized(Normalization.none());
        int columns = axis.columns(data.featureShape());
        return new NormalizationFit(data.size(), data.featureCount(), columns, raw::copyFeatures);
    }

    static NormalizationFit ofTargets(Dataset data) {
        int width = data.isClassification() ? 0 : data.targetWidth();
        if (width == 0) {
            return new NormalizationFit(data.size(), 0, 0, null);
        }
        return new NormalizationFit(
                data.size(), width, width, data.normalizedTargets(Normalization.none())::copyTargets);
    }

    /** Two passes, because a sum of squares loses digits where the mean is far from 0. */
    Normalization standardize() {
        double[] mean = new double[columns];
        double[] variance = new double[columns];
        double count = (double) rows * (rowLength / columns);
        float[] row = new float[rowLength];
        for (int r = 0; r < rows; r++) {
            source.copy(r, row, 0);
            for (int i = 0, k = 0; i < rowLength; i++, k = next(k)) {
                mean[k] += row[i];
            }
        }
        for (int k = 0; k < columns; k++) {
            mean[k] /= count;
        }
        for (int r = 0; r < rows; r++) {
            source.copy(r, row, 0);
            for (int i = 0, k = 0; i < rowLength; i++, k = next(k)) {
                double distance = row[i] - mean[k];
                variance[k] += distance * distance;
            }
        }
        float[] means = new float[columns];
        float[] scales = new float[columns];
        for (int k = 0; k < columns; k++) {
            double deviation = Math.sqrt(variance[k] / count);
            means[k] = (float) mean[k];
            scales[k] = inverse(deviation > Math.abs(mean[k]) * FLOAT_ROUNDING ? deviation : 0);
        }
        return new Normalization(Normalization.Kind.STANDARDIZE, means, scales);
    }

    Normalization minMax() {
        float[] least = new float[columns];
        float[] most = new float[columns];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        float[] row = new float[rowLength];
        for (int r = 0; r < rows; r++) {
            source.copy(r, row, 0);
            for (int i = 0, k = 0; i < rowLength; i++, k = next(k)) {
                least[k] = Math.min(least[k], row[i]);
                most[k] = Math.max(most[k], row[i]);
            }
        }
        float[] scales = new float[columns];
        for (int k = 0; k < columns; k++) {
            scales[k] = inverse((double) most[k] - least[k]);
        }
        return new Normalization(Normalization.Kind.MIN_MAX, least, scales);
    }

    /** The column after {@code k}; a remainder for each value would take most of the time. */
    private int next(int k) {
        return k + 1 == columns ? 0 : k + 1;
    }

    /** 1 / x, or 1 for a column that never changes or changes by less than a float can scale. */
    private static float inverse(double x) {
        float scale = (float) (1 / x);
        return Float.isFinite(scale) && scale != 0 ? scale : 1;
    }
}
