package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;

/** Values and lengths for the kernel tests; the seed is part of every message. */
final class Samples {
    /** 0, 1, around each number of lanes, primes. */
    static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 131};

    private static final float[] SPECIAL = {
        Float.NaN,
        0f,
        -0f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1e-39f,
        1f,
        -1f
    };

    private Samples() {}

    /** n values around 0, of every size from 0.01 to 10. */
    static float[] ordinary(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(4) - 2));
        }
        return values;
    }

    /** n values, every fourth of them NaN, a zero, an infinity or another extreme. */
    static float[] extreme(int n, long seed) {
        Random random = new Random(seed);
        float[] values = ordinary(n, seed);
        for (int i = 0; i < n; i++) {
            if (random.nextInt(4) == 0) {
                values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return values;
    }

    static byte[] bytes(int n, long seed) {
        byte[] values = new byte[n];
        new Random(seed).nextBytes(values);
        return values;
    }

    /** n times the same. */
    static int[] filled(int n, int value) {
        int[] values = new int[n];
        Arrays.fill(values, value);
        return values;
    }

    /** Fails at the first value whose bits differ; all NaN count as one. */
    static void assertSameBits(float[] expected, float[] actual, String message) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                fail(message + ": at " + i + " expected " + expected[i] + ", found " + actual[i]);
            }
        }
    }

    static void assertClose(double expected, float actual, double tolerance, String message) {
        double bound = tolerance * Math.max(1, Math.abs(expected));
        if (!(Math.abs(expected - actual) <= bound)) {
            fail(message + ": expected " + expected + ", found " + actual);
        }
    }
}
