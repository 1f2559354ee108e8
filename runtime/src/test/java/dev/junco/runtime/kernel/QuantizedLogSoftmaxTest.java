package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantizedLogSoftmaxTest {
    /** Rows of seven with the scale 0.1, and what TensorFlow Lite's reference kernel makes of them. */
    @Test
    void hasTheBitsOfTheReferenceKernel() {
        row(new int[] {101, -55, 93, 81, -1, 31, 2}, 120, -128, 107, 88, -44, 8, -39);
        row(new int[] {-45, 50, 18, -107, -9, -61, 75}, -66, 86, 34, -128, -9, -92, 126);
        row(new int[] {3, 4, -124, 5, -5, 2, -4}, 101, 102, -103, 104, 88, 99, 89);
        row(new int[] {-3, 86, 2, 104, -1, -4, 5}, -47, 96, -39, 125, -43, -48, -34);
    }

    private static void row(int[] x, int... expected) {
        byte[] y = new byte[7];
        QuantizedLogSoftmax.of(0.1f, 1).row(bytes(x), 0, y, 0, 7);
        assertArrayEquals(bytes(expected), y);
    }

    @Test
    void isTheLogarithmWithinItsStep() {
        byte[] x = new byte[97];
        for (int i = 0; i < x.length; i++) {
            x[i] = (byte) (i * 53 % 101 - 60);
        }
        double sum = 0;
        for (byte value : x) {
            sum += Math.exp(0.05 * value);
        }
        byte[] y = new byte[x.length];
        QuantizedLogSoftmax.of(0.05f, 1).row(x, 0, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertEquals(0.05 * x[i] - Math.log(sum), (y[i] - 127) / 16.0, 0.5 / 16 + 1e-3, "at " + i);
        }
    }

    @Test
    void theLogarithmIsExactTo22Bits() {
        for (long x = 1 << 19; x < Integer.MAX_VALUE; x += 1 + x / 37) {
            assertEquals(Math.log(x / 524288.0), FixedPointLog.log((int) x) / 67108864.0, 4e-7, "of " + x);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
