package dev.junco.converter.pass;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Passes in order, repeated until a whole round changes nothing. Immutable. */
public final class Pipeline {
    /** Far more rounds than any chain of rewrites needs; a pair of passes that undo each other would go on forever. */
    private static final int MOST_ROUNDS = 32;

    private final List<Pass> passes;

    /** A pipeline of these passes. */
    public Pipeline(List<Pass> passes) {
        this.passes = List.copyOf(passes);
    }

    /** All that makes a trained network ready for a device. */
    public static Pipeline forDevices() {
        return new Pipeline(List.of(
                new FreezeParameters(),
                new RemoveIdentities(),
                new FoldConstants(),
                new SimplifyArithmetic(),
                new MatMulToDense(),
                new FoldScaleAndShift(),
                new FoldBatchNormIntoProducer(),
                new FoldBatchNormIntoUser(),
                new FusePadding(),
                new FuseAttention(),
                new FuseNormalization(),
                new FuseFunctions(),
                new FuseActivations(),
                new ShareConstants(),
                new RemoveDeadNodes()));
    }

    /** What a simplified graph needs before its activations are quantised: real numbers throughout, and curves with nodes of their own. */
    public static Pipeline forInt8() {
        return new Pipeline(List.of(
                new UndoDynamicRounding(),
                new FoldConstants(),
                new RemoveIdentities(),
                new FoldScaleAndShift(),
                new SeparateCurves(),
                new RemoveDeadNodes()));
    }

    /**
     * What came of a graph.
     *
     * @param graph the rewritten graph
     * @param applied names of the passes that changed something, in the order of their first change
     */
    public record Outcome(Graph graph, List<String> applied) {}

    /** Applies the passes. */
    public Outcome apply(Graph graph) {
        Set<String> applied = new LinkedHashSet<>();
        Graph current = graph;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Graph before = current;
            for (Pass pass : passes) {
                Graph after = pass.apply(current);
                if (after != current) {
                    requireSameFace(pass, current, after);
                    applied.add(pass.name());
                    current = after;
                }
            }
            if (current == before) {
                return new Outcome(current, new ArrayList<>(applied));
            }
        }
        throw new IllegalStateException("passes " + applied + " never come to an end on " + graph);
    }

    private static void requireSameFace(Pass pass, Graph before, Graph after) {
        boolean same = names(before.inputs()).equals(names(after.inputs()))
                && List.copyOf(before.outputNames().keySet())
                        .equals(List.copyOf(after.outputNames().keySet()));
        if (!same) {
            throw new IllegalStateException("pass " + pass.name() + " changed the inputs or outputs of " + before);
        }
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(Value::name).toList();
    }
}
