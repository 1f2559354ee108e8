package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.kernel.KernelProviders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DIV of uint8, and what TensorFlow Lite defines for no integers with a scale. */
class QuotientTest {
    private static final int DIV = 42;
    private static final int CUMSUM = 128;
    private static final int ALL = 256;

    private static byte[] file(int type, float a, float b, float y, int zeroPoint, int elements) {
        SmallFile file = new SmallFile();
        int left = file.scaled("a", type, a, zeroPoint, elements);
        int right = file.scaled("b", type, b, zeroPoint, elements);
        int result = file.scaled("y", type, y, zeroPoint, elements);
        return file.operator(DIV, new Table(), new int[] {left, right}, result).bytes(new int[] {left, right}, result);
    }

    /** All pairs of bytes but divisors of 0, against exact arithmetic: half a step may go either way. */
    @Test
    void everyPairOfBytesIsDivided() {
        check(0.5f, 0.25f, 0.0625f, 3);
        check(0.1f, 0.3f, 0.07f, 128);
        check(0.017f, 0.0039f, 0.11f, 0);
    }

    private static void check(float a, float b, float y, int zeroPoint) {
        double[] left = new double[ALL * ALL];
        double[] right = new double[ALL * ALL];
        for (int i = 0; i < left.length; i++) {
            left[i] = i / ALL - 128;
            right[i] = i % ALL - 128;
        }
        double[] found = new TypedRun(
                        TfliteImporterTest.graph(file(SmallFile.UINT8, a, b, y, zeroPoint, left.length)),
                        KernelProviders.plain())
                .run(List.of(left, right))
                .get(0);
        for (int i = 0; i < left.length; i++) {
            double divisor = right[i] + 128 - zeroPoint;
            if (divisor != 0) {
                double exact = (left[i] + 128 - zeroPoint) * a / (divisor * b * y) + zeroPoint;
                double expected = Math.max(0, Math.min(255, exact)) - 128;
                assertEquals(expected, found[i], 0.5 + 1e-4, left[i] + " / " + right[i]);
            }
        }
    }

    @Test
    void signedBytesAreRefusedAsTensorFlowLiteDoes() {
        String message = TfliteImporterTest.refusal(file(SmallFile.INT8, 1, 1, 1, 0, 2));
        assertTrue(
                message.contains(
                        "DIV version 3 'y': a quotient of INT8 and INT8 as INT8, which TensorFlow Lite does not"),
                message);
    }

    @Test
    void runningSumsOfBytesAreRefusedAsTensorFlowLiteDoes() {
        SmallFile file = new SmallFile();
        int x = file.scaled("x", SmallFile.INT8, 1, 0, 2);
        int axis = file.ints("axis", 0);
        int y = file.scaled("y", SmallFile.INT8, 1, 0, 2);
        String message = TfliteImporterTest.refusal(
                file.operator(CUMSUM, new Table(), new int[] {x, axis}, y).bytes(new int[] {x}, y));
        assertTrue(
                message.contains("CUMSUM version 3 'y': a running sum of INT8, which TensorFlow Lite does not define"),
                message);
    }
}
