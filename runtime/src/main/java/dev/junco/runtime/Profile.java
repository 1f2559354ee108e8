package dev.junco.runtime;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.plan.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where the time of an interpreter's runs goes, operator by operator. Measuring allocates nothing and costs two readings of the clock an operator.
 *
 * <pre>{@code
 * Profile profile = interpreter.profile();
 * for (int i = 0; i < 1000; i++) {
 *     interpreter.run(profile);
 * }
 * System.out.println(profile);                 // a table
 * }</pre>
 */
public final class Profile {
    private final Execution execution;
    private final OperatorCatalog catalog;
    private final long[] nanos;
    private int runs;

    Profile(Execution execution, OperatorCatalog catalog) {
        this.execution = execution;
        this.catalog = catalog;
        this.nanos = new long[execution.plan().graph().nodes().size()];
    }

    /** Runs and adds their times. */
    void run(Execution now) {
        if (now != execution) {
            throw new IllegalArgumentException(
                    "this profile belongs to another interpreter, or to other input shapes of"
                            + " this one; take a new one with interpreter.profile()");
        }
        now.run(nanos);
        runs++;
    }

    /** Runs so far. */
    public int runs() {
        return runs;
    }

    /** Nanoseconds that an operator took in all runs together. */
    public long nanos(int operator) {
        return nanos[operator];
    }

    /** Nanoseconds that all operators took in all runs together. */
    public long totalNanos() {
        long total = 0;
        for (long node : nanos) {
            total += node;
        }
        return total;
    }

    /** The operators in the order in which they run, with the kernels that they use now. */
    public List<Operator> operators() {
        Graph graph = execution.plan().graph();
        double total = totalNanos();
        List<Operator> operators = new ArrayList<>(nanos.length);
        for (int i = 0; i < nanos.length; i++) {
            Node node = graph.nodes().get(i);
            operators.add(new Operator(
                    node.name(),
                    catalog.name(node.attributes()),
                    runs == 0 ? 0 : (double) nanos[i] / runs,
                    total == 0 ? 0 : nanos[i] / total,
                    execution.multiplyAdds(i),
                    bytes(node),
                    execution.kernels(i)));
        }
        return operators;
    }

    private static long bytes(Node node) {
        long bytes = 0;
        for (Value input : node.inputs()) {
            bytes += input.spec().bytes();
        }
        for (Value output : node.outputs()) {
            bytes += output.spec().bytes();
        }
        return bytes;
    }

    /**
     * What an operator does and costs in one run.
     *
     * @param name of the node
     * @param operator its kind, for example {@code Conv2D}
     * @param nanos mean time of a run
     * @param share part of the time of all operators, 0 to 1
     * @param multiplyAdds of a run; 0 for operators that have none to speak of
     * @param bytes of operands, weights and results, each counted once
     * @param kernels classes of the kernels in use, for example {@code VectorPackedMatrix}; empty for plain loops and for operators
     *     that cost nothing because they share the memory of their operand
     */
    public record Operator(
            String name, String operator, double nanos, double share, long multiplyAdds, long bytes, String kernels) {
        /** 2 · multiply-adds / time, in 10⁹ a second; 0 before the first run. */
        public double gigaflops() {
            return nanos == 0 ? 0 : 2 * multiplyAdds / nanos;
        }
    }

    /** A table with one line an operator. */
    @Override
    public String toString() {
        return table(UnaryOperator.identity());
    }

    /**
     * The table of {@link #toString()} with other names.
     *
     * @param names what is shown for the name of an operator, for example a part of it
     */
    public String table(UnaryOperator<String> names) {
        List<Operator> operators = operators();
        List<String> shown = new ArrayList<>(operators.size());
        int name = "name".length();
        int kind = "operator".length();
        long multiplyAdds = 0;
        for (Operator operator : operators) {
            shown.add(names.apply(operator.name()));
            name = Math.max(name, shown.get(shown.size() - 1).length());
            kind = Math.max(kind, operator.operator().length());
            multiplyAdds += operator.multiplyAdds();
        }
        String line = "%-" + kind + "s  %-" + name + "s  %9s  %6s  %13s  %11s  %7s  %s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, line, "operator", "name", "µs", "share", "multiply-adds", "bytes", "GFLOP/s", "kernels"));
        for (int i = 0; i < shown.size(); i++) {
            Operator operator = operators.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    line,
                    operator.operator(),
                    shown.get(i),
                    String.format(Locale.ROOT, "%.2f", operator.nanos() / 1000),
                    String.format(Locale.ROOT, "%.1f%%", 100 * operator.share()),
                    operator.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%,d", operator.multiplyAdds()),
                    String.format(Locale.ROOT, "%,d", operator.bytes()),
                    operator.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%.1f", operator.gigaflops()),
                    operator.kernels()));
        }
        double micros = runs == 0 ? 0 : totalNanos() / 1000.0 / runs;
        text.append(String.format(
                Locale.ROOT,
                "total of %d operators, mean of %d runs: %.2f µs, %,d multiply-adds, %.1f GFLOP/s%n",
                operators.size(),
                runs,
                micros,
                multiplyAdds,
                micros == 0 ? 0 : 2 * multiplyAdds / micros / 1000));
        return text.toString();
    }
}
