package dev.junco.converter;

import dev.junco.converter.ConversionReport.Footprint;
import java.util.Locale;

/** The report of a conversion as text: a table of sizes, then what the answers lost. */
final class ReportTable {
    private static final int WEAKEST = 3;

    private final ConversionReport report;
    private final StringBuilder text = new StringBuilder();

    ReportTable(ConversionReport report) {
        this.report = report;
    }

    String render() {
        Footprint before = report.before();
        Footprint after = report.after();
        line("%-24s %14s %14s", "conversion to " + report.result(), "before", "after");
        sizes("file, bytes", before.fileBytes(), after.fileBytes());
        sizes("arena, bytes", before.arenaBytes(), after.arenaBytes());
        sizes("multiply-adds", before.multiplyAdds(), after.multiplyAdds());
        line("%-24s %,14d %,14d", "operators", before.operators(), after.operators());
        report.comparison().ifPresent(this::answers);
        report.comparisons().forEach(this::signature);
        if (report.calibrationSamples() > 0) {
            line("%-24s %,14d samples", "calibrated on", report.calibrationSamples());
        }
        if (!report.fidelity().isEmpty()) {
            StringBuilder weakest = new StringBuilder();
            for (Fidelity layer : report.weakest(WEAKEST)) {
                weakest.append(weakest.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%s %.1f dB", layer.value(), layer.decibels()));
            }
            line("%-24s %s", "weakest activations", weakest);
        }
        report.float32().forEach((operator, reason) -> line("%-24s %s: %s", "stays float32", operator, reason));
        if (!report.passes().isEmpty()) {
            line("%-24s %s", "rewrites", String.join(", ", report.passes()));
        }
        return text.toString();
    }

    private void sizes(String label, long before, long after) {
        line("%-24s %,14d %,14d %8.1f %%", label, before, after, before == 0 ? 100.0 : 100.0 * after / before);
    }

    private void answers(Comparison comparison) {
        switch (comparison.metric()) {
            case ACCURACY ->
                line(
                        "%-24s %12.2f %% %12.2f %% %+8.2f points",
                        "accuracy", 100 * comparison.before(), 100 * comparison.after(), 0.0 - 100 * comparison.drop());
            case SQUARED_ERROR ->
                line(
                        "%-24s %14.6g %14.6g %+8.2f %%",
                        "mean squared error", comparison.before(), comparison.after(), 100 * comparison.drop());
            case NONE -> line("%-24s %14s %14s", "accuracy", "no labels", "");
        }
        line(
                "%-24s %,14d %s",
                "evaluated on", comparison.samples(), report.unseenData() ? "samples" : "samples of the calibration");
        if (comparison.metric() != Metric.SQUARED_ERROR) {
            line("%-24s %12.2f %%", "same answer", 100 * comparison.agreement());
        }
        line("%-24s %14.6g worst, %.6g mean", "output difference", comparison.worst(), comparison.mean());
    }

    /** The other signatures in short. */
    private void signature(String name, Comparison comparison) {
        if (report.comparisons().size() > 1) {
            line(
                    "%-24s %.6g worst, %.6g mean difference, %.2f %% same answer",
                    "signature " + name, comparison.worst(), comparison.mean(), 100 * comparison.agreement());
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
