package dev.junco.runtime.kernel;

import static dev.junco.runtime.kernel.Samples.LENGTHS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.kernel.Flavours.Flavour;
import dev.junco.runtime.kernel.fma.FmaPolynomials;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionKernelsTest {
    private static final int LANES = 16;

    private static List<Flavour<ReductionKernels>> flavours() {
        return Flavours.reduction();
    }

    private static boolean fused(Flavour<ReductionKernels> flavour) {
        return !flavour.name().equals("plain");
    }

    /** The virtual lanes, written down as the definition says it. */
    private static float tree(float[] lanes) {
        for (int distance = LANES / 2; distance > 0; distance /= 2) {
            for (int l = 0; l < distance; l++) {
                lanes[l] += lanes[l + distance];
            }
        }
        return lanes[0];
    }

    private static float sum(float[] x, int xOffset, int n) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < n; i++) {
            lanes[i % LANES] += x[xOffset + i];
        }
        return tree(lanes);
    }

    private static float dot(float[] a, int aOffset, float[] b, int bOffset, int n, boolean fused) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < n; i++) {
            float left = a[aOffset + i];
            float right = b[bOffset + i];
            lanes[i % LANES] = fused ? Math.fma(left, right, lanes[i % LANES]) : left * right + lanes[i % LANES];
        }
        return tree(lanes);
    }

    @Test
    void sumFollowsTheVirtualLanes() {
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                float[] ordinary = Samples.ordinary(n + 8, n);
                String where = flavour + " n=" + n;
                assertEquals(sum(ordinary, 3, n), flavour.kernels().sum(ordinary, 3, n), where);
                float[] extreme = Samples.extreme(n + 8, n);
                assertEquals(sum(extreme, 3, n), flavour.kernels().sum(extreme, 3, n), where);
                float[] zeros = new float[n];
                Arrays.fill(zeros, -0f);
                assertEquals(0f, flavour.kernels().sum(zeros, 0, n), where);
            }
        }
    }

    @Test
    void dotFollowsTheVirtualLanes() {
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                for (float[] x : new float[][] {Samples.ordinary(2 * n + 9, n), Samples.extreme(2 * n + 9, n)}) {
                    float expected = dot(x, 2, x, n + 5, n, fused(flavour));
                    assertEquals(expected, flavour.kernels().dot(x, 2, x, n + 5, n), flavour + " n=" + n);
                }
            }
        }
    }

    @Test
    void dotKeepsTheSignOfAnUnderflowingChain() {
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                float[] a = new float[n];
                float[] b = new float[n];
                Arrays.fill(a, -1e-30f);
                Arrays.fill(b, 1e-30f);
                float expected = dot(a, 0, b, 0, n, fused(flavour));
                assertEquals(expected, flavour.kernels().dot(a, 0, b, 0, n), flavour + " n=" + n);
            }
        }
    }

    @Test
    void maxIsThatOfMathMax() {
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                for (int seed = 0; n > 0 && seed < 5; seed++) {
                    float[] x = seed == 0 ? Samples.ordinary(n + 4, n) : Samples.extreme(n + 4, 7L * n + seed);
                    float expected = x[2];
                    for (int i = 1; i < n; i++) {
                        expected = Math.max(expected, x[2 + i]);
                    }
                    assertEquals(expected, flavour.kernels().max(x, 2, n), flavour + " n=" + n);
                }
                if (n > 0) {
                    float[] zeros = new float[n];
                    Arrays.fill(zeros, -0f);
                    assertEquals(-0f, flavour.kernels().max(zeros, 0, n));
                    zeros[n / 2] = 0f;
                    assertEquals(0f, flavour.kernels().max(zeros, 0, n));
                }
            }
        }
    }

    @Test
    void columnSumsAddRowsInOrder() {
        int rows = 5;
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                float[] x = Samples.extreme(rows * n + 3, n);
                float[] b = Samples.extreme(rows * n + 1, n + 1);
                float[] center = Samples.ordinary(n + 2, n + 2);
                float[] start = Samples.ordinary(n + 9, n + 3);
                float[] sums = start.clone();
                float[] squares = start.clone();
                float[] products = start.clone();
                for (int i = 0; i < rows * n; i++) {
                    int j = 4 + i % n;
                    float deviation = x[3 + i] - center[2 + i % n];
                    sums[j] += x[3 + i];
                    squares[j] = fused(flavour)
                            ? Math.fma(deviation, deviation, squares[j])
                            : deviation * deviation + squares[j];
                    products[j] = fused(flavour)
                            ? Math.fma(x[3 + i], b[1 + i], products[j])
                            : x[3 + i] * b[1 + i] + products[j];
                }
                float[] y = start.clone();
                flavour.kernels().addColumns(x, 3, rows, n, y, 4);
                Samples.assertSameBits(sums, y, "addColumns " + flavour + " n=" + n);
                y = start.clone();
                flavour.kernels().addSquaredDeviations(x, 3, rows, n, center, 2, y, 4);
                Samples.assertSameBits(squares, y, "addSquaredDeviations " + flavour + " n=" + n);
                y = start.clone();
                flavour.kernels().addColumnProducts(x, 3, b, 1, rows, n, y, 4);
                Samples.assertSameBits(products, y, "addColumnProducts " + flavour + " n=" + n);
            }
        }
    }

    @Test
    void softmaxIsExponentialsOverTheirSum() {
        int rows = 3;
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                for (float beta : new float[] {1f, 0.25f, -2f}) {
                    float[] x = Samples.ordinary(rows * n + 7, n);
                    float[] y = new float[rows * n + 5];
                    flavour.kernels().softmax(x, 4, y, 2, rows, n, beta);
                    for (int r = 0; r < rows; r++) {
                        double[] expected = softmax(x, 4 + r * n, n, beta);
                        for (int j = 0; j < n; j++) {
                            Samples.assertClose(expected[j], y[2 + r * n + j], 1e-6, "softmax " + flavour + " n=" + n);
                        }
                    }
                    float[] inPlace = x.clone();
                    flavour.kernels().softmax(inPlace, 4, inPlace, 4, rows, n, beta);
                    for (int i = 0; i < rows * n; i++) {
                        assertEquals(y[2 + i], inPlace[4 + i]);
                    }
                    assertEquals(0f, y[1]);
                    assertEquals(0f, y[2 + rows * n]);
                }
            }
        }
    }

    private static double[] softmax(float[] x, int xOffset, int n, double beta) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, beta * x[xOffset + j]);
        }
        double sum = 0;
        double[] y = new double[n];
        for (int j = 0; j < n; j++) {
            y[j] = Math.exp(beta * x[xOffset + j] - max);
            sum += y[j];
        }
        for (int j = 0; j < n; j++) {
            y[j] /= sum;
        }
        return y;
    }

    @Test
    void fusedAndVectorSoftmaxFollowTheChain() {
        for (Flavour<ReductionKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                if (n == 0 || !fused(flavour)) {
                    continue;
                }
                for (float[] x : new float[][] {Samples.ordinary(n, n), Samples.extreme(n, n)}) {
                    float max = 0.7f * x[0];
                    for (float v : x) {
                        max = Math.max(max, 0.7f * v);
                    }
                    float[] expected = new float[n];
                    for (int j = 0; j < n; j++) {
                        expected[j] = FmaPolynomials.exp(Math.fma(0.7f, x[j], -max));
                    }
                    float scale = 1f / sum(expected, 0, n);
                    for (int j = 0; j < n; j++) {
                        expected[j] *= scale;
                    }
                    flavour.kernels().softmax(x, 0, x, 0, 1, n, 0.7f);
                    Samples.assertSameBits(expected, x, "softmax " + flavour + " n=" + n);
                }
            }
        }
    }
}
