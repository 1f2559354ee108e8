package dev.junco.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Random64Test {

    /** The first outputs of xoshiro256** from the state 1, 2, 3, 4, as in the tests of Rust's rand_xoshiro. */
    @Test
    void givesTheReferenceNumbers() {
        Random64 random = Random64.ofState(new long[] {1, 2, 3, 4});
        long[] expected = {11520L, 0L, 1509978240L, 1215971899390074240L, 1216172134540287360L, 607988272756665600L};
        for (long value : expected) {
            assertEquals(value, random.nextLong());
        }
    }

    /** SplitMix64 of seed 0 starts with 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F (Vigna). */
    @Test
    void seedsFromSplitMix() {
        assertArrayEquals(
                new long[] {0xE220A8397B1DCDAFL, 0x6E789E6AA1B965F4L, 0x06C45D188009454FL, 0xF88BB8A8724C81ECL},
                new Random64(0).state());
    }

    @Test
    void continuesFromItsState() {
        Random64 random = new Random64(7);
        random.nextGaussian();
        Random64 copy = Random64.ofState(random.state());
        for (int i = 0; i < 100; i++) {
            assertEquals(random.nextGaussian(), copy.nextGaussian());
        }
    }

    @Test
    void refusesAStateOfZeros() {
        assertThrows(IllegalArgumentException.class, () -> Random64.ofState(new long[4]));
        assertThrows(IllegalArgumentException.class, () -> Random64.ofState(new long[3]));
    }

    @Test
    void streamsOfOneSeedDiffer() {
        assertNotEquals(
                Random64.ofStream(1, 0).nextLong(), Random64.ofStream(1, 1).nextLong());
        assertNotEquals(
                Random64.ofStream(0, 1).nextLong(), Random64.ofStream(1, 0).nextLong());
    }

    @Test
    void boundedNumbersAreUniform() {
        Random64 random = new Random64(3);
        for (int bound : new int[] {1, 2, 7, 10, 1 << 30, Integer.MAX_VALUE}) {
            int[] tenths = new int[10];
            for (int i = 0; i < 20_000; i++) {
                int value = random.nextInt(bound);
                assertTrue(value >= 0 && value < bound);
                tenths[(int) (value * 10L / bound)]++;
            }
            if (bound >= 10 && bound != 7) {
                assertTrue(Arrays.stream(tenths).allMatch(n -> n > 1800 && n < 2200), Arrays.toString(tenths));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
    }

    @Test
    void gaussianHasMeanZeroAndVarianceOne() {
        Random64 random = new Random64(11);
        double sum = 0;
        double squares = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            sum += x;
            squares += x * x;
        }
        assertEquals(0, sum / n, 0.01);
        assertEquals(1, squares / n, 0.01);
    }

    @Test
    void fractionsStayBelowOne() {
        Random64 random = new Random64(5);
        for (int i = 0; i < 10_000; i++) {
            float f = random.nextFloat();
            double d = random.nextDouble();
            assertTrue(f >= 0 && f < 1 && d >= 0 && d < 1);
        }
    }
}
