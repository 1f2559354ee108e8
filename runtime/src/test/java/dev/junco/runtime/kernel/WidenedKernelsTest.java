package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arithmetic on widened int8 values, against the fixed-point arithmetic of the specification. */
class WidenedKernelsTest {
    private static final int ROWS = 130;

    private static final int[] LENGTHS = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 64, 67, 130};

    @Test
    void expandSubtractsTheZeroPoint() {
        for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
            for (int n : LENGTHS) {
                byte[] x = Samples.bytes(n + 4, n);
                float[] y = new float[n + 7];
                float[] expected = new float[n + 7];
                for (int i = 0; i < n; i++) {
                    expected[3 + i] = x[2 + i] + 128;
                }
                flavour.kernels().expand(x, 2, -128, y, 3, n);
                Samples.assertSameBits(expected, y, flavour + " n=" + n);
            }
        }
    }

    @Test
    void narrowAddsTheZeroPoint() {
        for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
            for (int n : LENGTHS) {
                byte[] expected = Samples.bytes(n + 5, n);
                byte[] y = expected.clone();
                float[] x = new float[n + 3];
                for (int i = 0; i < n; i++) {
                    x[3 + i] = expected[2 + i] + 100;
                    y[2 + i] = 0;
                }
                flavour.kernels().narrow(x, 3, -100, y, 2, n);
                assertArrayEquals(expected, y, () -> flavour + " n=" + n);
            }
        }
    }

    /** Factors from 2⁻²⁸ to 16, sums that come to a half before they are rounded, and their neighbours. */
    @Test
    void rescaleIsFixedPointMultiplicationAlsoAtHalves() {
        for (int channels : new int[] {1, 3, 4, 5, 16, 17, 31, 37, 64}) {
            for (int round = 0; round < 24; round++) {
                Random random = new Random(channels * 1000L + round);
                int stride = channels + random.nextInt(3);
                int zeroPoint = random.nextInt(256) - 128;
                int lo = round % 2 == 0 ? 0 : -128 - zeroPoint;
                Rescaling scaling = scaling(random, channels, lo, Math.max(lo, 127 - zeroPoint));
                float[] acc = sums(random, scaling, stride);
                float[] expected = acc.clone();
                for (int r = 0; r < ROWS; r++) {
                    for (int c = 0; c < channels; c++) {
                        expected[5 + r * stride + c] = scaling.of(c, (int) acc[5 + r * stride + c]);
                    }
                }
                for (int prepared = 0; prepared < 2; prepared++) {
                    for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
                        float[] found = acc.clone();
                        flavour.kernels().rescale(scaling, found, 5, stride, ROWS, 0, channels);
                        Samples.assertSameBits(expected, found, flavour + " C=" + channels + " round " + round);
                    }
                    Flavours.widened().forEach(flavour -> flavour.kernels().prepare(scaling));
                }
            }
        }
    }

    /** Scales of trained networks, for results from 0 on and others: around every threshold, and at the ends of the sums. */
    @Test
    void singleRoundingsAreRightAroundAllThresholds() {
        Random random = new Random(3);
        int[][] found = new int[2][2];
        for (int round = 0; round < 90; round++) {
            int sided = round % 3 == 2 ? 1 : 0;
            int[] bias = {random.nextInt(40_000) - 20_000, random.nextInt(100), 1 << random.nextInt(20), 0};
            int[] multipliers = random.ints(4, 1 << 30, Integer.MAX_VALUE).toArray();
            int[] shifts = random.ints(4, -13, 1).toArray();
            int lo = new int[] {0, random.nextInt(40), -random.nextInt(150)}[round % 3];
            int hi = lo + random.nextInt(256 - Math.abs(lo));
            int[] lowest = random.ints(4, -(1 << random.nextInt(23)), 1).toArray();
            int[] highest = random.ints(4, 0, 1 << random.nextInt(23)).toArray();
            Rescaling scaling = new Rescaling(bias, multipliers, shifts, lo, hi, lowest, highest);
            Flavours.widened().forEach(flavour -> flavour.kernels().prepare(scaling));
            assumeTrue(scaling.singleRounding().isReady(), "no vector kernels");
            found[sided][scaling.singleRounding().hasLines(0) ? 1 : 0]++;
            float[] acc = new float[4 * 4 * 258];
            for (int i = 0; i < acc.length; i++) {
                int c = i % 4;
                double half = lo - 1 + i / 16 + 0.5;
                half -= shifts[c] == 0 ? 0 : Math.copySign(Math.scalb(0.5, shifts[c]), half);
                long sum = (long) Math.ceil(half / scaling.factors()[c]) - bias[c] + i / 4 % 4 - 2;
                acc[i] = Math.max(lowest[c], Math.min(highest[c], sum));
            }
            float[] expected = acc.clone();
            for (int i = 0; i < acc.length; i++) {
                expected[i] = scaling.of(i % 4, (int) acc[i]);
            }
            for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
                float[] results = acc.clone();
                flavour.kernels().rescale(scaling, results, 0, 4, acc.length / 4, 0, 4);
                Samples.assertSameBits(expected, results, flavour + " round " + round);
            }
        }
        assertTrue(found[0][1] > 57 && found[1][1] > 27, () -> "too few have lines: " + Arrays.deepToString(found));
    }

    private static Rescaling scaling(Random random, int channels, int lo, int hi) {
        int[] bias = new int[channels];
        int[] multipliers = new int[channels];
        int[] shifts = new int[channels];
        for (int c = 0; c < channels; c++) {
            shifts[c] = (random.nextInt(4) == 0 ? 5 : 0) - random.nextInt(random.nextBoolean() ? 12 : 29);
            multipliers[c] = (1 << 30) + (random.nextBoolean() ? 0 : random.nextInt(1 << 30));
            bias[c] = random.nextInt() >> (4 + random.nextInt(27));
        }
        return new Rescaling(
                bias,
                multipliers,
                shifts,
                lo,
                hi,
                Samples.filled(channels, -1 << 24),
                Samples.filled(channels, 1 << 24));
    }

    private static float[] sums(Random random, Rescaling scaling, int stride) {
        float[] acc = new float[ROWS * stride + 9];
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < scaling.channels(); c++) {
                double half = random.nextInt(600) - 300 + 0.5;
                double sum = (half - scaling.starts()[c]) / scaling.factors()[c];
                long near = Math.round(sum) + random.nextInt(3) - 1;
                acc[5 + r * stride + c] = Math.max(-(1 << 24), Math.min(1 << 24, near));
            }
        }
        return acc;
    }

    /** All pairs of values under many scales, some of which give halves all the time, in place of either operand. */
    @Test
    void widenedSumsHaveTheBitsOfTheSpecification() {
        Random random = new Random(8);
        for (int round = 0; round < 24; round++) {
            float scaleA = round < 3 ? 0.5f : (float) Math.exp(-6 * random.nextDouble());
            float scaleB = round < 6 ? scaleA : (float) Math.exp(-6 * random.nextDouble());
            float scale = round < 3 ? 1f : Math.max(scaleA, scaleB) * (0.3f + 2 * random.nextFloat());
            int zeroA = random.nextInt(256) - 128;
            int zeroB = random.nextInt(256) - 128;
            QuantizedSum sum = QuantizedSum.of(scaleA, zeroA, scaleB, zeroB, scale, round - 12, -120, 125);
            float[] a = new float[(1 << 16) + 3];
            float[] b = a.clone();
            float[] expected = a.clone();
            for (int i = 0; i < 1 << 16; i++) {
                byte left = (byte) i;
                byte right = (byte) (i >> 8);
                a[i + 3] = left - zeroA;
                b[i + 3] = right - zeroB;
                expected[i + 3] = sum.result(sum.scaledA(left) + sum.scaledB(right)) - (round - 12);
            }
            expected[0] = expected[1] = expected[2] = 0;
            for (Flavour<WidenedKernels> flavour : Flavours.widened()) {
                float[] z = a.clone();
                flavour.kernels().add(sum, z, 3, b, 3, z, 3, 1 << 16);
                Samples.assertSameBits(expected, z, flavour + " " + sum);
                z = b.clone();
                flavour.kernels().add(sum, a, 3, z, 3, z, 3, 1 << 16);
                Samples.assertSameBits(expected, z, flavour + " " + sum);
            }
        }
    }
}
