package dev.junco.converter;

import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A finished conversion: the new model and what was measured. Immutable and thread-safe.
 *
 * @param model the converted model
 * @param report what was measured
 * @param maxDrop largest drop that {@link #write} accepts (see {@link Comparison#drop}); infinite for no limit
 */
public record Conversion(Model model, ConversionReport report, double maxDrop) {
    /** What rounding may add to a drop that is exactly the limit. */
    private static final double ROUNDING = 1e-9;

    /** Whether the result lost no more than was allowed. */
    public boolean isAcceptable() {
        return offending().isEmpty();
    }

    /** The first signature that lost more than was allowed. */
    private Optional<Map.Entry<String, Comparison>> offending() {
        return report.comparisons().entrySet().stream()
                .filter(signature -> signature.getValue().drop() > maxDrop + ROUNDING)
                .findFirst();
    }

    /** Bytes of the file. */
    public byte[] toBytes() {
        return ModelWriter.toBytes(model.content());
    }

    /**
     * Writes the model, first to another name, then renamed: the path never holds half a model.
     *
     * @throws AccuracyDropException if the result lost more than was allowed; nothing is written
     */
    public void write(Path path) {
        offending().ifPresent(signature -> {
            throw new AccuracyDropException(refusal(signature.getKey(), signature.getValue()), report);
        });
        ModelWriter.write(model.content(), path);
    }

    private String refusal(String signature, Comparison comparison) {
        boolean points = comparison.metric() == Metric.ACCURACY;
        return String.format(
                Locale.ROOT,
                points
                        ? "conversion to %s%s lowers the accuracy from %.2f %% to %.2f %%, by %.2f points where at most"
                                + " %.2f are allowed; nothing was written"
                        : "conversion to %s%s raises the mean squared error from %.6g to %.6g, by %.2f %% where at most"
                                + " %.2f %% are allowed; nothing was written",
                report.precision(),
                report.comparisons().size() > 1 ? " of signature '" + signature + "'" : "",
                comparison.before() * (points ? 100 : 1),
                comparison.after() * (points ? 100 : 1),
                comparison.drop() * 100,
                maxDrop * 100);
    }
}
