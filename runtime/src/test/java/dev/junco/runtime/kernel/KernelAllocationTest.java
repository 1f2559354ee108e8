package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.kernel.Flavours.Flavour;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No plain kernel allocates, with fused multiply-adds or without. */
class KernelAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int CALLS = 200;

    /** Enough for the compiler on a busy machine; a kernel that is compiled ends its warm-up at once. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final float[] x = Samples.ordinary(4096, 1);
    private final float[] y = new float[4096];
    private final float[] w = Samples.ordinary(4096, 2);
    private final byte[] bytes = Samples.bytes(4096, 3);
    private final byte[] out = new byte[4096];

    private static long allocated(Runnable run) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            run.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static <K> void assertNothingAllocated(List<Flavour<K>> flavours, Map<String, Consumer<K>> calls) {
        for (Flavour<K> flavour : flavours) {
            if (flavour.name().startsWith("Vector")) {
                continue; // the tests of this JVM run all widths, whose profiles spoil each other; see
                // KernelCompilationTest
            }
            calls.forEach((name, call) -> {
                Runnable run = () -> call.accept(flavour.kernels());
                long start = System.nanoTime();
                long bytes = allocated(run);
                while (bytes > 0 && System.nanoTime() - start < PATIENCE) {
                    Thread.yield(); // to the compiler
                    bytes = allocated(run);
                }
                assertEquals(0, bytes, name + " of " + flavour + ": bytes allocated by " + CALLS + " calls");
            });
        }
    }

    @Test
    void elementwise() {
        assertNothingAllocated(
                Flavours.elementwise(),
                new TreeMap<>(Map.of(
                        "clamp", k -> k.clamp(x, 1, y, 2, 61, 0f, 6f),
                        "leakyRelu", k -> k.leakyRelu(x, 1, y, 2, 61, 0.1f),
                        "exp", k -> k.exp(x, 1, y, 2, 61),
                        "sigmoid", k -> k.sigmoid(x, 1, y, 2, 61),
                        "tanh", k -> k.tanh(x, 1, y, 2, 61),
                        "add", k -> k.add(x, 1, w, 5, y, 2, 61),
                        "addScalar", k -> k.addScalar(x, 1, 2f, y, 2, 61),
                        "subtractFromScalar", k -> k.subtractFromScalar(2f, x, 1, y, 2, 61),
                        "scaleShift", k -> k.scaleShift(x, 1, y, 2, 3, 29, w, 3, w, 77),
                        "axpy", k -> k.axpy(1e-9f, x, 1, y, 2, 61))));
    }

    @Test
    void reduction() {
        float[] sum = new float[1];
        assertNothingAllocated(
                Flavours.reduction(),
                new TreeMap<>(Map.of(
                        "sum", k -> sum[0] += k.sum(x, 1, 93),
                        "dot", k -> sum[0] += k.dot(x, 1, w, 4, 93),
                        "max", k -> sum[0] += k.max(x, 1, 93),
                        "addColumns", k -> k.addColumns(x, 1, 3, 45, y, 2),
                        "addSquaredDeviations", k -> k.addSquaredDeviations(x, 1, 3, 45, w, 7, y, 2),
                        "addColumnProducts", k -> k.addColumnProducts(x, 1, w, 3, 3, 45, y, 2),
                        "softmax", k -> k.softmax(x, 1, y, 2, 3, 45, 0.5f))));
    }

    @Test
    void depthwise() {
        DepthwiseGeometry small = DepthwiseGeometry.whole(31, 31, 6, 2, 4, 3, 3, 1, 1, 1, 1);
        DepthwiseGeometry large = DepthwiseGeometry.whole(31, 31, 8, 2, 4, 5, 5, 1, 1, 1, 1);
        assertNothingAllocated(
                Flavours.depthwise(),
                new TreeMap<>(Map.of(
                        "3×3", k -> k.depthwise(small, 0, 2, x, 1, w, 2, w, 3, y, 4, 0f, 6f),
                        "5×5", k -> k.depthwise(large, 0, 2, x, 1, w, 2, w, 3, y, 4, 0f, 6f))));
    }

    @Test
    void pooling() {
        PoolGeometry g = new PoolGeometry(5, 6, 43, 3, 3, 2, 2, 2, 2, 0, 0, false);
        assertNothingAllocated(
                Flavours.pooling(),
                new TreeMap<>(Map.of(
                        "maxPool", k -> k.maxPool(g, 0, 3, x, 1, y, 2, 0f, 6f),
                        "averagePool", k -> k.averagePool(g, 0, 3, x, 1, y, 2, 0f, 6f),
                        "maxPoolI8", k -> k.maxPoolI8(g, 0, 3, bytes, 1, out, 2, -128, 127),
                        "averagePoolI8", k -> k.averagePoolI8(g, 0, 3, bytes, 1, out, 2, -128, 127))));
    }

    @Test
    void quantized() {
        QuantizedSum sum = QuantizedSum.of(0.1f, 1, 0.2f, 2, 0.3f, 3, -128, 127);
        QuantizedProduct product = QuantizedProduct.of(0.1f, 1, 0.2f, 2, 0.3f, 3, -128, 127);
        QuantizedSoftmax softmax = QuantizedSoftmax.of(0.1f, 1f);
        byte[] table = LookupTables.of(LookupTables::tanh, 0.1f, 0, 1 / 128f, 0);
        assertNothingAllocated(
                Flavours.quantized(),
                new TreeMap<>(Map.of(
                        "lookup", k -> k.lookup(bytes, 1, table, out, 2, 61),
                        "quantize", k -> k.quantize(x, 1, 0.1f, 3, out, 2, 61),
                        "dequantize", k -> k.dequantize(bytes, 1, 0.1f, 3, y, 2, 61),
                        "add", k -> k.add(sum, bytes, 1, bytes, 99, out, 2, 61),
                        "subtract", k -> k.subtract(sum, bytes, 1, bytes, 99, out, 2, 61),
                        "multiply", k -> k.multiply(product, bytes, 1, bytes, 99, out, 2, 61),
                        "softmax", k -> k.softmax(softmax, bytes, 1, out, 2, 3, 20))));
    }

    @Test
    void widened() {
        Rescaling scaling =
                new Rescaling(new int[61], factors(1 << 30), factors(-6), 0, 127, factors(-1 << 20), factors(1 << 20));
        QuantizedSum sum = QuantizedSum.of(0.1f, 1, 0.2f, 2, 0.3f, 3, -128, 127);
        assertNothingAllocated(
                Flavours.widened(),
                new TreeMap<>(Map.of(
                        "expand", k -> k.expand(bytes, 1, 3, y, 2, 61),
                        "narrow", k -> k.narrow(y, 1, 3, out, 2, 61),
                        "rescale", k -> k.rescale(scaling, y, 2, 64, 4, 0, 61),
                        "add", k -> k.add(sum, x, 1, x, 9, y, 2, 61))));
    }

    private static int[] factors(int value) {
        int[] factors = new int[61];
        Arrays.fill(factors, value);
        return factors;
    }
}
