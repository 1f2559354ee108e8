package dev.junco.converter.measure;

import dev.junco.converter.Fidelity;
import dev.junco.converter.Samples;
import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Follows the activations of an int8 graph and of its float original. */
public final class FidelityProbe {
    private FidelityProbe() {}

    /**
     * Every int8 activation that has a float original of the same name, in the order of the graph.
     *
     * @param maker makes the model of a graph
     */
    public static List<Fidelity> measure(
            Function<Graph, Model> maker,
            Graph original,
            Graph quantized,
            Samples samples,
            int[] indices,
            int threads) {
        List<Value> before = new ArrayList<>();
        List<Value> after = new ArrayList<>();
        for (Value value : quantized.values()) {
            Value partner = original.value(value.name());
            if (value.type() == DType.INT8
                    && value.role() == Role.ACTIVATION
                    && partner != null
                    && partner.role() == Role.ACTIVATION
                    && partner.type() == DType.FLOAT32) {
                before.add(partner);
                after.add(value);
            }
        }
        if (before.isEmpty()) {
            return List.of();
        }
        return measure(
                new Probe(maker, original, before, samples, 1, threads),
                new Probe(maker, quantized, after, samples, 1, threads),
                before,
                indices);
    }

    private static List<Fidelity> measure(Probe before, Probe after, List<Value> values, int[] indices) {
        double[] signal = new double[values.size()];
        double[] noise = new double[values.size()];
        // One sample at a time, so that both probes show the same elements whatever their batch sizes.
        for (int index : indices) {
            float[][] seen = new float[values.size()][];
            int[] one = {index};
            before.run(one, (i, elements, count) -> seen[i] = Arrays.copyOf(elements, count));
            after.run(one, (i, elements, count) -> {
                for (int j = 0; j < count; j++) {
                    double x = seen[i][j];
                    signal[i] += x * x;
                    noise[i] += (x - elements[j]) * (x - elements[j]);
                }
            });
        }
        List<Fidelity> result = new ArrayList<>();
        for (int i = 0; i < signal.length; i++) {
            double decibels = noise[i] == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal[i] / noise[i]);
            result.add(new Fidelity(values.get(i).name(), decibels));
        }
        return result;
    }
}
