package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.Converter;
import dev.junco.converter.ImportException;
import dev.junco.converter.ModelFiles;
import dev.junco.converter.SizeBounds;
import dev.junco.runtime.CustomOperator;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.UnsupportedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A custom operator of a foreign file, from the file to its answer, by what applications may call. */
class CustomImportTest {
    private static final int LOGISTIC = 14;
    private static final int SAMPLES = 8;
    private static final float FLOOR = 1e-6f;

    /** The loudness of frames of sound in decibels, as in runtime/examples/custom-operator; the option is the floor. */
    private static final class Loudness implements CustomOperator {
        @Override
        public String name() {
            return "example.Loudness";
        }

        @Override
        public List<TensorSpec> infer(Node node) {
            TensorSpec x = node.inputs().get(0);
            if (node.inputs().size() != 1 || x.shape().rank() != 2) {
                throw new IllegalArgumentException("operands are " + node.inputs() + ", expected [frames, samples]");
            }
            return List.of(TensorSpec.float32(Shape.of(x.shape().dim(0), 1)));
        }

        @Override
        public void bind(Node node, Binding binding) {
            float floor = node.options().getFloat();
            Operand x = binding.input(0);
            Operand y = binding.output(0);
            int samples = x.spec().shape().dim(1);
            binding.step(y.size(), samples, (from, to, worker) -> {
                for (int frame = from; frame < to; frame++) {
                    float sum = 0;
                    for (int i = 0; i < samples; i++) {
                        float v = x.floats()[x.offset() + frame * samples + i];
                        sum += v * v;
                    }
                    y.floats()[y.offset() + frame] = (float) (10 * Math.log10(sum / samples + floor));
                }
            });
        }
    }

    private static final CustomOperators OPERATORS = CustomOperators.of(new Loudness());

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void writeTheForeignFile() throws IOException {
        source = Files.write(folder.resolve("loud.tflite"), file(1, SAMPLES));
    }

    private static byte[] file(int... shape) {
        SmallFile file = new SmallFile();
        int sound = file.tensor("sound", SmallFile.FLOAT32, shape);
        int loudness = file.tensor("loudness", SmallFile.FLOAT32, 1, 1);
        int loud = file.tensor("loud", SmallFile.FLOAT32, 1, 1);
        byte[] floor = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(FLOOR)
                .array();
        file.custom("example.Loudness", floor, new int[] {sound}, loudness);
        file.operator(LOGISTIC, null, new int[] {loudness}, loud);
        return file.bytes(new int[] {sound}, loudness, loud);
    }

    @Test
    void fromTheForeignFileToTheAnswer() {
        Path target = folder.resolve("loud.junco");
        Model imported = ModelFiles.read(source, OPERATORS, SizeBounds.of("sound", 0, 3));
        Converter.from(imported).write(target);
        String missing = assertThrows(UnsupportedModelException.class, () -> Model.load(target))
                .getMessage();
        assertTrue(missing.contains("custom operator 'example.Loudness' version 1"), missing);
        Interpreter interpreter = Model.load(target, OPERATORS).interpreter();
        interpreter.resize("sound", Shape.of(2, SAMPLES));
        interpreter.input("sound").set(0, 0, 0, 0, 0, 0, 0, 0, 1, -1, 1, -1, 1, -1, 1, -1);
        interpreter.run();
        float silence = (float) (10 * Math.log10(FLOOR));
        float noise = (float) (10 * Math.log10(1 + FLOOR));
        assertArrayEquals(
                new float[] {silence, noise}, interpreter.output("loudness").toArray());
        assertEquals(0.5f, interpreter.output("loud").get(1), 1e-5f);
    }

    @Test
    void withoutTheOperatorTheRefusalTellsTheCure() {
        String message = assertThrows(ImportException.class, () -> ModelFiles.read(source))
                .getMessage();
        assertTrue(message.contains("custom operator 'example.Loudness' version 1 ('loudness')"), message);
        assertTrue(message.contains("given to ModelFiles.read(file, CustomOperators.of(...))"), message);
        // A name in somebody else's file is no promise of an operator.
        assertThrows(ImportException.class, () -> ModelFiles.read(source, CustomOperators.ANY));
    }

    @Test
    void whatTheOperatorRefusesIsTold() throws IOException {
        Files.write(source, file(1, 1, SAMPLES));
        String message = assertThrows(ImportException.class, () -> ModelFiles.read(source, OPERATORS))
                .getMessage();
        assertTrue(message.contains("custom operator 'example.Loudness' version 1 'loudness': "), message);
        assertTrue(message.contains("expected [frames, samples]"), message);
    }
}
