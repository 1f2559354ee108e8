package dev.junco.benchmarks.inference;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.Profile;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what each node of a workload costs Junco in float32 and in int8, run in turns: median microseconds, and billions of multiply-adds a second. */
public final class NodeTimes {
    private static final int RUNS = 2001;

    private NodeTimes() {}

    /** Options: a workload; {@code -Dwarm=10} seconds before measuring. */
    public static void main(String[] arguments) {
        Workload workload = Workload.valueOf(arguments[0]);
        Graph graph = workload.graph();
        Graph int8 = workload.int8Graph();
        float[] input = Workload.input(graph, 1);
        JuncoEngine one = new JuncoEngine(graph, input, 1);
        JuncoEngine other = new JuncoEngine(int8, input, 1);
        System.out.println(
                Stopwatch.measure(List.of(one, other), Double.parseDouble(System.getProperty("warm", "10")), 1));
        long[][] floats = new long[graph.nodes().size()][RUNS];
        long[][] bytes = new long[int8.nodes().size()][RUNS];
        for (int i = 0; i < RUNS; i++) {
            run(one.interpreter(), floats, i);
            run(other.interpreter(), bytes, i);
        }
        for (int n = 0; n < Math.max(floats.length, bytes.length); n++) {
            String left = n < floats.length ? describe(graph.nodes().get(n), floats[n]) : " ".repeat(30);
            String right = n < bytes.length ? describe(int8.nodes().get(n), bytes[n]) : "";
            Node node = n < bytes.length ? int8.nodes().get(n) : graph.nodes().get(n);
            String what = node.attributes().getClass().getSimpleName().replace("Attributes", "");
            System.out.println(left + right + what + " " + node.input(0).shape() + " → "
                    + node.output().shape());
        }
    }

    private static void run(Interpreter interpreter, long[][] times, int run) {
        Profile profile = interpreter.profile();
        for (int n = 0; n < times.length; n++) {
            times[n][run] = -profile.nanos(n);
        }
        interpreter.run(profile);
        for (int n = 0; n < times.length; n++) {
            times[n][run] += profile.nanos(n);
        }
    }

    private static String describe(Node node, long[] times) {
        Arrays.sort(times);
        double median = times[RUNS / 2];
        long work = OperatorCatalog.standard().of(node.attributes()).multiplyAdds(node.attributes(), node);
        return String.format(Locale.ROOT, "%9.2f µs %6.1f GMAC/s   ", median / 1e3, work / median);
    }
}
