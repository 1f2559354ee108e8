package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ends of what sums of int8 products can be, against sums of the worst inputs. */
class SumRangeTest {
    @Test
    void eachEndIsTheSumOfSomeInput() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            int units = 1 + random.nextInt(4);
            int depth = 1 + random.nextInt(20);
            boolean unitsLast = random.nextBoolean();
            int zeroPoint = random.nextInt(256) - 128;
            int weightsZeroPoint = random.nextBoolean() ? 0 : random.nextInt(256) - 128;
            byte[] weights = new byte[3 + units * depth];
            random.nextBytes(weights);
            SumRange range = SumRange.of(
                    zeroPoint,
                    weights,
                    weightsZeroPoint,
                    3,
                    units,
                    unitsLast ? 1 : depth,
                    depth,
                    unitsLast ? units : 1);
            for (int unit = 0; unit < units; unit++) {
                int lowest = 0;
                int highest = 0;
                for (int p = 0; p < depth; p++) {
                    int w = weights[3 + (unitsLast ? p * units + unit : unit * depth + p)] - weightsZeroPoint;
                    int least = w * (-128 - zeroPoint);
                    int most = w * (127 - zeroPoint);
                    lowest += Math.min(least, most);
                    highest += Math.max(least, most);
                }
                assertEquals(lowest, range.lowest()[unit], "round " + round);
                assertEquals(highest, range.highest()[unit], "round " + round);
            }
        }
    }

    @Test
    void rangesEndWhereFloatsAreNoIntegersAnyMore() {
        byte[] weights = new byte[1000];
        java.util.Arrays.fill(weights, (byte) 127);
        SumRange range = SumRange.of(-128, weights, 0, 0, 1, 1000, 1000, 1);
        assertEquals(0, range.lowest()[0]);
        assertEquals(1 << 24, range.highest()[0]);
    }
}
