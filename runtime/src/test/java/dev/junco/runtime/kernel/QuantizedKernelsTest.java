package dev.junco.runtime.kernel;

import static dev.junco.runtime.kernel.Samples.LENGTHS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantizedKernelsTest {
    private static List<Flavour<QuantizedKernels>> flavours() {
        return Flavours.quantized();
    }

    private static byte clamp(long value, int lo, int hi) {
        return (byte) Math.min(Math.max(value, lo), hi);
    }

    @Test
    void dequantizeScales() {
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                byte[] x = Samples.bytes(n + 4, n);
                float[] y = new float[n + 7];
                float[] expected = new float[n + 7];
                for (int i = 0; i < n; i++) {
                    expected[3 + i] = (float) ((double) 0.037f * (x[2 + i] - 11));
                }
                flavour.kernels().dequantize(x, 2, 0.037f, 11, y, 3, n);
                Samples.assertSameBits(expected, y, flavour + " n=" + n);
            }
        }
    }

    @Test
    void quantizeRoundsHalvesAwayFromZero() {
        float[] x = {
            0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0.49999997f, -0.49999997f, Float.NaN, 1e30f, -1e30f, 124.5f, 8388609f
        };
        byte[] expected = {4, 2, 5, 6, 0, 3, 3, 3, 127, -128, 127, 127};
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int repeat = 1; repeat < 9; repeat++) {
                float[] many = new float[12 * repeat];
                byte[] y = new byte[12 * repeat];
                for (int i = 0; i < many.length; i++) {
                    many[i] = x[i % 12];
                }
                flavour.kernels().quantize(many, 0, 1f, 3, y, 0, many.length);
                for (int i = 0; i < many.length; i++) {
                    assertEquals(expected[i % 12], y[i], flavour + " of " + many[i]);
                }
            }
        }
    }

    @Test
    void quantizeDividesByTheScale() {
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                float[] x = Samples.ordinary(n + 2, n);
                byte[] y = new byte[n + 5];
                byte[] expected = new byte[n + 5];
                for (int i = 0; i < n; i++) {
                    double q = x[1 + i] / 0.03f; // a float quotient
                    double rounded = Math.signum(q) * Math.floor(Math.abs(q) + 0.5);
                    expected[2 + i] = clamp((long) rounded - 7, -128, 127);
                }
                flavour.kernels().quantize(x, 1, 0.03f, -7, y, 2, n);
                assertArrayEquals(expected, y, () -> flavour + " n=" + n);
            }
        }
    }

    @Test
    void lookupReadsTheTable() {
        byte[] table = LookupTables.of(LookupTables::logistic, 0.1f, 5, 1 / 256f, -128);
        assertEquals(-128, table[0]);
        assertEquals(0, table[5 + 128]);
        assertEquals(127, table[255]);
        byte[] odd = LookupTables.of(LookupTables::tanh, 1 / 64f, 0, 1 / 128f, 0);
        assertEquals(97, odd[64 + 128]); // 128 · tanh 1 = 97.48
        assertEquals(-97, odd[-64 + 128]);
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                byte[] x = Samples.bytes(n + 3, n);
                byte[] y = new byte[n + 4];
                flavour.kernels().lookup(x, 1, table, y, 2, n);
                for (int i = 0; i < n; i++) {
                    assertEquals(table[x[1 + i] + 128], y[2 + i]);
                }
            }
        }
    }
}
