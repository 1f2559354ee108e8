package dev.junco.converter;

import dev.junco.converter.measure.BatchRunner;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a conversion did and what it cost, measured. {@link #toString} is a table for people.
 *
 * @param precision what was asked for
 * @param result what the numbers of the result are: the same, or where that is float32, what a quantised source had already
 * @param before the source, stored as it was given
 * @param after the result
 * @param comparisons source and result of each signature on the evaluation data, or else on the calibration's; without those that there are no data for
 * @param unseenData whether the comparison is on evaluation data of its own
 * @param fidelity signal-to-noise ratio of the int8 activations; empty for other precisions and without data
 * @param passes names of the rewrites that changed something
 * @param calibrationSamples number of samples that ranges were taken from
 * @param float32 operators of an int8 model that still compute in float32, each with the reason
 */
public record ConversionReport(
        Precision precision,
        String result,
        Footprint before,
        Footprint after,
        Map<String, Comparison> comparisons,
        boolean unseenData,
        List<Fidelity> fidelity,
        List<String> passes,
        int calibrationSamples,
        Map<String, String> float32) {

    /** Lists are copied. */
    public ConversionReport {
        fidelity = List.copyOf(fidelity);
        passes = List.copyOf(passes);
        comparisons = Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
        float32 = Collections.unmodifiableMap(new LinkedHashMap<>(float32));
    }

    /** Source and result of the first signature that there are data for; empty without any. */
    public Optional<Comparison> comparison() {
        return comparisons.values().stream().findFirst();
    }

    /**
     * What a model needs.
     *
     * @param fileBytes bytes of its file
     * @param arenaBytes bytes for activations and scratch, with the file's batch size; of the signature that needs most
     * @param multiplyAdds multiply-adds of one sample, of all signatures together
     * @param operators number of nodes, of all signatures together
     */
    public record Footprint(long fileBytes, long arenaBytes, long multiplyAdds, int operators) {
        static Footprint of(Model model, long fileBytes) {
            long arena = 0;
            long multiplyAdds = 0;
            int operators = 0;
            for (int i = 0; i < model.signatures().size(); i++) {
                Graph graph = model.content().signatures().get(i);
                Model part = Model.of(List.of(graph), Metadata.EMPTY, model.operators());
                arena = Math.max(arena, part.arenaBytes());
                multiplyAdds += BatchRunner.multiplyAdds(part);
                operators += graph.nodes().size();
            }
            return new Footprint(fileBytes, arena, multiplyAdds, operators);
        }
    }

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
