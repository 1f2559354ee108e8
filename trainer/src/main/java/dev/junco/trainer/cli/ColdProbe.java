package dev.junco.trainer.cli;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The process that {@link ColdStart} measures: the least that an application does. Loads nothing but the runtime, neither lambdas nor formatted text.
 * Arguments: {@code empty}, {@code answer} or {@code steady}; {@code memory} or {@code -} whether to tell the peak; the model; and for steady the time
 * of the start in milliseconds since 1970 and how many seconds to run.
 */
final class ColdProbe {
    /** Runs are looked at so long together: long enough that a compiler on the same core is not taken for slow kernels. */
    private static final long SLICE_NANOS = 50_000_000;

    private ColdProbe() {}

    public static void main(String[] args) throws IOException {
        if (!args[0].equals("empty")) {
            Model model = Model.load(Path.of(args[2]));
            Interpreter interpreter = model.interpreter();
            for (Tensor input : interpreter.inputs().values()) {
                float[] values = new float[input.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = 0.01f * (i % 100);
                }
                input.set(values);
            }
            if (args[0].equals("answer")) {
                interpreter.run();
                System.out.println("answer");
            } else {
                steady(interpreter, Long.parseLong(args[3]), Integer.parseInt(args[4]));
            }
        }
        if (args[1].equals("memory")) {
            peak();
        }
    }

    /**
     * Runs without a pause and tells when runs became as fast as at the end, which is after the last slice of time with a median of half as much again and one
     * like it before (one alone is a machine that was busy elsewhere), and the slowest run after the first.
     */
    private static void steady(Interpreter interpreter, long startMillis, int seconds) {
        long offset = (System.currentTimeMillis() - startMillis) * 1_000_000 - System.nanoTime();
        long[] times = new long[1 << 20];
        long[] ends = new long[1 << 20];
        int runs = 0;
        long begin = System.nanoTime();
        for (long end = begin; runs < times.length && end - begin < seconds * 1_000_000_000L; runs++) {
            long start = end;
            interpreter.run();
            end = System.nanoTime();
            times[runs] = end - start;
            ends[runs] = end + offset;
        }
        long median = median(times, runs * 3 / 4, runs);
        int from = 0;
        int first = 0;
        boolean wasSlow = true;
        for (int i = 0; i < runs; i++) {
            if (ends[i] - ends[first] >= SLICE_NANOS) {
                boolean slow = median(times, first, i) > median * 3 / 2;
                from = slow && wasSlow ? i : from;
                wasSlow = slow;
                first = i;
            }
        }
        long slowest = 0;
        for (int i = 1; i < runs; i++) {
            slowest = Math.max(slowest, times[i]);
        }
        System.out.println("steady " + median + " " + ends[Math.min(from, runs - 1)] + " " + slowest + " " + ends[0]);
    }

    private static long median(long[] times, int from, int to) {
        long[] sorted = Arrays.copyOfRange(times, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The most memory that this process ever had resident, where the system tells. */
    private static void peak() throws IOException {
        byte[] bytes = new byte[1 << 13];
        int length;
        try (FileInputStream status = new FileInputStream("/proc/self/status")) {
            length = status.read(bytes);
        } catch (java.io.FileNotFoundException notLinux) {
            return;
        }
        String text = new String(bytes, 0, length, java.nio.charset.StandardCharsets.US_ASCII);
        int at = text.indexOf("VmHWM:");
        System.out.println(
                "peak " + text.substring(at + 6, text.indexOf("kB", at)).strip());
    }
}
