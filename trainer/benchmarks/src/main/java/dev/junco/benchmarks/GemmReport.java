package dev.junco.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link FmaPeakBenchmark} and {@link GemmBenchmark} in turn and prints each product's GFLOP/s and share of the
 * peak: {@code java --add-modules jdk.incubator.vector -cp target/junco-benchmarks.jar dev.junco.benchmarks.GemmReport}.
 */
public final class GemmReport {
    private GemmReport() {}

    /**
     * Runs the benchmarks.
     *
     * @param args nothing
     */
    public static void main(String[] args) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(FmaPeakBenchmark.class.getName())
                .include(GemmBenchmark.class.getName())
                .build();
        Collection<RunResult> results = new Runner(options).run();
        double peak = 0;
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith(".peak")) {
                peak = FmaPeakBenchmark.FLOP / microseconds(result) / 1000;
            }
        }
        print("fused multiply-adds in registers", peak, peak);
        for (RunResult result : results) {
            String size = result.getParams().getParam("size");
            if (size != null) {
                double flop = 2 * Math.pow(Integer.parseInt(size), 3);
                String method = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
                String name = method + " " + result.getParams().getParam("kernels") + " " + size;
                print(name, flop / microseconds(result) / 1000, peak);
            }
        }
    }

    /** Of the best iteration: whatever else runs on the machine only adds to the others. */
    private static double microseconds(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    private static void print(String name, double gigaflops, double peak) {
        System.out.printf(Locale.ROOT, "%-36s %7.1f GFLOP/s %5.1f %%%n", name, gigaflops, 100 * gigaflops / peak);
    }
}
