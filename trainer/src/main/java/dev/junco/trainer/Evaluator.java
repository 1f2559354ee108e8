package dev.junco.trainer;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.plan.Execution;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.autodiff.TrainingGraph;
import dev.junco.trainer.autodiff.TrainingOptions;
import dev.junco.trainer.data.Batches;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a network, in the form in which it runs, over data, and measures. */
final class Evaluator {
    private static final int BATCH = 128;

    private Evaluator() {}

    static Evaluation evaluate(Network trained, Dataset data, Loss loss, List<Metric> metrics, int threads) {
        Graph network = trained.graph();
        WorkerTeam team = new WorkerTeam(threads);
        WeightStore store = new WeightStore(Session.kernels());
        TrainingOptions options = TrainingOptions.ofSeed(0).regularizers(trained.regularizers());
        int batch = Math.min(BATCH, data.size());
        int width = network.outputs().get(0).shape().elements();
        BatchFeed feed =
                new BatchFeed(data, batch, loss.target(network.outputs().get(0).shape()));
        Batches batches = Batches.inOrder(data, batch);
        float[] predictions = new float[data.size() * width];
        metrics.forEach(Metric::reset);
        States states = null;
        Execution execution = null;
        int size = 0;
        int done = 0;
        double lossSum = 0;
        while (batches.hasNext()) {
            int count = feed.next(batches);
            if (count != size) {
                Graph forBatch = BatchRewrite.withBatch(network, TrainingGraph.catalog(), count, trained.metadata());
                Graph graph = TrainingGraph.evaluation(forBatch, loss, options);
                states = states == null ? new States(graph) : states;
                execution = new Execution(
                        MemoryPlanner.plan(graph, TrainingGraph.catalog()),
                        TrainingGraph.catalog(),
                        store,
                        states,
                        team);
                size = count;
            }
            Graph graph = execution.plan().graph();
            fill(feed, execution, graph, network);
            execution.run();
            FloatRef lossAt = output(execution, graph, TrainingGraph.LOSS);
            FloatRef answers = output(execution, graph, TrainingGraph.PREDICTION);
            lossSum += (double) lossAt.array()[lossAt.offset()] * count;
            System.arraycopy(answers.array(), answers.offset(), predictions, done * width, count * width);
            for (Metric metric : metrics) {
                metric.update(answers.array(), answers.offset(), width, feed.targets(), feed.dataTargetWidth(), count);
            }
            done += count;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", lossSum / done);
        metrics.forEach(metric -> values.put(metric.name(), metric.value()));
        return new Evaluation(values, predictions, width);
    }

    private static void fill(BatchFeed feed, Execution execution, Graph graph, Graph network) {
        FloatRef input = execution.floats(graph.value(network.inputs().get(0).name()));
        Value target = graph.value(TrainingGraph.TARGET);
        if (target.type() == DType.INT32) {
            feed.fill(input, execution.ints(target));
        } else {
            feed.fill(input, execution.floats(target));
        }
    }

    private static FloatRef output(Execution execution, Graph graph, String name) {
        return execution.floats(graph.value(graph.outputNames().get(name)));
    }
}
