package dev.junco.converter;

import dev.junco.converter.measure.BatchRunner;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.measure.Comparer;
import dev.junco.converter.measure.FidelityProbe;
import dev.junco.converter.pass.Pipeline;
import dev.junco.converter.quantize.Float16Weights;
import dev.junco.converter.quantize.Int8Quantizer;
import dev.junco.converter.quantize.Int8Weights;
import dev.junco.converter.size.Resizing;
import dev.junco.runtime.DType;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The conversion of one signature of a model. Serves once. */
final class SignatureConversion {
    private static final int FIDELITY_SAMPLES = 32;

    /** What all signatures of a model have in common. */
    record Settings(
            Model source, Precision precision, RangeMethod ranges, boolean int8Io, int calibrationLimit, int threads) {
        /** A model to run; what the source says about the graph's batch size holds for it too. */
        Model model(Graph graph) {
            Map<String, String> batch = new TreeMap<>(source.metadata().properties());
            batch.keySet().retainAll(Set.of(BatchRewrite.FIXED + graph.name()));
            return Model.of(List.of(graph), Metadata.EMPTY.withProperties(batch), source.operators());
        }
    }

    private final Settings settings;
    private final Model source;
    private final Samples calibration;
    private final Samples evaluation;
    private final Pipeline.Outcome simplified;
    private final int[] calibrated;
    private final Graph result;

    /**
     * Simplifies and quantises.
     *
     * @param calibration null if there is none
     * @param evaluation null if there is none
     */
    SignatureConversion(Settings settings, Model source, Samples calibration, Samples evaluation) {
        this.settings = settings;
        this.source = source;
        this.calibration = calibration;
        this.evaluation = evaluation;
        simplified = simplified(source.graph());
        calibrated = settings.precision() == Precision.INT8 ? calibrationIndices() : new int[0];
        result = quantized(simplified.graph());
    }

    /** Passes look at sizes too: a graph whose inputs vary is simplified in several of them, and the results have to agree. */
    private Pipeline.Outcome simplified(Graph graph) {
        if (!graph.isResizable()) {
            return Pipeline.forDevices().apply(graph);
        }
        OperatorCatalog catalog = source.operators().catalog();
        Set<String> applied = new LinkedHashSet<>();
        Graph result = new Resizing(
                        graph.inputs().stream().map(Value::name).toList(),
                        graph.inputs().stream().map(Value::shape).toList(),
                        graph.inputs().stream().map(Value::bounds).toList(),
                        catalog,
                        shapes -> {
                            Pipeline.Outcome outcome =
                                    Pipeline.forDevices().apply(ShapeRewrite.withShapes(graph, catalog, shapes));
                            applied.addAll(outcome.applied());
                            return outcome.graph();
                        })
                .graph();
        return new Pipeline.Outcome(result, List.copyOf(applied));
    }

    private int[] calibrationIndices() {
        Graph graph = source.graph();
        if (calibration == null) {
            throw new ConversionException("signature '" + graph.name() + "' has no calibration data: it takes "
                    + BatchRunner.features(source) + " feature values, "
                    + graph.inputs().stream()
                            .map(input -> "'" + input.name() + "' " + input.shape())
                            .toList()
                    + "; give it some with calibrate(\"" + graph.name() + "\", samples)");
        }
        if (calibration.size() == 0) {
            throw new ConversionException("the calibration data has no samples; int8 needs at least one");
        }
        return Choice.spread(calibration, settings.calibrationLimit());
    }

    private Graph quantized(Graph graph) {
        return switch (settings.precision()) {
            case FLOAT32 -> graph;
            case FLOAT16 -> new Float16Weights().apply(graph);
            case INT8_WEIGHTS -> new Int8Weights().apply(graph);
            case INT8 ->
                // What stays float32, recurrent cells for example, at least has weights of one byte.
                new Int8Weights()
                        .apply(new Int8Quantizer(
                                        settings.ranges(), settings.int8Io(), settings.threads(), settings::model)
                                .apply(graph, calibration, calibrated));
        };
    }

    String name() {
        return result.name();
    }

    Graph result() {
        return result;
    }

    /** Names of the rewrites that changed something, those before int8 included. */
    List<String> passes() {
        List<String> passes = new ArrayList<>(simplified.applied());
        boolean quantized = result.values().stream().anyMatch(value -> value.type() == DType.INT8);
        if (settings.precision() == Precision.INT8 && quantized) {
            passes.addAll(Pipeline.forInt8().apply(simplified.graph()).applied());
        }
        return passes;
    }

    int calibrationSamples() {
        return calibrated.length;
    }

    /** Source and result on the evaluation data, or else on the calibration's; empty without any. */
    Optional<Comparison> compare() {
        if (evaluation == null && calibration == null) {
            return Optional.empty();
        }
        Samples samples = evaluation == null ? calibration : evaluation;
        int[] indices = Choice.spread(samples, evaluation == null ? settings.calibrationLimit() : Integer.MAX_VALUE);
        return Optional.of(Comparer.compare(source, settings.model(result), samples, indices, settings.threads()));
    }

    /** Signal-to-noise ratio of the int8 activations. */
    List<Fidelity> fidelity() {
        if (settings.precision() != Precision.INT8) {
            return List.of();
        }
        Samples samples = evaluation == null ? calibration : evaluation;
        return FidelityProbe.measure(
                settings::model,
                simplified.graph(),
                result,
                samples,
                Choice.spread(samples, FIDELITY_SAMPLES),
                settings.threads());
    }
}
