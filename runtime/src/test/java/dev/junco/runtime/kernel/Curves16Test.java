package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Curves16Test {
    /** The hash of all 65,536 results in order, and the results of −20000, −1, 0 and 1234, as TensorFlow Lite's reference kernels give them. */
    @Test
    void hasTheBitsOfTheReferenceKernels() {
        gives(Curves16.logistic(0x1p-12f), -1371248170, 247, 16382, 16384, 18833);
        gives(Curves16.logistic(0.0003f), -1490465122, 81, 16381, 16384, 19382);
        gives(Curves16.logistic(0.01f), 1800273376, 1, 16302, 16384, 32767);
        gives(Curves16.tanh(0x1p-12f), -28644960, -32764, -8, 0, 9584);
        gives(Curves16.tanh(0x1p-11f), 1916593184, -32767, -16, 0, 17658);
        gives(Curves16.tanh(0.0003f), -1324686403, -32767, -11, 0, 11605);
        gives(Curves16.tanh(0.00001f), 2001772801, -6468, 0, 0, 406);
    }

    private static void gives(Curves16 curve, int hash, int... some) {
        assertEquals(some[0], curve.of(-20000));
        assertEquals(some[1], curve.of(-1));
        assertEquals(some[2], curve.of(0));
        assertEquals(some[3], curve.of(1234));
        short[] all = new short[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) curve.of(i + Short.MIN_VALUE);
        }
        assertEquals(hash, Arrays.hashCode(all));
    }

    @Test
    void isTheFunctionToATenThousandth() {
        Curves16 logistic = Curves16.logistic(0.0003f);
        Curves16 tanh = Curves16.tanh(0.0003f);
        for (int x = Short.MIN_VALUE; x <= Short.MAX_VALUE; x += 37) {
            assertEquals(1 / (1 + Math.exp(-0.0003f * x)), logistic.of(x) * 0x1p-15, 2e-4, "logistic of " + x);
            assertEquals(Math.tanh(0.0003f * x), tanh.of(x) * 0x1p-15, 4e-4, "tanh of " + x);
        }
    }

    @Test
    void refusesScalesBeyondItsMultiplier() {
        assertThrows(IllegalArgumentException.class, () -> Curves16.logistic(2.7f));
        assertThrows(IllegalArgumentException.class, () -> Curves16.tanh(Float.MAX_VALUE));
    }
}
