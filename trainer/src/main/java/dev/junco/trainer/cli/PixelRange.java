package dev.junco.trainer.cli;

import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.trainer.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What pixels of 0 to 255 are to a model whose file does not say it, as those of other frameworks mostly do not. */
final class PixelRange {
    private static final float WHITE = 255;

    /** Two numbers, as people write them: {@code 0..1}, {@code -1..1}. */
    private record Range(float black, float white) {}

    private static final class Reader implements ITypeConverter<Range> {
        private static final String NUMBER = "([-+]?\\d{1,6}(?:\\.\\d{1,6})?)";
        private static final Pattern FORM = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

        @Override
        public Range convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches() || Float.parseFloat(parts.group(1)) == Float.parseFloat(parts.group(2))) {
                throw new TypeConversionException(
                        "'" + text + "' is no range; expected what 0 and 255 become, for example 0..1 or -1..1");
            }
            return new Range(Float.parseFloat(parts.group(1)), Float.parseFloat(parts.group(2)));
        }
    }

    @Option(
            names = "--pixels",
            paramLabel = "LOW..HIGH",
            converter = Reader.class,
            description = "What pixels of 0 to 255 become before they go into the model, for example 0..1 or -1..1; in"
                    + " place of what its file says, which mostly is nothing.")
    private Range range;

    /**
     * The model with this range as its preprocessing; as it is where none was given.
     *
     * @throws DataException if it has several inputs
     */
    Model of(Model model) {
        if (range == null) {
            return model;
        }
        if (model.inputs().size() != 1) {
            throw new DataException("--pixels is for models with one input; this one has "
                    + model.inputs().size() + ": " + model.inputs().keySet() + ".");
        }
        float scale = (range.white - range.black) / WHITE;
        Preprocessing step = new Preprocessing(
                model.inputs().keySet().iterator().next(), new float[] {-range.black / scale}, new float[] {scale});
        return Model.of(
                model.content().signatures(), model.metadata().withPreprocessing(List.of(step)), model.operators());
    }

    /** Says that pixels went in as they are, if nobody said what they should become. */
    static void tellRaw(Model model, Path file, PrintWriter err) {
        Map.Entry<String, TensorSpec> input =
                model.inputs().entrySet().iterator().next();
        boolean told = model.metadata().preprocessing().stream()
                .anyMatch(step -> step.input().equals(input.getKey()));
        if (!told && !takesBytes(input.getValue())) {
            Failure.say(
                    file + " does not say what pixels become before they go in; they went in as 0 to 255. If the model"
                            + " was trained on others, tell it so: --pixels 0..1",
                    err);
        }
    }

    /** Whether each integer of an input stands for a pixel. */
    private static boolean takesBytes(TensorSpec input) {
        Quantization scales = input.quantization();
        return input.type() == DType.INT8 && scales.isQuantized() && Math.abs(scales.scale() - 1) < 0.1;
    }
}
