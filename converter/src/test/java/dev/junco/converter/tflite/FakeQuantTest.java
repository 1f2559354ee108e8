package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.tflite.FlatWriter.Table;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** FAKE_QUANT gives the bits of TensorFlow Lite's definition, which is written out here. */
class FakeQuantTest {
    private static byte[] file(float min, float max, int bits, boolean narrow, int elements) {
        SmallFile file = new SmallFile();
        int x = file.tensor("x", SmallFile.FLOAT32, elements);
        int y = file.tensor("y", SmallFile.FLOAT32, elements);
        Table options =
                new Table().float32(0, min).float32(1, max).int32(2, bits).int8(3, narrow ? 1 : 0);
        return file.operator(80, options, new int[] {x}, y).bytes(new int[] {x}, y);
    }

    /** NudgeQuantizationRange and FakeQuantizeArray, float32 throughout. */
    private static float defined(float min, float max, int bits, float x) {
        float top = (1 << bits) - 1;
        float scale = (max - min) / top;
        float fromMin = 0 - min / scale;
        int zeroPoint = (int) Math.min(top, away(fromMin));
        float lowest = (0 - zeroPoint) * scale;
        float highest = (top - zeroPoint) * scale;
        float shifted = Math.min(highest, Math.max(lowest, x)) - lowest;
        float inverse = 1 / scale;
        return away(shifted * inverse) * scale + lowest;
    }

    private static float away(float x) {
        return Math.signum(x) * (float) Math.floor(Math.abs((double) x) + 0.5);
    }

    @Test
    void givesTheBitsOfTheDefinition() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        float[][] ranges = {{-1, 1}, {-6, 6}, {0, 6}, {-3, 0}, {-0.37f, 2.9f}, {-128, 127}};
        for (float[] range : ranges) {
            for (int bits : new int[] {2, 4, 8, 16}) {
                double[] x = new double[500];
                for (int i = 0; i < x.length; i++) {
                    float spread = range[1] - range[0];
                    x[i] = i % 2 == 0 ? i / 4f - 60 : (float) (range[0] + spread * (1.2 * random.nextDouble() - 0.1));
                }
                double[] y = TfliteImporterTest.run(
                        TfliteImporterTest.graph(file(range[0], range[1], bits, false, x.length)), x);
                for (int i = 0; i < x.length; i++) {
                    float expected = defined(range[0], range[1], bits, (float) x[i]);
                    assertEquals(expected, (float) y[i], 0f, range[0] + " to " + range[1] + " of " + x[i]);
                }
            }
        }
    }

    @Test
    void refusesWhatTensorFlowLiteRefuses() {
        for (byte[] file : new byte[][] {
            file(-1, 1, 8, true, 1),
            file(1, 2, 8, false, 1),
            file(0, 0, 8, false, 1),
            file(Float.NaN, 1, 8, false, 1),
            file(0, Float.POSITIVE_INFINITY, 8, false, 1),
            file(-1, 1, 17, false, 1),
            file(-1, 1, 32, false, 1)
        }) {
            String message = TfliteImporterTest.refusal(file);
            assertTrue(message.contains("expected 2 to 16 bits for a range around 0"), message);
        }
        assertTrue(
                TfliteImporterTest.refusal(file(-1, 1, 8, true, 1)).contains("narrow, which TensorFlow Lite refuses"));
    }
}
