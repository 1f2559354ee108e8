package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.junco.runtime.kernel.Flavours.Flavour;
import dev.junco.runtime.kernel.fma.FmaGemmKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GemmKernelsTest {
    private static final int CASES = 400;
    private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 11, 12, 13, 17, 23, 24, 25, 97, 101};
    private static final int[] COLUMNS = {1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 17, 24, 31, 32, 33, 41, 64, 65, 129, 257};

    static List<Flavour<GemmKernels>> flavours() {
        return Flavours.gemm();
    }

    private static float[][] workspace() {
        float[][] workspace = new float[GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];
        for (float[] row : workspace) {
            Arrays.fill(row, Float.NaN);
        }
        return workspace;
    }

    private static int pick(Random random, int[] from) {
        return from[random.nextInt(from.length)];
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void multipliesAsDefined(Flavour<GemmKernels> flavour) {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            GemmProblem x = new GemmProblem(
                    random,
                    pick(random, ROWS),
                    1 + random.nextInt(3),
                    1 + random.nextInt(19),
                    pick(random, COLUMNS),
                    false);
            int fromRow = random.nextBoolean() ? 0 : random.nextInt(x.cRows);
            int toRow = random.nextBoolean() ? x.cRows : fromRow + random.nextInt(x.cRows - fromRow + 1);
            PackedMatrix b = flavour.kernels().allocate(x.a.k(), x.n);
            pack(b, x, random);
            float[] c = x.initial.clone();
            int split = random.nextInt(b.columnBlocks() + 1);
            multiply(x, b, fromRow, toRow, 0, split, c);
            multiply(x, b, fromRow, toRow, split, b.columnBlocks(), c);
            check(x, fromRow, toRow, x.a.k(), false, flavour, c, "seed " + seed);
        }
    }

    private static void multiply(GemmProblem x, PackedMatrix b, int fromRow, int toRow, int from, int to, float[] c) {
        float[] init = x.init == null ? c : x.init;
        b.multiply(
                x.a,
                fromRow,
                toRow,
                from,
                to,
                init,
                x.initOffset,
                x.initStride,
                c,
                x.cOffset,
                x.cStride,
                x.lo,
                x.hi,
                workspace());
    }

    /** From B itself, or from its transpose, block by block or at once. */
    private static void pack(PackedMatrix packed, GemmProblem x, Random random) {
        float[] source = x.b;
        int offset = x.bOffset;
        int rowStride = x.bStride;
        int columnStride = 1;
        if (random.nextBoolean()) {
            rowStride = 1;
            columnStride = x.a.k() + random.nextInt(3);
            offset = random.nextInt(4);
            source = new float[offset + x.n * columnStride];
            for (int p = 0; p < x.a.k(); p++) {
                for (int j = 0; j < x.n; j++) {
                    source[offset + p + j * columnStride] = x.b[x.bOffset + p * x.bStride + j];
                }
            }
        }
        if (random.nextBoolean()) {
            packed.pack(source, offset, rowStride, columnStride);
        } else {
            for (int block = 0; block < packed.columnBlocks(); block++) {
                packed.pack(source, offset, rowStride, columnStride, block, block + 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void multipliesTransposedAsDefined(Flavour<GemmKernels> flavour) {
        int[] depths = {1, 2, 3, 7, 12, 59, 60, 61, 255, 256, 257, 523};
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int depth = pick(random, depths);
            int columns = pick(random, COLUMNS);
            GemmProblem x =
                    new GemmProblem(random, depth, 1 + random.nextInt(3), 1 + random.nextInt(19), columns, true);
            int fromRow = random.nextBoolean() ? 0 : random.nextInt(x.cRows);
            int toRow = random.nextBoolean() ? x.cRows : fromRow + random.nextInt(x.cRows - fromRow + 1);
            float[] c = x.initial.clone();
            int split = random.nextInt(depth + 1);
            multiplyTransposed(flavour.kernels(), x, fromRow, toRow, 0, split, c);
            multiplyTransposed(flavour.kernels(), x, fromRow, toRow, split, depth, c);
            check(x, fromRow, toRow, depth, true, flavour, c, "seed " + seed);
        }
    }

    private static void multiplyTransposed(
            GemmKernels kernels, GemmProblem x, int fromRow, int toRow, int from, int to, float[] c) {
        kernels.multiplyTransposed(
                x.a, fromRow, toRow, from, to, x.b, x.bOffset, x.bStride, x.n, c, x.cOffset, x.cStride, workspace());
    }

    private static void check(
            GemmProblem x,
            int fromRow,
            int toRow,
            int depth,
            boolean transposed,
            Flavour<?> flavour,
            float[] c,
            String where) {
        boolean fused = !flavour.name().startsWith("plain");
        float[] expected = x.initial.clone();
        for (int i = fromRow; i < toRow; i++) {
            for (int j = 0; j < x.n; j++) {
                int at = x.cOffset + i * x.cStride + j;
                expected[at] = x.chain(x.start(i, j), i, j, depth, transposed, fused);
                Samples.assertClose(
                        x.exact(x.start(i, j), i, j, depth, transposed), expected[at], 1e-4, where + ", " + x);
            }
        }
        Samples.assertSameBits(expected, c, flavour + ", " + where + ", rows " + fromRow + ".." + toRow + ", " + x);
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void keepsNaNThroughTheClamp(Flavour<GemmKernels> flavour) {
        for (int n : new int[] {1, 32, 40, 130}) {
            for (int m : new int[] {1, 5, 24}) {
                float[] data = new float[m * 3];
                Arrays.fill(data, Float.NaN);
                RowSource a = RowSource.dense(data, 0, m, 3, 3);
                PackedMatrix b = flavour.kernels().allocate(3, n);
                b.pack(new float[3 * n], 0, n, 1);
                float[] c = new float[m * n];
                b.multiply(a, 0, m, 0, b.columnBlocks(), new float[n], 0, 0, c, 0, n, 0f, 6f, workspace());
                for (float value : c) {
                    assertEquals(Float.NaN, value, flavour + " " + m + "x" + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void fusedAndVectorKernelsGiveTheSameBits(Flavour<GemmKernels> flavour) {
        if (flavour.name().startsWith("plain")) {
            return;
        }
        for (int size : flavour.name().equals("vector512") ? new int[] {128, 256, 512} : new int[] {128}) {
            float[] expected = cube(new FmaGemmKernels(), size, false);
            Samples.assertSameBits(expected, cube(flavour.kernels(), size, false), flavour + " A·B " + size);
            expected = cube(new FmaGemmKernels(), size, true);
            Samples.assertSameBits(expected, cube(flavour.kernels(), size, true), flavour + " Aᵀ·B " + size);
        }
    }

    private static float[] cube(GemmKernels kernels, int size, boolean transposed) {
        RowSource a = RowSource.dense(Samples.ordinary(size * size, 1), 0, size, size, size);
        float[] b = Samples.ordinary(size * size, 2);
        float[] c = Samples.ordinary(size * size, 3);
        if (transposed) {
            kernels.multiplyTransposed(a, 0, size, 0, size, b, 0, size, size, c, 0, size, workspace());
            return c;
        }
        PackedMatrix packed = kernels.allocate(size, size);
        packed.pack(b, 0, size, 1);
        float none = Float.POSITIVE_INFINITY;
        packed.multiply(a, 0, size, 0, packed.columnBlocks(), c, 0, size, c, 0, size, -none, none, workspace());
        return c;
    }

    @Test
    void productsOfBytesAreExact() {
        java.util.Random random = new java.util.Random(3);
        for (Flavour<GemmKernels> flavour : Flavours.gemm()) {
            for (int n : new int[] {1, 7, 8, 16, 31, 32, 33, 64, 75, 128}) {
                for (int k : new int[] {1, 2, 3, 64, 257}) {
                    float[] w = new float[k * n];
                    for (int i = 0; i < w.length; i++) {
                        w[i] = random.nextInt(8) == 0 ? 127 * (1 - 2 * random.nextInt(2)) : random.nextInt(255) - 127;
                    }
                    float[] a = new float[2 * k + 1];
                    for (int i = 0; i < a.length; i++) {
                        a[i] = random.nextInt(8) == 0 ? -128 : random.nextInt(256) - 128;
                    }
                    float[] start = new float[n];
                    float[] expected = new float[2 * n + 3];
                    for (int j = 0; j < n; j++) {
                        start[j] = random.nextInt(20001) - 10000;
                        for (int row = 0; row < 2; row++) {
                            float sum = start[j];
                            for (int p = 0; p < k; p++) {
                                sum += a[1 + row * k + p] * w[j * k + p];
                            }
                            expected[2 + row * n + j] = Math.min(Math.max(sum, -200_000), 300_000);
                        }
                    }
                    PackedMatrix b = flavour.kernels().allocateBytes(k, n);
                    b.pack(w, 0, 1, k);
                    float[] c = new float[2 * n + 3];
                    float[][] workspace = new float[GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];
                    RowSource rows = RowSource.dense(a, 1, 2, k, k);
                    b.multiply(rows, 0, 2, 0, b.columnBlocks(), start, 0, 0, c, 2, n, -200_000, 300_000, workspace);
                    Samples.assertSameBits(expected, c, flavour + " k=" + k + " n=" + n);
                }
            }
        }
    }

    @Test
    void rowsOfBytesAreMultipliedAsTheyAre() {
        java.util.Random random = new java.util.Random(4);
        GemmKernels kernels = new DotGemmKernels();
        assertTrue(kernels.multipliesBytes());
        for (int n : new int[] {1, 2, 33}) {
            for (int k : new int[] {1, 15, 16, 17, 300}) {
                float[] w = new float[k * n + 2];
                byte[] a = new byte[k];
                random.nextBytes(a);
                a[0] = -128;
                float[] start = new float[n];
                float[] expected = new float[n + 3];
                for (int j = 0; j < n; j++) {
                    start[j] = random.nextInt(20001) - 10000;
                    int sum = (int) start[j];
                    for (int p = 0; p < k; p++) {
                        int weight = p == 0 ? -128 : random.nextInt(256) - 128;
                        w[2 + j * k + p] = weight;
                        sum += weight * a[p];
                    }
                    expected[1 + j] = sum;
                }
                PackedMatrix b = kernels.allocateBytes(k, n);
                b.pack(w, 2, 1, k);
                float[] c = new float[n + 3];
                b.multiplyBytes(a, start, c, 1);
                Samples.assertSameBits(expected, c, "k=" + k + " n=" + n);
                assertEquals((long) k * n, kernels.packedBytes(k, n, true));
            }
        }
        PackedMatrix floats = new PlainGemmKernels().allocateBytes(2, 2);
        assertThrows(
                UnsupportedOperationException.class,
                () -> floats.multiplyBytes(new byte[2], new float[2], new float[2], 0));
    }

    @Test
    void runsBothPlainAndVectorKernelsWhereTheModuleIs() {
        boolean expected = Boolean.parseBoolean(System.getProperty("junco.test.vector", "" + Flavours.VECTOR));
        assertEquals(expected, KernelProviders.vector().isPresent());
        assertEquals(expected ? 6 : 3, Flavours.gemm().size());
    }

    @Test
    void refusesAWidthWithoutKernels() {
        Flavours.assumeVector();
        try {
            KernelProviders.vector(64);
        } catch (IllegalArgumentException refused) {
            assertEquals("vectors of 64 bits: expected 128, 256 or 512", refused.getMessage());
            return;
        }
        fail("64-bit vectors were accepted");
    }
}
