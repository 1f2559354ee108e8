package dev.junco.converter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a conversion did and what it cost, measured. {@link #toString} is a table for people.
 *
 * @param precision what was asked for
 * @param before the source, stored as it was given
 * @param after the result
 * @param comparison source and result on the evaluation data, or else on the calibration's; empty without any data
 * @param unseenData whether the comparison is on evaluation data of its own
 * @param fidelity signal-to-noise ratio of the int8 activations; empty for other precisions and without data
 * @param passes names of the rewrites that changed something
 * @param calibrationSamples number of samples that ranges were taken from
 */
public record ConversionReport(
        Precision precision,
        Footprint before,
        Footprint after,
        Optional<Comparison> comparison,
        boolean unseenData,
        List<Fidelity> fidelity,
        List<String> passes,
        int calibrationSamples) {

    /** Lists are copied. */
    public ConversionReport {
        fidelity = List.copyOf(fidelity);
        passes = List.copyOf(passes);
    }

    /**
     * What a model needs.
     *
     * @param fileBytes bytes of its file
     * @param arenaBytes bytes for activations and scratch, with the file's batch size
     * @param multiplyAdds multiply-adds of one sample
     * @param operators number of nodes
     */
    public record Footprint(long fileBytes, long arenaBytes, long multiplyAdds, int operators) {}

    /** Size of the result's file as a share of the source's. */
    public double sizeRatio() {
        return (double) after.fileBytes() / before.fileBytes();
    }

    /** The int8 activations that lost most, worst first. */
    public List<Fidelity> weakest(int most) {
        return fidelity.stream()
                .sorted(Comparator.comparingDouble(Fidelity::decibels))
                .limit(most)
                .toList();
    }

    @Override
    public String toString() {
        return new ReportTable(this).render();
    }
}
