package dev.junco.benchmarks.inference;

import dev.junco.runtime.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints how int8 compares with float32, and two threads with one, in Junco itself. */
public final class OwnTable {
    /** Interpreters of each kind: where in a cache line a small arena lies is the JVM's choice and worth a tenth of the time. */
    private static final int COPIES = 5;

    private OwnTable() {}

    /** Options: names of workloads, all if none; {@code warm=10} seconds before measuring. */
    public static void main(String[] arguments) {
        double warm = 10;
        List<Workload> workloads = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("warm=")) {
                warm = Double.parseDouble(argument.substring(5));
            } else {
                workloads.add(Workload.valueOf(argument));
            }
        }
        if (workloads.isEmpty()) {
            workloads.addAll(List.of(Workload.values()));
        }
        System.out.println(
                "| workload | float32, µs | int8, µs | int8 / float32 | of minima | 2 threads, µs | speed-up |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (Workload workload : workloads) {
            row(workload, warm);
        }
    }

    private static void row(Workload workload, double warm) {
        Graph graph = workload.graph();
        Graph int8 = workload.int8Graph();
        float[] input = Workload.input(graph, 1);
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            engines.add(new JuncoEngine(graph, input, 1));
            engines.add(new JuncoEngine(int8, input, 1));
        }
        List<Stopwatch.Time> times = Stopwatch.measure(engines, warm, COPIES);
        Stopwatch.Time float32 = middle(times, 0);
        Stopwatch.Time quantized = middle(times, 1);
        // apart from the others, because workers spin for a while before they park
        JuncoEngine team = new JuncoEngine(graph, input, 2);
        Stopwatch.Time two = Stopwatch.measure(List.of(team), warm / 4, 1).get(0);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.4g | %.4g | **%.2f** | %.2f | %.4g | %.2f |%n",
                workload.label(),
                float32.median(),
                quantized.median(),
                quantized.median() / float32.median(),
                quantized.fastest() / float32.fastest(),
                two.median(),
                float32.median() / two.median());
    }

    /** The middle one of every second engine's times, from the given one on. */
    private static Stopwatch.Time middle(List<Stopwatch.Time> times, int first) {
        double[] fastest = new double[COPIES];
        double[] medians = new double[COPIES];
        for (int i = 0; i < COPIES; i++) {
            fastest[i] = times.get(first + 2 * i).fastest();
            medians[i] = times.get(first + 2 * i).median();
        }
        Arrays.sort(fastest);
        Arrays.sort(medians);
        return new Stopwatch.Time(fastest[COPIES / 2], medians[COPIES / 2]);
    }
}
