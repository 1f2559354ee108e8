package dev.junco.converter;

import dev.junco.converter.ConversionReport.Footprint;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

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
    private final Function<SizeBounds, Model> reader;
    private SizeBounds bounds = SizeBounds.NONE;
    private Precision precision = Precision.FLOAT32;
    private final SignatureSamples calibration = new SignatureSamples();
    private int calibrationLimit = 1024;
    private RangeMethod ranges = RangeMethod.LEAST_SQUARES;
    private final SignatureSamples evaluation = new SignatureSamples();
    private double maxDrop = Double.POSITIVE_INFINITY;
    private boolean int8Io;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Converter(Function<SizeBounds, Model> reader) {
        this.reader = reader;
    }

    /** A converter of a model; with nothing else said it simplifies the graph and keeps float32. */
    public static Converter from(Model model) {
        Objects.requireNonNull(model, "model");
        return new Converter(bounds -> bounds.isEmpty() ? model : BoundedModel.of(model, bounds));
    }

    /**
     * {@link #from(Model)} for a file of any format that {@link ModelFiles} knows. It is read by {@link #convert()}, which tells if it cannot be read or
     * taken over.
     */
    public static Converter from(Path file) {
        return new Converter(bounds -> ModelFiles.read(file, CustomOperators.NONE, bounds));
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
        calibration.set(samples);
        return this;
    }

    /** Typical samples for one signature of a model of several; signatures without samples of their own share those for all, if these fit them. */
    public Converter calibrate(String signature, Samples samples) {
        calibration.set(signature, samples);
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
        evaluation.set(samples);
        return this;
    }

    /** Samples to judge one signature of a model of several by; see {@link #calibrate(String, Samples)}. */
    public Converter evaluate(String signature, Samples samples) {
        evaluation.set(signature, samples);
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

    /**
     * Lets the size of an input's axis vary while the model is used; may be called for several axes and inputs. A foreign file is imported in several
     * sizes, so that no size is forgotten that the import computes with: a model of one size gives the same bits as the result in that size.
     *
     * @param axis counted from 0
     * @param most largest size that the axis may be given
     * @see ModelFiles#openAxes
     */
    public Converter bound(String input, int axis, int most) {
        this.bounds = bounds.with(input, axis, most);
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
     * @throws ConversionException if source, data and settings do not fit together, or an operator cannot follow the bounds; it is named
     */
    public Conversion convert() {
        Model source = reader.apply(bounds);
        SourceCheck.requireConvertible(source, precision);
        requireData(source);
        SignatureConversion.Settings settings =
                new SignatureConversion.Settings(source, precision, ranges, int8Io, calibrationLimit, threads);
        List<SignatureConversion> parts = new ArrayList<>();
        for (Graph graph : source.content().signatures()) {
            Model part = settings.model(graph);
            boolean first = parts.isEmpty();
            parts.add(new SignatureConversion(settings, part, calibration.of(part, first), evaluation.of(part, first)));
        }
        Map<String, Comparison> comparisons = compare(parts);
        Set<String> passes = new LinkedHashSet<>();
        parts.forEach(part -> passes.addAll(part.passes()));
        byte[] sourceFile = ModelWriter.toBytes(source.content());
        Evidence evidence = new Evidence(
                precision,
                List.copyOf(passes),
                parts.get(0).calibrationSamples(),
                ranges,
                comparisons,
                source.graph().name(),
                !evaluation.isEmpty(),
                Evidence.sha256(sourceFile));
        List<Graph> graphs = parts.stream().map(SignatureConversion::result).toList();
        Model result = SelfTestRecorder.record(Model.of(graphs, evidence.addTo(source.metadata()), source.operators()));
        ConversionReport report = new ConversionReport(
                precision,
                precision == Precision.FLOAT32 ? ResultTypes.of(graphs) : precision.toString(),
                Footprint.of(source, sourceFile.length),
                Footprint.of(result, ModelWriter.toBytes(result.content()).length),
                comparisons,
                !evaluation.isEmpty(),
                fidelity(parts),
                List.copyOf(passes),
                parts.get(0).calibrationSamples(),
                precision == Precision.INT8 ? FloatOperators.of(result) : Map.of());
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

    private void requireData(Model source) {
        calibration.requireKnown(source.signatures());
        evaluation.requireKnown(source.signatures());
        if (precision == Precision.INT8 && calibration.isEmpty()) {
            throw new ConversionException(
                    "int8 needs calibration data to learn the ranges of activations; give some with"
                            + " calibrate(samples)");
        }
        if (maxDrop < Double.POSITIVE_INFINITY && evaluation.isEmpty()) {
            throw new ConversionException(
                    "a limit on the accuracy drop needs evaluation data; give some with evaluate(samples)");
        }
    }

    private Map<String, Comparison> compare(List<SignatureConversion> parts) {
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        for (SignatureConversion part : parts) {
            part.compare().ifPresent(comparison -> comparisons.put(part.name(), comparison));
        }
        boolean judged = comparisons.values().stream().anyMatch(comparison -> comparison.metric() != Metric.NONE);
        if (maxDrop < Double.POSITIVE_INFINITY && !judged) {
            throw new ConversionException(
                    "a limit on the accuracy drop needs evaluation data with labels or targets; these samples have"
                            + " none");
        }
        return comparisons;
    }

    private static List<Fidelity> fidelity(List<SignatureConversion> parts) {
        List<Fidelity> all = new ArrayList<>();
        for (SignatureConversion part : parts) {
            for (Fidelity value : part.fidelity()) {
                String name = parts.size() == 1 ? value.value() : part.name() + ": " + value.value();
                all.add(new Fidelity(name, value.decibels()));
            }
        }
        return all;
    }
}
