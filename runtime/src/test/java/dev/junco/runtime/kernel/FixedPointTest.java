package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final int[] EDGES = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        -3,
        1 << 30,
        -(1 << 30),
        (1 << 30) + 1,
        Integer.MAX_VALUE,
        -Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };

    @Test
    void splitsFactorsIntoMultiplierAndShift() {
        assertPair(1 << 30, 1, 1.0);
        assertPair(1 << 30, 0, 0.5);
        assertPair(1 << 30, -1, 0.25);
        assertPair(3 << 29, 0, 0.75);
        assertPair(1717986918, -3, 0.1); // 0.8 · 2³¹ = 1717986918.4
        assertPair(1431655765, 0, 2 / 3.0); // 2³² / 3 = 1431655765.33
        assertPair(1 << 30, 1, 1 - 0x1p-40); // rounds up to 2³¹, which is the next power
        assertPair(1 << 30, -31, 0x1p-32);
        assertPair(0, 0, 0x1p-33);
        assertPair(0, 0, 0);
        assertPair(Integer.MAX_VALUE, 31, Integer.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.multiplier(-1));
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.shift(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.shift(Double.POSITIVE_INFINITY));
    }

    private static void assertPair(int multiplier, int shift, double factor) {
        assertEquals(multiplier, FixedPoint.multiplier(factor), () -> "multiplier of " + factor);
        assertEquals(shift, FixedPoint.shift(factor), () -> "shift of " + factor);
    }

    @Test
    void multiplyRoundsTwice() {
        // 3 · ½ = 1.5, rounded up by the high product, nothing left for the shift
        assertEquals(2, FixedPoint.multiply(3, 1 << 30, 0));
        assertEquals(-1, FixedPoint.multiply(-3, 1 << 30, 0));
        // 5 · ¼: 5 · ½ = 2.5 becomes 3, 3 · ½ = 1.5 becomes 2, though 5 · ¼ = 1.25
        assertEquals(2, FixedPoint.multiply(5, 1 << 30, -1));
        // −5 · ¼: −2.5 becomes −2, −1
        assertEquals(-1, FixedPoint.multiply(-5, 1 << 30, -1));
        // −7 · ¼: −3.5 becomes −3, −1.5 becomes −2
        assertEquals(-2, FixedPoint.multiply(-7, 1 << 30, -1));
        assertEquals(100, FixedPoint.multiply(100, 1 << 30, 1));
        assertEquals(75, FixedPoint.multiply(100, 3 << 29, 0));
    }

    @Test
    void highProductIsTheExactProductRoundedHalvesUp() {
        assertEquals(Integer.MAX_VALUE, FixedPoint.multiplyHigh(Integer.MIN_VALUE, Integer.MIN_VALUE));
        Random random = new Random(11);
        for (int i = 0; i < 20000; i++) {
            int a = i < 169 ? EDGES[i % 13] : random.nextInt() >> random.nextInt(31);
            int b = i < 169 ? EDGES[i / 13] : random.nextInt() >> random.nextInt(31);
            if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
                continue;
            }
            BigInteger doubled = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
            BigInteger expected = doubled.add(BigInteger.ONE.shiftLeft(30)).shiftRight(31);
            assertEquals(expected.intValueExact(), FixedPoint.multiplyHigh(a, b), () -> a + " · " + b);
        }
    }

    @Test
    void divisionRoundsHalvesAwayFromZero() {
        Random random = new Random(12);
        for (int i = 0; i < 20000; i++) {
            int x = i < 13 ? EDGES[i] : random.nextInt() >> random.nextInt(31);
            for (int exponent = 0; exponent < 32; exponent++) {
                BigDecimal exact = new BigDecimal(x).divide(new BigDecimal(1L << exponent));
                int expected = exact.setScale(0, RoundingMode.HALF_UP).intValueExact();
                assertEquals(expected, FixedPoint.divideByPowerOfTwo(x, exponent), x + " / 2^" + exponent);
            }
        }
    }

    @Test
    void shiftLeftSaturates() {
        assertEquals(Integer.MAX_VALUE, FixedPoint.saturatingShiftLeft(1 << 30, 1));
        assertEquals(Integer.MIN_VALUE, FixedPoint.saturatingShiftLeft(-(1 << 30), 1));
        assertEquals(Integer.MIN_VALUE, FixedPoint.saturatingShiftLeft(-(1 << 30) - 1, 2));
        assertEquals(-8, FixedPoint.saturatingShiftLeft(-1, 3));
    }

    @Test
    void expIsNearTheExponential() {
        assertEquals(Integer.MAX_VALUE, FixedPoint.exp(0));
        for (int a = -1; a > -(1 << 30); a -= 99991) {
            double expected = Math.exp(a * 0x1p-26);
            assertEquals(expected, FixedPoint.exp(a) * 0x1p-31, 1e-6, "exp of " + a * 0x1p-26);
        }
    }

    @Test
    void reciprocalIsNearTheQuotient() {
        for (long a = 0; a < 1L << 31; a += 999983) {
            double expected = 1 / (1 + a * 0x1p-31);
            assertEquals(expected, FixedPoint.reciprocalOfOnePlus((int) a) * 0x1p-31, 1e-8, "1 / (1 + " + a + ")");
        }
    }
}
