package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantizedLayerNormTest {
    /** Two rows of 15 and their results from TensorFlow Lite's own test of its reference kernel (QuantApplyLayerNormTest in tensor_utils_test.cc). */
    @Test
    void hasThePublishedResults() {
        int[] values = {
            -310, 596, 34, -68, 475, 92, 672, -54, -913, -200, -1194, -836, -620, -237, 991, //
            533, 721, -736, -8, -941, -372, -1084, 591, 2557, -779, 175, 582, 956, -287, 944
        };
        short[] gamma = {
            21849, 22882, 20626, 23854, 24779, 26354, 12980, 26231, 23716, 27271, 24937, 22647, 24715, 22854, 19646
        };
        int[] beta = {
            -14175520, -13805465, -16027609, -13786809, -13321033, -14399810, -15055368, -14536623, -14508746,
            -13784007, -15206609, -15125830, -14996304, -14847597, -12814379
        };
        int[] expected = {
            -9407, 5846, -4802, -5295, 4822, -2390, 930, -5283, -20352, -7846, -26539, -18704, -15829, -8627, 10313, //
            -2522, -132, -16058, -8206, -19158, -13296, -14407, -1235, 20612, -18591, -6738, -2274, 2602, -11622, 1565
        };
        float scale = (float) Math.scalb(1895840000.0, -13 - 31);
        QuantizedLayerNorm norm = new QuantizedLayerNorm(scale, gamma, 0, beta, 0);
        norm.apply(values, 0, 15);
        norm.apply(values, 15, 15);
        assertArrayEquals(expected, values);
    }

    @Test
    void isNearTheNormalisationOfRealNumbers() {
        for (int n : new int[] {2, 3, 16, 64, 100}) {
            int[] values = new int[n];
            short[] gamma = new short[n];
            int[] beta = new int[n];
            double mean = 0;
            for (int i = 0; i < n; i++) {
                values[i] = i * 7919 % 20011 - 10000;
                gamma[i] = (short) (10000 + 100 * i);
                beta[i] = 1_000_000 * (i % 7 - 3);
                mean += values[i] / (double) n;
            }
            double variance = 0;
            for (int value : values) {
                variance += (value - mean) * (value - mean) / n;
            }
            int[] found = values.clone();
            float scale = 0x1p-15f;
            new QuantizedLayerNorm(scale, gamma, 0, beta, 0).apply(found, 0, n);
            for (int i = 0; i < n; i++) {
                double exact = gamma[i] * (values[i] - mean) / Math.sqrt(variance) * scale + beta[i] * scale / 1024;
                assertEquals(exact, found[i] / 4096.0, 2e-3, i + " of " + n);
            }
        }
    }

    @Test
    void equalValuesBecomeTheBias() {
        int[] values = {77, 77, 77, 77};
        short[] gamma = {32767, 32767, 32767, 32767};
        int[] beta = {1024, -1024, 2048, 1 << 30};
        new QuantizedLayerNorm(1f / 4096, gamma, 0, beta, 0).apply(values, 0, 4);
        assertArrayEquals(new int[] {1, -1, 2, 32767}, values);
    }
}
