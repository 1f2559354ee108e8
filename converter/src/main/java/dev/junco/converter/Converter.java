package dev.junco.converter;

import dev.junco.converter.ConversionReport.Footprint;
import dev.junco.converter.measure.BatchRunner;
import dev.junco.converter.measure.Choice;
import dev.junco.converter.measure.Comparer;
import dev.junco.converter.measure.FidelityProbe;
import dev.junco.converter.pass.Pipeline;
import dev.junco.converter.quantize.Float16Weights;
import dev.junco.converter.quantize.Int8Quantizer;
import dev.junco.converter.quantize.Int8Weights;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a network for a device of a trained one, and measures what that cost. The same settings and data give the same bytes. Not thread-safe.
 *
 * <pre>{@code
 * ConversionReport report = Converter.from(model)
 *         .quantize(Precision.INT8)
 *         .calibrate(train)
 *         .evaluate(test)
 *         .maxAccuracyDrop(0.005)
 *         .write(Path.of("fashion.junco"));
 * System.out.println(report);
 * }</pre>
 */
public final class Converter {
    private static final int FIDELITY_SAMPLES = 32;

    private final Model source;
    private Precision precision = Precision.FLOAT32;
    private Samples calibration;
    private int calibrationLimit = 1024;
    private RangeMethod ranges = RangeMethod.LEAST_SQUARES;
    private Samples evaluation;
    private double maxDrop = Double.POSITIVE_INFINITY;
    private boolean int8Io;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Converter(Model source) {
        this.source = source;
    }

    /** A converter of a model; with nothing else said it simplifies the graph and keeps float32. */
    public static Converter from(Model model) {
        return new Converter(Objects.requireNonNull(model, "model"));
    }

    /**
     * {@link #from(Model)} for a file of any format that {@link ModelFiles} knows.
     *
     * @throws dev.junco.runtime.JuncoException if the file cannot be read or taken over
     */
    public static Converter from(Path file) {
        return from(ModelFiles.read(file));
    }

    /** {@link #from(Model)} for a graph in memory. */
    @SuppressWarnings("exports") // for the trainer, which sees the graph
    public static Converter from(Graph graph, Metadata metadata) {
        return from(Model.of(graph, metadata));
    }

    /** How weights are stored and numbers computed. */
    public Converter quantize(Precision wanted) {
        this.precision = Objects.requireNonNull(wanted, "precision");
        return this;
    }

    /** Typical samples, for instance those of the training, from which {@link Precision#INT8} takes the ranges of activations. */
    public Converter calibrate(Samples samples) {
        this.calibration = samples;
        return this;
    }

    /** Calibrates on at most so many samples, spread evenly over all that are given; 1024 unless said otherwise. */
    public Converter calibrationLimit(int samples) {
        if (samples < 1) {
            throw new ConversionException("the calibration limit is " + samples + ", expected at least 1 sample");
        }
        this.calibrationLimit = samples;
        return this;
    }

    /** How ranges are chosen; {@link RangeMethod#LEAST_SQUARES} unless said otherwise. */
    public Converter ranges(RangeMethod method) {
        this.ranges = Objects.requireNonNull(method, "method");
        return this;
    }

    /**
     * Samples with labels or targets that the training has not seen, to judge source and result by. Without any, the calibration's samples have to
     * do, and the report and the file say so.
     */
    public Converter evaluate(Samples samples) {
        this.evaluation = samples;
        return this;
    }

    /**
     * Refuses to write a model that lost more than this on the evaluation data: 0.005 is half a point of accuracy; for a regression it is the
     * growth of the mean squared error, 0.05 is 5 %.
     */
    public Converter maxAccuracyDrop(double drop) {
        if (Double.isNaN(drop)) {
            throw new ConversionException("the largest accuracy drop is NaN, expected a number, for instance 0.005");
        }
        this.maxDrop = drop;
        return this;
    }

    /** {@link #maxAccuracyDrop(double)} on the given evaluation data. */
    public Converter maxAccuracyDrop(double drop, Samples samples) {
        return evaluate(samples).maxAccuracyDrop(drop);
    }

    /**
     * Whether inputs and outputs of a {@link Precision#INT8} model are int8 too; otherwise they stay float32, so that code which uses the model need not
     * change. An input or output whose neighbour cannot run in int8 stays float32.
     */
    public Converter int8Io(boolean wanted) {
        this.int8Io = wanted;
        return this;
    }

