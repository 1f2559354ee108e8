package dev.junco.converter.measure;

import dev.junco.converter.Samples;
import dev.junco.converter.pass.GraphCopy;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Shows what flows through a graph: runs samples and hands out the elements of chosen inputs and activations. Belongs to one thread. */
public final class Probe {
    /** Watched values stay alive to the end of a run; so many bytes of them are enough at once. */
    private static final long MOST_BYTES = 64L << 20;

    private final List<Value> watched;
    private final BatchRunner runner;
    private final List<Tensor> tensors = new ArrayList<>();
    private final float[][] buffers;

    /** Receives what a probe sees. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Looks at a value.
         *
         * @param index of the value in the probe's list
         * @param elements the real numbers, sample after sample; valid until this method returns
         * @param count number of elements
         */
        void see(int index, float[] elements, int count);
    }

    /**
     * A probe.
     *
     * @param maker makes the model of a graph
     * @param watched inputs and activations of the graph
     * @param most samples of one run, or fewer where memory is short
     */
    public Probe(
            Function<Graph, Model> maker, Graph graph, List<Value> watched, Samples samples, int most, int threads) {
        this.watched = List.copyOf(watched);
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            copy.copy(node);
        }
        List<Value> computed = watched.stream()
                .filter(value -> value.role() == Role.ACTIVATION)
                .toList();
        Model model = maker.apply(computed.isEmpty() ? graph : copy.buildFor(computed));
        this.runner = new BatchRunner(model, samples, batch(model, most), threads);
        this.buffers = new float[watched.size()][];
        for (int i = 0; i < buffers.length; i++) {
            Value value = watched.get(i);
            Tensor tensor = value.role() == Role.INPUT
                    ? runner.interpreter().input(value.name())
                    : runner.interpreter().output(value.name());
            tensors.add(tensor);
            buffers[i] = new float[tensor.size()];
        }
    }

    private int batch(Model model, int most) {
        long bytes = 1;
        for (Value value : watched) {
            bytes += 4L * value.shape().elements() / BatchRunner.ownBatch(model);
        }
        return (int) Math.max(1, Math.min(most, MOST_BYTES / bytes));
    }

    /** Runs the samples of these indices and shows every watched value of each batch. */
    public void run(int[] indices, Watcher watcher) {
        for (int from = 0; from < indices.length; from += runner.batch()) {
            int count = Math.min(runner.batch(), indices.length - from);
            runner.run(indices, from, count);
            for (int i = 0; i < buffers.length; i++) {
                tensors.get(i).copyTo(buffers[i]);
                watcher.see(i, buffers[i], count * runner.width(tensors.get(i)));
            }
        }
    }
}
