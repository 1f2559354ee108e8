package dev.junco.trainer;

import java.util.Map;

/**
 * What a network achieves on data.
 *
 * @param values loss and metrics by name
 * @param predictions {@code [samples, width]}, row by row
 * @param width numbers predicted for a sample
 */
public record Evaluation(Map<String, Double> values, float[] predictions, int width) {
    /** The index of the largest prediction of a sample. */
    public int predictedClass(int sample) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = predictions[sample * width + i] > predictions[sample * width + best] ? i : best;
        }
        return best;
    }
}
