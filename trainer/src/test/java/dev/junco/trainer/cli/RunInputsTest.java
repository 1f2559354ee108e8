package dev.junco.trainer.cli;

import static dev.junco.trainer.cli.CommandRun.of;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.NpyFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fits a model's input, and what does not though it has as many numbers. */
class RunInputsTest {
    private static final Path ARRAY = Path.of("a.npy");

    @TempDir
    Path folder;

    private static void fits(Shape sample, int... dims) {
        SampleShape.require(ARRAY, dims, sample);
    }

    private static void refused(Shape sample, String part, int... dims) {
        String message = assertThrows(DataException.class, () -> SampleShape.require(ARRAY, dims, sample))
                .getMessage();
        assertTrue(message.contains(java.util.Arrays.toString(dims)) && message.contains(sample.toString()), message);
        assertTrue(message.contains(part), message);
    }

    @Test
    void samplesHaveTheModelsShapeOrAreFlat() {
        Shape sound = Shape.of(49, 10, 1);
        fits(sound, 49, 10, 1);
        fits(sound, 1, 49, 10, 1);
        fits(sound, 7, 49, 10, 1);
        fits(sound, 490);
        fits(sound, 7, 490);
        fits(Shape.of(4), 4);
        fits(Shape.of(4), 3, 4);
        fits(Shape.of(), 3);
    }

    @Test
    void axesOfOneElementMayBeMissingOrTooMany() {
        Shape picture = Shape.of(28, 28, 1);
        fits(picture, 28, 28);
        fits(picture, 60, 28, 28);
        fits(picture, 28, 28, 28);
        fits(picture, 1, 1, 28, 28);
        fits(picture, 60, 1, 28, 28);
        fits(Shape.of(1), 5);
        fits(Shape.of(1));
        fits(Shape.of(4), 3, 1, 4);
        refused(picture, "array.reshape(-1, 28, 28, 1)", 28, 28, 1, 1);
        refused(picture, "is this", 1, 60, 28, 28);
        refused(picture, "has none", 0, 28, 28);
        refused(Shape.of(4), "array.reshape(-1, 4)", 4, 1);
        refused(Shape.of(1), "is this", 1, 5);
    }

    @Test
    void axesInAnotherOrderAreToldFromTheModels() {
        refused(Shape.of(49, 10, 1), "numpy.transpose(array, (0, 2, 1, 3))", 1, 10, 49, 1);
        refused(Shape.of(49, 10, 1), "numpy.transpose(array, (1, 0, 2))", 10, 49, 1);
        refused(Shape.of(32, 32, 3), "channels first (NCHW), the model last (NHWC)", 1, 3, 32, 32);
        refused(Shape.of(32, 32, 3), "numpy.transpose(array, (0, 2, 3, 1))", 5, 3, 32, 32);
        refused(Shape.of(32, 24, 3), "numpy.transpose(array, (1, 2, 0))", 3, 32, 24);
    }

    @Test
    void otherShapesAreRefused() {
        refused(Shape.of(49, 10, 1), "is this the model's data?", 2, 5, 49, 1);
        refused(Shape.of(49, 10, 1), "490 values", 7, 7, 10, 1);
        refused(Shape.of(4), "is this", 8);
        refused(Shape.of(4), "has none", 0, 4);
        refused(Shape.of(4), "is this");
    }

    private Path model(TensorSpec... inputs) {
        GraphBuilder builder = new GraphBuilder("main", OperatorCatalog.standard());
        Value sum = builder.input("x0", inputs[0]);
        for (int i = 1; i < inputs.length; i++) {
            sum = builder.add(
                    "sum" + i,
                    new BinaryAttributes(BinaryKind.ADD, Activation.NONE),
                    sum,
                    builder.input("x" + i, inputs[i]));
        }
        Value flat = builder.add("flat", new ReshapeAttributes(List.of(1, -1)), sum);
        builder.output("flat", flat);
        builder.output("positive", builder.add("relu", new ActivationAttributes(Activation.RELU), flat));
        Path file = folder.resolve("model.junco");
        ModelWriter.write(Model.of(builder.build(), Metadata.EMPTY).content(), file);
        return file;
    }

    private Path picture(int width, int height) throws IOException {
        Path file = folder.resolve(width + "x" + height + ".png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return file;
    }

    @Test
    void arraysOfAnotherOrderAreNoSamples() {
        Path array = folder.resolve("a.npy");
        NpyFile.write(array, new float[490], 1, 10, 49, 1);
        of("run", model(TensorSpec.float32(Shape.of(1, 49, 10, 1))), array)
                .fails(1, "a.npy", "[1, 10, 49, 1]", "49×10×1", "transpose");
    }

    @Test
    void resizedPicturesAreTold() throws IOException {
        Path model = model(TensorSpec.float32(Shape.of(1, 4, 6, 1)));
        of("run", model, picture(6, 4), "--pixels", "0..255").succeeds();
        of("run", model, picture(6, 4), picture(4, 6), picture(12, 8), "--pixels", "0..255")
                .succeedsSaying("4x6.png was resized from 4×6 to 6×4 pixels", "and 1 more");
    }

    @Test
    void greyPicturesNeedNoAxisOfChannels() throws IOException {
        of("run", model(TensorSpec.float32(Shape.of(1, 4, 6))), picture(6, 4), "--pixels", "0..255")
                .succeeds();
    }

    @Test
    void picturesMayHaveOpacity() throws IOException {
        of("run", model(TensorSpec.float32(Shape.of(1, 4, 6, 4))), picture(6, 4), "--pixels", "0..255")
                .succeeds();
    }

    @Test
    void modelsThatTakeNoImagesRefusePictures() throws IOException {
        of("run", model(TensorSpec.float32(Shape.of(1, 4, 6, 2))), picture(6, 4))
                .fails(1, "6x4.png", "2 channels where pictures have 1, 3 or 4", ".npy");
    }

    @Test
    void modelsOfSeveralInputsAreRefusedByTheirNames() {
        Path array = folder.resolve("a.npy");
        NpyFile.write(array, new float[] {1, 2}, 1, 2);
        TensorSpec two = TensorSpec.float32(Shape.of(1, 2));
        of("run", model(two, two), array).fails(1, "2 inputs, x0 (1×2), x1 (1×2)");
    }

    @Test
    void everyOutputIsShown() {
        Path array = folder.resolve("a.npy");
        Path answers = folder.resolve("answers.npy");
        NpyFile.write(array, new float[] {-1, 2, 3, -4}, 2, 2);
        of("run", model(TensorSpec.float32(Shape.of(1, 2))), array, "--out", answers)
                .succeeds()
                .tells("a.npy [1]  flat: 0 = 3   1 = -4", "   positive: 3 0\n");
        assertArrayEquals(new float[] {-1, 2, 3, -4}, NpyFile.read(answers).toFloats());
        NpyFile.write(array, new float[9], 9);
        of("run", model(TensorSpec.float32(Shape.of(1, 9))), array)
                .succeeds()
                .tells("positive: 0 0 0 0 0 0 0 0 … (9 numbers)");
    }

    @Test
    void nanIsToldWithItsFile() {
        Path array = folder.resolve("a.npy");
        NpyFile.write(array, new float[] {1, Float.NaN}, 1, 2);
        of("run", model(TensorSpec.float32(Shape.of(1, 2))), array).fails(1, "a.npy: Sample 0", "finite");
    }
}
