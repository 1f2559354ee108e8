package dev.junco.runtime.kernel;

import static dev.junco.runtime.kernel.Samples.LENGTHS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums, products and softmax of int8 values. */
class QuantizedArithmeticTest {
    private static List<Flavour<QuantizedKernels>> flavours() {
        return Flavours.quantized();
    }

    @Test
    void sumsHaveTheBitsOfTheSpecification() {
        Random random = new Random(8);
        byte[] a = new byte[1 << 16];
        byte[] b = new byte[1 << 16];
        for (int i = 0; i < a.length; i++) {
            a[i] = (byte) i;
            b[i] = (byte) (i >> 8);
        }
        for (int round = 0; round < 24; round++) {
            float scaleA = round < 3 ? 0.5f : (float) Math.exp(-6 * random.nextDouble());
            float scaleB = round < 6 ? scaleA : (float) Math.exp(-6 * random.nextDouble());
            float scale = round < 3 ? 1f : Math.max(scaleA, scaleB) * (0.3f + 2 * random.nextFloat());
            QuantizedSum sum = QuantizedSum.of(
                    scaleA, random.nextInt(256) - 128, scaleB, random.nextInt(256) - 128, scale, round - 12, -120, 125);
            byte[] added = new byte[a.length];
            byte[] subtracted = new byte[a.length];
            for (int i = 0; i < a.length; i++) {
                added[i] = sum.result(sum.scaledA(a[i]) + sum.scaledB(b[i]));
                subtracted[i] = sum.result(sum.scaledA(a[i]) - sum.scaledB(b[i]));
            }
            for (Flavour<QuantizedKernels> flavour : flavours()) {
                byte[] z = a.clone();
                flavour.kernels().add(sum, z, 0, b, 0, z, 0, z.length);
                assertArrayEquals(added, z, () -> flavour + " " + sum);
                z = b.clone();
                flavour.kernels().subtract(sum, a, 0, z, 0, z, 0, z.length);
                assertArrayEquals(subtracted, z, () -> flavour + " " + sum);
            }
        }
    }

    @Test
    void sumsComeWithinOneStepOfTheRealSum() {
        QuantizedSum sum = QuantizedSum.of(0.05f, 3, 0.02f, -10, 0.06f, 7, -128, 127);
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                byte[] memory = Samples.bytes(3 * n + 20, n);
                byte[] before = memory.clone();
                flavour.kernels().add(sum, memory, 1, memory, n + 3, memory, 2 * n + 6, n);
                for (int i = 0; i < n; i++) {
                    double real = 0.05 * (before[1 + i] - 3) + 0.02 * (before[n + 3 + i] + 10);
                    assertNear(7 + real / 0.06, memory[2 * n + 6 + i]);
                }
                memory = before.clone();
                flavour.kernels().subtract(sum, memory, 1, memory, n + 3, memory, 2 * n + 6, n);
                for (int i = 0; i < n; i++) {
                    double real = 0.05 * (before[1 + i] - 3) - 0.02 * (before[n + 3 + i] + 10);
                    assertNear(7 + real / 0.06, memory[2 * n + 6 + i]);
                }
            }
        }
    }

    private static void assertNear(double real, byte found) {
        double bounded = Math.min(Math.max(real, -128), 127);
        assertTrue(Math.abs(bounded - found) < 0.51, () -> "expected near " + real + ", found " + found);
    }

    @Test
    void productsComeWithinOneStepOfTheRealProduct() {
        QuantizedProduct product = QuantizedProduct.of(0.05f, 3, 0.02f, -10, 0.06f, 7, -128, 127);
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                byte[] memory = Samples.bytes(3 * n + 20, n);
                byte[] before = memory.clone();
                flavour.kernels().multiply(product, memory, 1, memory, n + 3, memory, 2 * n + 6, n);
                for (int i = 0; i < n; i++) {
                    double real = 0.05 * (before[1 + i] - 3) * 0.02 * (before[n + 3 + i] + 10);
                    assertNear(7 + real / 0.06, memory[2 * n + 6 + i]);
                }
            }
        }
    }

    @Test
    void vectorsGiveTheBytesOfThePlainKernelsInPlaceToo() {
        Flavours.assumeVector();
        QuantizedSum sum = QuantizedSum.of(0.011f, -100, 0.9f, 20, 0.13f, 1, -90, 100);
        QuantizedProduct product = QuantizedProduct.of(0.011f, -100, 0.9f, 20, 0.13f, 1, -90, 100);
        QuantizedKernels plain = flavours().get(0).kernels();
        for (Flavour<QuantizedKernels> flavour :
                flavours().subList(1, flavours().size())) {
            for (int n : LENGTHS) {
                byte[] memory = Samples.bytes(3 * n + 20, n);
                for (int z : new int[] {1, n + 3, 2 * n + 6}) {
                    byte[] expected = memory.clone();
                    byte[] actual = memory.clone();
                    plain.add(sum, expected, 1, expected, n + 3, expected, z, n);
                    flavour.kernels().add(sum, actual, 1, actual, n + 3, actual, z, n);
                    plain.subtract(sum, expected, 1, expected, n + 3, expected, z, n);
                    flavour.kernels().subtract(sum, actual, 1, actual, n + 3, actual, z, n);
                    plain.multiply(product, expected, 1, expected, n + 3, expected, z, n);
                    flavour.kernels().multiply(product, actual, 1, actual, n + 3, actual, z, n);
                    assertArrayEquals(expected, actual, () -> flavour + " n=" + n);
                }
            }
        }
    }

    @Test
    void softmaxIsNearTheRealOne() {
        for (Flavour<QuantizedKernels> flavour : flavours()) {
            for (float scale : new float[] {0.01f, 0.1f, 1f}) {
                QuantizedSoftmax softmax = QuantizedSoftmax.of(scale, 1f);
                for (int n : LENGTHS) {
                    byte[] x = Samples.bytes(2 * n + 3, n);
                    byte[] y = new byte[2 * n + 5];
                    flavour.kernels().softmax(softmax, x, 3, y, 2, 2, n);
                    for (int r = 0; r < 2; r++) {
                        double total = 0;
                        for (int j = 0; j < n; j++) {
                            total += Math.exp(scale * x[3 + r * n + j]);
                        }
                        for (int j = 0; j < n; j++) {
                            double share = Math.exp(scale * x[3 + r * n + j]) / total;
                            assertNear(256 * share - 128, y[2 + r * n + j]);
                        }
                    }
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> QuantizedSoftmax.of(0x1p-27f, 1f));
    }

    @Test
    void softmaxParametersAreThoseOfTheSpecification() {
        // 0.1 · 2²⁶ = 6710886.4 (0.1 as float: 6710886.5) = 0.8 · 2²³; the radius is 31 · 2²⁶ / 2²³ = 248
        QuantizedSoftmax softmax = QuantizedSoftmax.of(0.1f, 1f);
        assertEquals(23, softmax.shift());
        assertEquals(1717986944, softmax.multiplier());
        assertEquals(-248, softmax.smallestDifference());
    }
}