    /** Threads that run the models while converting; all of the machine unless said otherwise. Never changes a result. */
    public Converter threads(int number) {
        if (number < 1) {
            throw new ConversionException("the number of threads is " + number + ", expected at least 1");
        }
        this.threads = number;
        return this;
    }

    /**
     * Converts, measures, and records a sample for {@link Model#selfTest()}.
     *
     * @throws ConversionException if source, data and settings do not fit together
     */
    public Conversion convert() {
        SourceCheck.requireConvertible(source, precision);
        requireData();
        Pipeline.Outcome simplified = Pipeline.forDevices().apply(source.graph());
        int[] indices = precision == Precision.INT8 ? Choice.spread(calibration, calibrationLimit) : new int[0];
        Graph graph = quantized(simplified.graph(), indices);
        Model unmeasured = Model.of(graph, source.metadata());

        Optional<Comparison> comparison = compare(unmeasured);
        byte[] sourceFile = ModelWriter.toBytes(source.content());
        Evidence evidence = new Evidence(
                precision,
                simplified.applied(),
                indices.length,
                ranges,
                comparison,
                evaluation != null,
                Evidence.sha256(sourceFile));
        Model result = SelfTestRecorder.record(Model.of(graph, evidence.addTo(source.metadata())));
        ConversionReport report = new ConversionReport(
                precision,
                footprint(source, sourceFile.length),
                footprint(result, ModelWriter.toBytes(result.content()).length),
                comparison,
                evaluation != null,
                fidelity(simplified.graph(), graph),
                simplified.applied(),
                indices.length);
        return new Conversion(result, report, maxDrop);
    }

    /**
     * Converts, measures and writes the file.
     *
     * @throws AccuracyDropException if the result lost more than {@link #maxAccuracyDrop} allows; nothing is written
     * @throws ConversionException if source, data and settings do not fit together; nothing is written
     */
    public ConversionReport write(Path path) {
        Conversion conversion = convert();
        conversion.write(path);
        return conversion.report();
    }

    private void requireData() {
        if (precision == Precision.INT8 && calibration == null) {
            throw new ConversionException(
                    "int8 needs calibration data to learn the ranges of activations; give some with"
                            + " calibrate(samples)");
        }
        if (precision == Precision.INT8 && calibration.size() == 0) {
            throw new ConversionException("the calibration data has no samples; int8 needs at least one");
        }
        if (maxDrop < Double.POSITIVE_INFINITY && evaluation == null) {
            throw new ConversionException(
                    "a limit on the accuracy drop needs evaluation data; give some with evaluate(samples)");
        }
    }

    private Graph quantized(Graph graph, int[] indices) {
        return switch (precision) {
            case FLOAT32 -> graph;
            case FLOAT16 -> new Float16Weights().apply(graph);
            case INT8_WEIGHTS -> new Int8Weights().apply(graph);
            case INT8 -> new Int8Quantizer(ranges, int8Io, threads).apply(graph, calibration, indices);
        };
    }

    private Optional<Comparison> compare(Model result) {
        if (evaluation == null && calibration == null) {
            return Optional.empty();
        }
        boolean own = evaluation != null;
        int[] indices =
                own ? Choice.spread(evaluation, Integer.MAX_VALUE) : Choice.spread(calibration, calibrationLimit);
        Comparison comparison = Comparer.compare(source, result, own ? evaluation : calibration, indices, threads);
        if (maxDrop < Double.POSITIVE_INFINITY && comparison.metric() == Metric.NONE) {
            throw new ConversionException(
                    "a limit on the accuracy drop needs evaluation data with labels or targets; these samples have"
                            + " none");
        }
        return Optional.of(comparison);
    }

    private List<Fidelity> fidelity(Graph original, Graph result) {
        if (precision != Precision.INT8) {
            return List.of();
        }
        Samples samples = evaluation == null ? calibration : evaluation;
        return FidelityProbe.measure(original, result, samples, Choice.spread(samples, FIDELITY_SAMPLES), threads);
    }

    private static Footprint footprint(Model model, long fileBytes) {
        return new Footprint(
                fileBytes,
                model.arenaBytes(),
                BatchRunner.multiplyAdds(model),
                model.graph().nodes().size());
    }
}
