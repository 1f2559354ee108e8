package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Array;

/** Comparison of tensors bit by bit; all NaN count as one. */
final class Bits {
    private Bits() {}

    static void assertSame(Object expected, Object actual, String message) {
        int n = Array.getLength(expected);
        if (n != Array.getLength(actual)) {
            fail(message + ": " + n + " elements expected, found " + Array.getLength(actual));
        }
        for (int i = 0; i < n; i++) {
            if (of(expected, i) != of(actual, i)) {
                fail(message + ": at " + i + " of " + n + " expected " + Array.get(expected, i) + ", found "
                        + Array.get(actual, i));
            }
        }
    }

    private static int of(Object array, int i) {
        if (array instanceof float[] floats) {
            return Float.floatToIntBits(floats[i]);
        }
        return array instanceof byte[] bytes ? bytes[i] : ((int[]) array)[i];
    }
}
