package dev.junco.converter.quantize;

import dev.junco.converter.ConversionException;
import dev.junco.converter.RangeMethod;
import dev.junco.converter.Samples;
import dev.junco.converter.measure.Probe;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ranges of activations of a float graph over calibration samples. Immutable once made. */
final class Calibration {
    /** One value in so many is left out at each end by {@link RangeMethod#PERCENTILE}. */
    private static final double TAIL = 1e-4;

    private static final int BATCH = 32;

    private final Map<Value, Range> extremes = new IdentityHashMap<>();
    private final Map<Value, Range> chosen = new IdentityHashMap<>();

    private Calibration() {}

    /**
     * Runs the samples: once for the extremes and, where the method needs one, once more for histograms between them.
     *
     * @param maker makes the model of a graph
     * @param watched inputs and activations of the graph
     * @throws ConversionException if an activation is NaN or infinite
     */
    static Calibration of(
            Function<Graph, Model> maker,
            Graph graph,
            List<Value> watched,
            Samples samples,
            int[] indices,
            RangeMethod method,
            int threads) {
        Calibration result = new Calibration();
        Probe probe = new Probe(maker, graph, watched, samples, BATCH, threads);
        double[] lo = new double[watched.size()];
        double[] hi = new double[watched.size()];
        probe.run(indices, (index, elements, count) -> {
            for (int i = 0; i < count; i++) {
                requireFinite(elements[i], watched.get(index));
                lo[index] = Math.min(lo[index], elements[i]);
                hi[index] = Math.max(hi[index], elements[i]);
            }
        });
        for (int i = 0; i < lo.length; i++) {
            result.extremes.put(watched.get(i), new Range(lo[i], hi[i]));
        }
        result.chosen.putAll(result.extremes);
        if (method != RangeMethod.MIN_MAX) {
            result.choose(probe, watched, indices, method);
        }
        return result;
    }

    private static void requireFinite(float element, Value value) {
        if (!Float.isFinite(element)) {
            throw new ConversionException("'" + value.name() + "' becomes " + element
                    + " on the calibration data; look for NaN in the data, or for a network that has diverged");
        }
    }

    private void choose(Probe probe, List<Value> watched, int[] indices, RangeMethod method) {
        Histogram[] histograms = new Histogram[watched.size()];
        for (int i = 0; i < histograms.length; i++) {
            Range extreme = extremes.get(watched.get(i));
            histograms[i] = extreme.width() > 0 ? new Histogram(extreme) : null;
        }
        probe.run(indices, (index, elements, count) -> {
            if (histograms[index] != null) {
                histograms[index].add(elements, count);
            }
        });
        for (int i = 0; i < histograms.length; i++) {
            if (histograms[i] != null) {
                Range range = method == RangeMethod.PERCENTILE
                        ? histograms[i].percentile(TAIL)
                        : histograms[i].leastSquares();
                chosen.put(watched.get(i), range);
            }
        }
    }

    /** From the smallest to the largest value seen. */
    Range extremes(Value value) {
        return extremes.get(value);
    }

    /** By the chosen method. */
    Range range(Value value) {
        return chosen.get(value);
    }
}
