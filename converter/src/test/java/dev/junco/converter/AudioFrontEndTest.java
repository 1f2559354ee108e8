package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Audio features in a model, beside the definitions computed here in double precision, sum by sum. */
class AudioFrontEndTest {
    private static final int RATE = 16_000;
    private static final int LENGTH = 480;
    private static final int STEP = 320;
    private static final int FRAMES = 49;
    private static final int POINTS = 512;
    private static final int BANDS = 40;
    private static final double OFFSET = 1e-6;

    /** A second of a tone that rises from 100 to 3,900 Hz, in a little noise, and falls silent at the end. */
    private static float[] sound() {
        Random random = new Random(5);
        float[] samples = new float[(FRAMES - 1) * STEP + LENGTH];
        for (int i = 0; i < samples.length - 1000; i++) {
            double t = (double) i / RATE;
            samples[i] = (float) (0.6 * Math.sin(2 * Math.PI * (100 + 1900 * t) * t) + 0.01 * random.nextGaussian());
        }
        return samples;
    }

    private static double mel(double hertz) {
        return 1127 * Math.log(1 + hertz / 700);
    }

    private static double[] bandsOf(float[] samples, int frame) {
        double[] bands = new double[BANDS];
        double first = mel(20);
        double width = (mel(4000) - first) / (BANDS + 1);
        for (int k = 1; k <= POINTS / 2; k++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < LENGTH; i++) {
                double x = samples[frame * STEP + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / LENGTH));
                real += x * Math.cos(2 * Math.PI * k * i / POINTS);
                imaginary += x * Math.sin(2 * Math.PI * k * i / POINTS);
            }
            double at = mel(k * (double) RATE / POINTS);
            for (int b = 0; b < BANDS; b++) {
                double left = first + b * width;
                double weight = Math.min((at - left) / width, (left + 2 * width - at) / width);
                bands[b] += Math.max(0, weight) * Math.hypot(real, imaginary);
            }
        }
        return bands;
    }

    private static float[] expected(float[] samples, int cepstra) {
        int features = cepstra > 0 ? cepstra : BANDS;
        float[] expected = new float[FRAMES * features];
        for (int frame = 0; frame < FRAMES; frame++) {
            double[] bands = bandsOf(samples, frame);
            for (int k = 0; k < features; k++) {
                double feature = cepstra > 0 ? 0 : Math.log(bands[k] + OFFSET);
                for (int b = 0; b < BANDS && cepstra > 0; b++) {
                    feature += Math.sqrt(2.0 / BANDS)
                            * Math.cos(Math.PI * k * (2 * b + 1) / (2 * BANDS))
                            * Math.log(bands[b] + OFFSET);
                }
                expected[frame * features + k] = (float) feature;
            }
        }
        return expected;
    }

    /** A model that gives its input back, flat. */
    private static Model model(TensorSpec input) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value x = builder.input("features", input);
        builder.output("flat", builder.add("flat", ReshapeAttributes.FLATTEN, List.of(x), input.quantization()));
        return Model.of(builder.build(), Metadata.EMPTY.withLabels(List.of("a")));
    }

    private static AudioFrontEnd frontEnd() {
        return AudioFrontEnd.at(RATE).frames(LENGTH, STEP).mel(BANDS, 20, 4_000);
    }

    private static float[] heard(Model model, float[] samples) {
        Model read = Model.load(ModelWriter.toBytes(model.content()));
        Interpreter interpreter = read.interpreter();
        interpreter.input().set(samples);
        interpreter.run();
        return interpreter.output().toArray();
    }

    @Test
    void logarithmsOfMelBandsAreThoseOfTheDefinition() {
        Model model = frontEnd().before(model(TensorSpec.float32(Shape.of(1, FRAMES, BANDS))));
        assertEquals("{features=float32 1×15840}", model.inputs().toString());
        assertArrayEquals(expected(sound(), 0), heard(model, sound()), 1e-3f);
    }

    @Test
    void cepstraAreThoseOfTheDefinition() {
        Model model = frontEnd().cepstra(10).before(model(TensorSpec.float32(Shape.of(1, FRAMES, 10, 1))));
        assertArrayEquals(expected(sound(), 10), heard(model, sound()), 1e-3f);
        assertEquals(List.of("a"), model.metadata().labels());
    }

    @Test
    void preprocessingThatTheModelRecordsIsComputedToo() {
        Model plain = model(TensorSpec.float32(Shape.of(1, FRAMES, 10, 1)));
        Preprocessing halves = new Preprocessing("features", new float[] {-1}, new float[] {0.5f});
        Model recorded = Model.of(plain.graph(), plain.metadata().withPreprocessing(List.of(halves)));
        Model model = frontEnd().cepstra(10).before(recorded);
        float[] expected = expected(sound(), 10);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (expected[i] + 1) * 0.5f;
        }
        assertArrayEquals(expected, heard(model, sound()), 1e-3f);
        assertTrue(model.metadata().preprocessing().isEmpty());
    }

    @Test
    void int8ModelsGetTheirFeaturesQuantized() {
        Quantization scale = Quantization.perTensor(0.5f, 83);
        TensorSpec input = new TensorSpec(DType.INT8, Shape.of(1, FRAMES, 10, 1), scale);
        float[] heard = heard(frontEnd().cepstra(10).before(model(input)), sound());
        float[] expected = expected(sound(), 10);
        for (int i = 0; i < expected.length; i++) {
            float bounded = Math.min(Math.max(expected[i], (-128 - 83) * 0.5f), (127 - 83) * 0.5f);
            assertEquals(bounded, heard[i], 0.2505f);
        }
    }

    @Test
    void aModelOfOtherFeaturesIsRefusedWithItsShape() {
        Model model = model(TensorSpec.float32(Shape.of(1, FRAMES, 13)));
        String message = assertThrows(
                        ConversionException.class, () -> frontEnd().cepstra(10).before(model))
                .getMessage();
        assertTrue(message.contains("1×49×13") && message.contains("[1, frames, 10]"), message);
        assertThrows(
                IllegalArgumentException.class, () -> AudioFrontEnd.at(RATE).mel(40, 20, 9_000));
    }

    @Test
    void stepsBandsAndOffsetsBeyondAllReasonAreRefused() {
        Model model = model(TensorSpec.float32(Shape.of(1, FRAMES, 10)));
        AudioFrontEnd steps = frontEnd().cepstra(10).frames(480, Integer.MAX_VALUE);
        String message = assertThrows(ConversionException.class, () -> steps.before(model))
                .getMessage();
        assertTrue(message.contains("take shorter steps"), message);
        assertThrows(IllegalArgumentException.class, () -> frontEnd().mel(1 << 24, 20, 4_000));
        assertThrows(IllegalArgumentException.class, () -> frontEnd().offset(Float.POSITIVE_INFINITY));
    }
}
