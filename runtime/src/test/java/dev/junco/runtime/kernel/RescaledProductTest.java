package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Products whose int8 results are made in registers, against exact sums rescaled one by one. */
class RescaledProductTest {
    private static final int OFFSET = 3;

    /** Blocks that fill vectors and others, few rows and many, channels without lines among them: the rows that are done are right, the others untouched. */
    @Test
    void multiplyRescaledIsProductThenRescaling() {
        for (Flavour<GemmKernels> flavour : Flavours.gemm()) {
            Random random = new Random(6);
            int done = 0;
            for (int round = 0; round < 60; round++) {
                int m = 1 + random.nextInt(40);
                int k = 1 + random.nextInt(70);
                int n = 1 + random.nextInt(100);
                int stride = n + random.nextInt(3);
                float[] x = integers(random, m * k, 0, 255);
                float[] w = integers(random, k * n, -127, 127);
                Rescaling scaling = scaling(random, n, round % 3 == 0);
                Flavours.widened().forEach(each -> each.kernels().prepare(scaling));
                PackedMatrix b = flavour.kernels().allocate(k, n);
                b.pack(w, 0, n, 1);
                float[] c = new float[OFFSET + m * stride];
                Arrays.fill(c, Float.NaN);
                RowSource a = RowSource.dense(x, 0, m, k, k);
                int first = random.nextInt(m);
                for (int block = 0; block < b.columnBlocks(); block++) {
                    SingleRounding lines = scaling.singleRounding();
                    int end = b.multiplyRescaled(a, first, m, block, new float[n], c, OFFSET, stride, lines);
                    int from = b.firstColumn(block);
                    int to = b.firstColumn(block + 1);
                    for (int i = 0; i < m; i++) {
                        for (int j = from; j < to; j++) {
                            float found = c[OFFSET + i * stride + j];
                            String at = flavour + " round " + round + " row " + i + " column " + j;
                            if (first <= i && i < end) {
                                assertEquals(scaling.of(j, sum(x, w, k, n, i, j)), found, at);
                                done++;
                            } else {
                                assertTrue(Float.isNaN(found), at);
                            }
                        }
                    }
                }
            }
            assertEquals(flavour.kernels().rescales(), done > 0, flavour + " made " + done);
        }
    }

    private static int sum(float[] x, float[] w, int k, int n, int i, int j) {
        int sum = 0;
        for (int p = 0; p < k; p++) {
            sum += (int) (x[i * k + p] * w[p * n + j]);
        }
        return sum;
    }

    private static float[] integers(Random random, int n, int least, int most) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = least + random.nextInt(most - least + 1);
        }
        return values;
    }

    /** Multipliers that shift to the left have no lines. */
    private static Rescaling scaling(Random random, int channels, boolean lacking) {
        int[] shifts = random.ints(channels, -9, -5).toArray();
        if (lacking) {
            shifts[random.nextInt(channels)] = 1;
        }
        return new Rescaling(
                random.ints(channels, -20_000, 20_000).toArray(),
                random.ints(channels, 1 << 30, Integer.MAX_VALUE).toArray(),
                shifts,
                random.nextInt(9),
                255,
                Samples.filled(channels, -1 << 22),
                Samples.filled(channels, 1 << 22));
    }
}
