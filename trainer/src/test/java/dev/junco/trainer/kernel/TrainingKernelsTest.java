package dev.junco.trainer.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.junco.trainer.data.Random64;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Vector kernels give the bits of the plain ones, at lengths around a vector's and at odd offsets. */
class TrainingKernelsTest {
    private static final long SEED = 99;
    private static final int[] LENGTHS = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 97};
    private static final boolean VECTOR = Boolean.getBoolean("junco.test.vector");

    private static float[] random(int n, long stream) {
        Random64 random = Random64.ofStream(SEED, stream);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** Calls both kernels on copies of the same arrays, of which the first is changed. */
    private static void compare(String what, int n, BiConsumer<TrainingKernels, float[][]> call) {
        float[][] plain = arrays(n);
        float[][] fast = arrays(n);
        call.accept(TrainingKernels.PLAIN, plain);
        call.accept(TrainingKernels.fastest(), fast);
        for (int i = 0; i < plain.length; i++) {
            assertArrayEquals(plain[i], fast[i], what + " of " + n + ", array " + i + ", seed " + SEED);
        }
    }

    private static float[][] arrays(int n) {
        float[][] arrays = new float[4][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = random(13 * n + 20, i);
        }
        // Squares are never negative.
        for (int i = 0; i < arrays[2].length; i++) {
            arrays[2][i] = Math.abs(arrays[2][i]);
        }
        return arrays;
    }

    @Test
    void vectorKernelsServeWhereTheModuleIs() {
        if (!VECTOR) {
            boolean present =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            assertEquals(present, TrainingKernels.fastest() != TrainingKernels.PLAIN);
            return;
        }
        assertSame(VectorUpdateKernels.class, TrainingKernels.fastest().update().getClass());
    }

    @Test
    void updates() {
        for (int n : LENGTHS) {
            compare("descend", n, (k, a) -> k.update().descend(a[0], a[3], 5, 2, 2 + n, -0.1f));
            compare(
                    "momentum",
                    n,
                    (k, a) -> k.update().descendWithMomentum(a[0], a[1], a[3], 5, 2, 2 + n, -0.1f, 0.9f));
            compare(
                    "nesterov",
                    n,
                    (k, a) -> k.update().descendLookingAhead(a[0], a[1], a[3], 5, 2, 2 + n, -0.1f, 0.9f));
            compare(
                    "adam",
                    n,
                    (k, a) -> k.update().adam(a[0], a[1], a[2], a[3], 5, 2, 2 + n, 0.7f, 0.01f, 0.1f, 0.001f, 1e-7f));
        }
    }

    @Test
    void derivativesOfFunctions() {
        for (int n : LENGTHS) {
            compare("clamp", n, (k, a) -> k.gradient().clamp(a[1], 3, a[2], 4, a[0], 5, n, -0.5f, 0.8f));
            compare("sigmoid", n, (k, a) -> k.gradient().sigmoid(a[1], 3, a[2], 4, a[0], 5, n));
            compare("tanh", n, (k, a) -> k.gradient().tanh(a[1], 3, a[2], 4, a[0], 5, n));
            compare("leakyRelu", n, (k, a) -> k.gradient().leakyRelu(a[1], 3, a[3], 4, a[0], 5, n, 0.1f));
            compare("in place", n, (k, a) -> k.gradient().tanh(a[0], 3, a[2], 4, a[0], 3, n));
            compare(
                    "dropout",
                    n,
                    (k, a) -> k.gradient().dropout(a[1], 3, a[0], 5, n, 12345, 0x1234567, -77, 1 << 22, 1.25f));
        }
    }

    @Test
    void derivativesOfMaxima() {
        for (int n : LENGTHS) {
            for (boolean accumulate : new boolean[] {false, true}) {
                compare(
                        "max",
                        n,
                        (k, a) -> k.gradient()
                                .maxPoolWindow(a[3], 3, a[0], 4, 4 * n, 3, 2, a[1], 5, n, -0.2f, 1.5f, accumulate));
            }
        }
    }

    @Test
    void rowsOfChannels() {
        for (int n : LENGTHS) {
            compare("products", n, (k, a) -> k.channel().addCenteredProducts(a[1], 1, a[2], 2, 3, n, a[3], 4, a[0], 5));
            compare(
                    "combine",
                    n,
                    (k, a) -> k.channel().combine(a[1], 1, a[2], 2, a[0], 5, 3, n, a[3], 4, a[1], a[2], a[3]));
            compare(
                    "scaled rows",
                    n,
                    (k, a) -> k.channel().addScaledRows(a[1], 1, n + 2, a[2], 2, a[0], 5, 2 * n, 3, n));
            compare(
                    "row products",
                    n,
                    (k, a) -> k.channel().addRowProducts(a[1], 1, n + 2, a[2], 2, 2 * n, 3, n, a[0], 5));
        }
    }

    @Test
    void counterRandomIsAFunctionOfItsArguments() {
        assertEquals(CounterRandom.bits(7, 1, 2), CounterRandom.bits(7, 1, 2));
        long ones = 0;
        for (int i = 0; i < 100_000; i++) {
            ones += Integer.bitCount(CounterRandom.bits(i, 3, 4) ^ CounterRandom.bits(i, 3, 5));
        }
        // Half of 3.2 million bits change with the key; ten standard deviations.
        assertEquals(1_600_000, ones, 9_000);
    }
}
