package dev.junco.runtime.kernel;

import static dev.junco.runtime.kernel.Samples.LENGTHS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.runtime.kernel.Flavours.Flavour;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseKernelsTest {
    /** Runs a kernel on two operands and a result that all lie in one array. */
    private interface Call {
        void run(ElementwiseKernels kernels, float[] memory, int a, int b, int z, int n);
    }

    private interface Formula {
        double of(double a, double b, double z);
    }

    private record Case(Call call, Formula formula) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "clamp",
                    new Case(
                            (k, m, a, b, z, n) -> k.clamp(m, a, m, z, n, 0f, 6f),
                            (a, b, z) -> Math.min(Math.max(a, 0), 6))),
            Map.entry(
                    "leakyRelu",
                    new Case(
                            (k, m, a, b, z, n) -> k.leakyRelu(m, a, m, z, n, 0.3f),
                            (a, b, z) -> a >= 0 ? a : 0.3f * a)),
            Map.entry("exp", new Case((k, m, a, b, z, n) -> k.exp(m, a, m, z, n), (a, b, z) -> Math.exp(a))),
            Map.entry(
                    "sigmoid",
                    new Case((k, m, a, b, z, n) -> k.sigmoid(m, a, m, z, n), (a, b, z) -> 1 / (1 + Math.exp(-a)))),
            Map.entry("tanh", new Case((k, m, a, b, z, n) -> k.tanh(m, a, m, z, n), (a, b, z) -> Math.tanh(a))),
            Map.entry("add", new Case((k, m, a, b, z, n) -> k.add(m, a, m, b, m, z, n), (a, b, z) -> a + b)),
            Map.entry("subtract", new Case((k, m, a, b, z, n) -> k.subtract(m, a, m, b, m, z, n), (a, b, z) -> a - b)),
            Map.entry("multiply", new Case((k, m, a, b, z, n) -> k.multiply(m, a, m, b, m, z, n), (a, b, z) -> a * b)),
            Map.entry(
                    "addScalar",
                    new Case((k, m, a, b, z, n) -> k.addScalar(m, a, 2.5f, m, z, n), (a, b, z) -> a + 2.5)),
            Map.entry(
                    "subtractFromScalar",
                    new Case((k, m, a, b, z, n) -> k.subtractFromScalar(2.5f, m, a, m, z, n), (a, b, z) -> 2.5 - a)),
            Map.entry(
                    "multiplyScalar",
                    new Case((k, m, a, b, z, n) -> k.multiplyScalar(m, a, -2.5f, m, z, n), (a, b, z) -> a * -2.5)),
            Map.entry("axpy", new Case((k, m, a, b, z, n) -> k.axpy(-1.5f, m, a, m, z, n), (a, b, z) -> z - 1.5 * a))));

    static List<Flavour<ElementwiseKernels>> flavours() {
        return Flavours.elementwise();
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void computesItsFormulaAndTouchesNothingElse(String name) {
        Case c = CASES.get(name);
        for (Flavour<ElementwiseKernels> flavour : flavours()) {
            for (int n : LENGTHS) {
                float[] memory = Samples.ordinary(3 * n + 30, n);
                float[] before = memory.clone();
                int a = 3;
                int b = a + n + 5;
                int z = b + n + 7;
                c.call.run(flavour.kernels(), memory, a, b, z, n);
                for (int i = 0; i < memory.length; i++) {
                    String where = name + " " + flavour + " n=" + n + " at " + (i - z);
                    if (i >= z && i < z + n) {
                        int at = i - z;
                        double expected = c.formula.of(before[a + at], before[b + at], before[i]);
                        Samples.assertClose(expected, memory[i], 1e-6, where);
                    } else {
                        assertEquals(before[i], memory[i], where);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void vectorAndFusedKernelsGiveTheSameBits(String name) {
        Flavours.assumeVector();
        Call call = CASES.get(name).call;
        List<Flavour<ElementwiseKernels>> flavours = flavours();
        for (Flavour<ElementwiseKernels> flavour : flavours.subList(2, flavours.size())) {
            for (int n : LENGTHS) {
                float[] memory = Samples.extreme(3 * n + 30, 31L * n);
                compare(call, flavours.get(1).kernels(), flavour, memory, 3, n + 8, 2 * n + 15, n, name);
                compare(call, flavours.get(1).kernels(), flavour, memory, 3, n + 8, 3, n, name + " in place");
                compare(call, flavours.get(1).kernels(), flavour, memory, 3, n + 8, n + 8, n, name + " in place of b");
            }
        }
    }

    private static void compare(
            Call call,
            ElementwiseKernels fused,
            Flavour<ElementwiseKernels> flavour,
            float[] memory,
            int a,
            int b,
            int z,
            int n,
            String name) {
        float[] expected = memory.clone();
        call.run(fused, expected, a, b, z, n);
        float[] actual = memory.clone();
        call.run(flavour.kernels(), actual, a, b, z, n);
        Samples.assertSameBits(expected, actual, name + " " + flavour + " n=" + n);
    }

    @Test
    void inPlaceGivesTheSameBitsAsApart() {
        for (Flavour<ElementwiseKernels> flavour : flavours()) {
            CASES.forEach((name, c) -> {
                if (name.equals("axpy")) {
                    return; // its result is an operand anyway
                }
                for (int n : LENGTHS) {
                    float[] apart = Samples.extreme(3 * n + 30, n);
                    float[] inPlace = apart.clone();
                    c.call.run(flavour.kernels(), apart, 3, n + 8, 2 * n + 15, n);
                    c.call.run(flavour.kernels(), inPlace, 3, n + 8, 3, n);
                    for (int i = 0; i < n; i++) {
                        assertEquals(apart[2 * n + 15 + i], inPlace[3 + i], name + " " + flavour + " n=" + n);
                    }
                }
            });
        }
    }

    @Test
    void scaleShiftScalesEachChannel() {
        for (Flavour<ElementwiseKernels> flavour : flavours()) {
            for (int channels : LENGTHS) {
                int rows = 3;
                float[] x = Samples.ordinary(rows * channels + 4, channels);
                float[] scale = Samples.ordinary(channels + 2, channels + 1);
                float[] shift = Samples.ordinary(channels + 5, channels + 2);
                float[] y = new float[rows * channels + 3];
                flavour.kernels().scaleShift(x, 4, y, 1, rows, channels, scale, 2, shift, 5);
                for (int i = 0; i < rows * channels; i++) {
                    int c = i % channels;
                    double expected = (double) x[4 + i] * scale[2 + c] + shift[5 + c];
                    Samples.assertClose(expected, y[1 + i], 1e-6, "scaleShift " + flavour + " C=" + channels);
                    if (!flavour.name().equals("plain")) {
                        assertEquals(Math.fma(x[4 + i], scale[2 + c], shift[5 + c]), y[1 + i], flavour.name());
                    }
                }
                assertEquals(0f, y[0]);
                assertEquals(0f, y[y.length - 1]);
            }
        }
    }
}
