package dev.junco.converter.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Quantization;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void zeroIsAlwaysInside() {
        assertEquals(new Range(0, 5), new Range(2, 5));
        assertEquals(new Range(-5, 0), new Range(-5, -2));
    }

    @Test
    void positiveRangesUseAllSteps() {
        assertEquals(Quantization.perTensor(1f / 255, -128), new Range(0, 1).int8());
    }

    @Test
    void symmetricRangesHaveTheirZeroInTheMiddle() {
        Quantization q = new Range(-1, 1).int8();
        assertEquals((float) (2.0 / 255), q.scale());
        assertEquals(0, q.zeroPoint(), 1);
    }

    @Test
    void negativeRangesEndAt127() {
        assertEquals(127, new Range(-3, 0).int8().zeroPoint());
    }

    @Test
    void nothingButZeroHasAScale() {
        assertEquals(Quantization.perTensor(1, 0), Range.ZERO.int8());
        assertEquals(Quantization.perTensor(1, 0), new Range(0, 1e-44).int8());
    }

    @Test
    void leastSquaresKeepsAnEvenDistribution() {
        Range range = new Range(-1, 3);
        float[] values = new float[40_000];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 4 - 1;
        }
        Range found = histogram(range, values).leastSquares();
        assertEquals(-1, found.lo(), 0.05);
        assertEquals(3, found.hi(), 0.05);
    }

    @Test
    void leastSquaresGivesUpOneOutlier() {
        float[] values = new float[100_000];
        Random random = new Random(2);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        values[0] = 20;
        Range found = histogram(new Range(0, 20), values).leastSquares();
        assertTrue(found.hi() < 20 && found.hi() > 1, found.toString());
    }

    @Test
    void percentileCutsBothTails() {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 9 ? -100 : i < 18 ? 100 : (i % 100 + 0.5f) / 100;
        }
        Range found = histogram(new Range(-100, 100), values).percentile(1e-4);
        assertEquals(0, found.lo(), 0.2);
        assertEquals(1, found.hi(), 0.2);
    }

    @Test
    void zerosDoNotVote() {
        Range range = new Range(0, 1);
        float[] spread = new float[1000];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (i + 0.5f) / 1000;
        }
        Histogram with = histogram(range, spread);
        with.add(new float[1_000_000], 1_000_000);
        assertEquals(histogram(range, spread).leastSquares(), with.leastSquares());
    }

    private static Histogram histogram(Range range, float[] values) {
        Histogram histogram = new Histogram(range);
        histogram.add(values, values.length);
        return histogram;
    }
}
