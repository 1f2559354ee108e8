package dev.junco.converter;

/**
 * Two models on the same samples, the source and the result of a conversion. Differences are over all outputs; quality is judged by the first output.
 *
 * @param samples number of samples
 * @param metric what {@code before} and {@code after} are
 * @param before quality of the source; NaN without labels and targets
 * @param after quality of the result; NaN without labels and targets
 * @param agreement share of samples that both models put into the same class; 1 for regressions
 * @param worst largest absolute difference of two outputs
 * @param mean mean absolute difference of two outputs
 */
public record Comparison(
        int samples, Metric metric, double before, double after, double agreement, double worst, double mean) {

    /**
     * What the result lost: of an accuracy the difference (0.01 is one point), of a mean squared error its relative growth; below 0 where the
     * result is better, NaN where nothing could be judged.
     */
    public double drop() {
        return switch (metric) {
            case ACCURACY -> before - after;
            case SQUARED_ERROR -> after == before ? 0 : after / before - 1;
            case NONE -> Double.NaN;
        };
    }
}
