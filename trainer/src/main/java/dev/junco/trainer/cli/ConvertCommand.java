package dev.junco.trainer.cli;

import dev.junco.converter.ConversionReport;
import dev.junco.converter.Converter;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.Precision;
import dev.junco.converter.RangeMethod;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Model;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.TrainTest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code junco convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "junco convert SOURCE TARGET [--data=DATA] [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  junco convert in.junco out.junco --quantize int8 --data bundled --max-drop 0.01",
            "  junco convert in.junco out.junco --quantize float16",
            "  junco convert keywords.tflite keywords.junco --labels words.txt",
            "  junco convert flowers.tflite flowers.junco --labels names.txt --pixels -1..1",
            "  junco convert speech.tflite speech.junco --bound samples:1=400"
        },
        description = "Makes a device file of a trained one: folded, fused, quantised, and measured on your data.")
final class ConvertCommand implements Callable<Integer> {
    /** Precisions as people write them: {@code int8-weights}. */
    private static final class PrecisionName implements ITypeConverter<Precision>, Iterable<String> {
        private static final List<String> NAMES = List.of("float32", "float16", "int8-weights", "int8");

        @Override
        public Precision convert(String text) {
            int index = NAMES.indexOf(text.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            if (index < 0) {
                throw new TypeConversionException(
                        "'" + text + "' is no precision; known are " + String.join(", ", NAMES));
            }
            return Precision.values()[index];
        }

        @Override
        public java.util.Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A file of Junco or TensorFlow Lite; its content tells which.")
    private Path source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "The .junco file to write.")
    private Path target;

    @Option(
            names = "--quantize",
            paramLabel = "PRECISION",
            converter = PrecisionName.class,
            completionCandidates = PrecisionName.class,
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "float32")
    private Precision precision;

    @ArgGroup(
            exclusive = false,
            heading = "Data to calibrate on (its training part) and to measure on (its test part):%n")
    private DataOptions data;

    @Option(
            names = "--max-drop",
            paramLabel = "SHARE",
            description = "Refuse to write if accuracy falls by more than this share; 0.005 is half a point.")
    private Double maxDrop;

    @Option(
            names = "--calibration-samples",
            paramLabel = "N",
            description = "Samples that int8 takes its ranges from (default: ${DEFAULT-VALUE}).",
            defaultValue = "1024")
    private int calibrationSamples;

    @Option(
            names = "--ranges",
            paramLabel = "KIND",
            description = "How int8 takes the ranges of activations: min_max, percentile or least_squares (default).",
            defaultValue = "LEAST_SQUARES")
    private RangeMethod ranges;

    @Option(
            names = "--labels",
            paramLabel = "TEXT",
            description = "Names of the classes, a line each, to write into the file.")
    private Path labels;

    @Mixin
    private PixelRange pixels;

    @Option(
            names = "--bound",
            paramLabel = "INPUT:AXIS=MOST",
            converter = AxisBound.Reader.class,
            description =
                    "Lets the size of an input's axis vary up to MOST, for example samples:1=400. May be given again"
                            + " for other axes and inputs.")
    private List<AxisBound> bounds = List.of();

    @Option(names = "--int8-io", description = "Inputs and outputs are int8 too.")
    private boolean int8Io;

    @Override
    public Integer call() {
        Bounds.atLeast(spec, "--calibration-samples", calibrationSamples, 1);
        if (maxDrop != null && !(maxDrop >= 0 && maxDrop < 1)) {
            throw Bounds.wrong(spec, "--max-drop is " + maxDrop + ", expected a share from 0 to 1, for example 0.005");
        }
        if (maxDrop != null && data == null) {
            throw Bounds.wrong(spec, "--max-drop needs --data to measure the accuracy on");
        }
        if (precision == Precision.INT8 && data == null) {
            throw Bounds.wrong(spec, "int8 needs --data to learn the ranges of activations from");
        }
        if (int8Io && precision != Precision.INT8) {
            throw Bounds.wrong(spec, "--int8-io needs --quantize int8");
        }
        if (target.toString().matches("(?i).*\\.(tflite|lite|onnx|keras|h5|hdf5)")) {
            throw Bounds.wrong(
                    spec,
                    target + " is named like a file of another format, and Junco files are all that"
                            + " convert writes; give it a name such as model.junco");
        }
        Outputs.check(target);
        Outputs.checkSpares(target, source, labels);
        Outputs.checkSpares(target, data == null ? new Path[0] : data.files());
        Diagnostics diagnostics = Diagnostics.of(spec);
        Model model = ModelFiles.read(source, CustomOperators.ANY, AxisBound.all(bounds));
        model = pixels.of(Labels.named(model, labels));
        diagnostics.phase("loading the model", model.graph().nodes().size() + " operators");
        Converter converter = Converter.from(model)
                .quantize(precision)
                .ranges(ranges)
                .calibrationLimit(calibrationSamples)
                .int8Io(int8Io);
        if (data != null) {
            TrainTest loaded = data.loadFor(model);
            Dataset train = ModelData.prepare(loaded.train(), model);
            Dataset test = loaded.test() == null ? train : ModelData.prepare(loaded.test(), model);
            diagnostics.phase("reading the data", train);
            converter.calibrate(ModelData.samples(train)).evaluate(ModelData.samples(test));
        }
        if (maxDrop != null) {
            converter.maxAccuracyDrop(maxDrop);
        }
        ConversionReport report;
        try (Waiting _ = Waiting.during("converting and measuring")) {
            report = converter.write(target);
        }
        diagnostics.phase("converting, measuring and writing", target);
        PrintWriter out = spec.commandLine().getOut();
        out.print(report);
        OpenAxes.print(out, model, source);
        out.println("Wrote " + target);
        out.flush();
        return 0;
    }
}
