package dev.junco.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link TrainingBenchmark} and prints its results as the table of {@code docs/benchmarks.md}. Takes JMH's options. */
public final class TrainingComparison {
    private TrainingComparison() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException, IOException {
        String machine = machine();
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(TrainingBenchmark.class.getName())
                        .shouldFailOnError(true)
                        .build())
                .run();
        System.out.println(System.lineSeparator() + machine + System.lineSeparator());
        System.out.println("| network | Junco, samples/s | Deeplearning4j, samples/s | ratio |");
        System.out.println("|---|--:|--:|--:|");
        for (TrainedNetwork network : TrainedNetwork.values()) {
            Result<?> junco = samples(results, network, TrainingEngine.JUNCO);
            Result<?> dl4j = samples(results, network, TrainingEngine.DL4J);
            if (junco != null && dl4j != null) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %.2f |%n",
                        network,
                        cell(junco),
                        cell(dl4j),
                        junco.getScore() / dl4j.getScore());
            }
        }
    }

    /** Mean of the iterations and half the width of its 99.9 % interval. */
    private static String cell(Result<?> result) {
        return String.format(Locale.ROOT, "%,.0f ± %,.0f", result.getScore(), result.getScoreError());
    }

    private static Result<?> samples(Collection<RunResult> results, TrainedNetwork network, TrainingEngine engine) {
        for (RunResult result : results) {
            if (result.getParams().getParam("network").equals(network.name())
                    && result.getParams().getParam("engine").equals(engine.name())) {
                return result.getSecondaryResults().get("samples");
            }
        }
        return null;
    }

    /** The load is there because the peer's threads wait for each other actively: on a busy machine they fall behind manifold. */
    private static String machine() throws IOException {
        return String.join(
                "; ",
                LocalDate.now().toString(),
                Runtime.getRuntime().availableProcessors() + " × " + processor(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                "OPENBLAS_CORETYPE=" + Objects.requireNonNullElse(System.getenv("OPENBLAS_CORETYPE"), "(not set)"),
                String.format(
                        Locale.ROOT,
                        "load before the run %.2f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
