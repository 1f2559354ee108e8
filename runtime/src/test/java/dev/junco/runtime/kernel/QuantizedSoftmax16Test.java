package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class QuantizedSoftmax16Test {
    @Test
    void isTheSoftmaxToATenThousandth() {
        for (int n : new int[] {1, 2, 7, 100, 3000}) {
            short[] x = new short[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                x[i] = (short) (i * 7919 % 20011 - 10000);
                sum += Math.exp(0.0005 * x[i]);
            }
            short[] y = new short[n];
            QuantizedSoftmax16.of(0.0005f, 1).row(x, 0, y, 0, n);
            for (int i = 0; i < n; i++) {
                assertEquals(Math.exp(0.0005 * x[i]) / sum, y[i] * 0x1p-15, 1e-4, i + " of " + n);
            }
        }
    }

    @Test
    void refusesScalesWhoseDifferencesOverflow() {
        assertThrows(IllegalArgumentException.class, () -> QuantizedSoftmax16.of(2.6f, 1));
        assertThrows(IllegalArgumentException.class, () -> QuantizedSoftmax16.of(0.1f, 30));
    }
}
