package dev.junco.trainer;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.BatchRewrite;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.plan.States;
import dev.junco.runtime.plan.WeightStore;
import dev.junco.runtime.plan.WorkerTeam;
import dev.junco.trainer.autodiff.TrainingGraph;
import dev.junco.trainer.autodiff.TrainingOptions;
import dev.junco.trainer.autodiff.TrainingStep;
import dev.junco.trainer.data.Batches;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.metric.Metric;
import dev.junco.trainer.optimizer.Optimizer;
import java.util.List;

/**
 * The training graphs of one network, one for each size of batch that occurs (the last of an epoch is smaller), over shared weights. A step allocates nothing
 * once its graph exists.
 */
final class Session {
    private final Network network;
    private final Loss loss;
    private final Optimizer optimizer;
    private final TrainingOptions options;
    private final WeightStore store;
    private final WorkerTeam team;
    private final int batch;
    private final BatchFeed feed;
    /** By number of samples. */
    private final Bound[] bound;

    private final States states;
    private Bound current;
    private int count;
    private int step;

    Session(Network network, Dataset data, Loss loss, Optimizer optimizer, long seed, int threads, int batch) {
        this.network = network;
        this.loss = loss;
        this.optimizer = optimizer;
        this.options = TrainingOptions.ofSeed(seed)
                .regularizers(network.regularizers())
                .momenta(network.momenta());
        this.store = new WeightStore(kernels());
        this.team = new WorkerTeam(threads);
        this.batch = Math.min(batch, data.size());
        Value output = network.graph().outputs().get(0);
        TensorSpec target = loss.target(output.shape());
        this.feed = new BatchFeed(data, this.batch, target);
        TrainingGraph graph = graphOf(this.batch);
        this.states = new States(graph.graph());
        this.bound = new Bound[this.batch + 1];
        this.bound[this.batch] = new Bound(graph);
    }

    /** Vector kernels where the JVM has them: training is long enough to wait until they are compiled. */
    static KernelSource kernels() {
        return KernelSource.fixed(KernelProviders.vector().orElseGet(KernelProviders::plain));
    }

    private TrainingGraph graphOf(int samples) {
        Graph forBatch = BatchRewrite.withBatch(network.graph(), TrainingGraph.catalog(), samples, network.metadata());
        return TrainingGraph.of(forBatch, loss, optimizer, options);
    }

    /** Fills the inputs with the next batch; returns its number of samples. */
    int load(Batches batches) {
        count = feed.next(batches);
        if (bound[count] == null) {
            bound[count] = new Bound(graphOf(count));
        }
        current = bound[count];
        if (current.ids != null) {
            feed.fill(current.input, current.ids);
        } else {
            feed.fill(current.input, current.target);
        }
        return count;
    }

    /** One step on the loaded batch; returns the loss before it. */
    float step() {
        return current.training.run(optimizer.learningRate(), ++step);
    }

    /** Takes the step's predictions into metrics. */
    void updateMetrics(List<Metric> metrics) {
        FloatRef predictions = current.predictions;
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i)
                    .update(
                            predictions.array(),
                            predictions.offset(),
                            current.width,
                            feed.targets(),
                            feed.dataTargetWidth(),
                            count);
        }
    }

    /** The network's graph with the present weights. */
    Graph weights() {
        return TrainingGraph.withWeights(network.graph(), states);
    }

    /** Puts weights back that {@link #weights} gave; the optimizer's memory stays. */
    void restore(Graph snapshot) {
        for (Value value : snapshot.values()) {
            boolean weight = value.role() == Role.PARAMETER || value.role() == Role.CONSTANT;
            float[] live = weight && value.type() == DType.FLOAT32 ? states.floats(value.name()) : null;
            if (live != null) {
                System.arraycopy(value.floats(), 0, live, 0, live.length);
            }
        }
    }

    /** A training graph with the places of its inputs and outputs. */
    private final class Bound {
        private final TrainingStep training;
        private final FloatRef input;
        private final FloatRef target;
        private final IntRef ids;
        private final FloatRef predictions;
        private final int width;

        Bound(TrainingGraph graph) {
            this.training = new TrainingStep(graph, store, states, team);
            this.input = training.input(network.graph().inputs().get(0).name());
            boolean classIds = graph.graph().value(TrainingGraph.TARGET).type() == DType.INT32;
            this.ids = classIds ? training.intInput(TrainingGraph.TARGET) : null;
            this.target = classIds ? null : training.input(TrainingGraph.TARGET);
            this.predictions = training.output(TrainingGraph.PREDICTION);
            this.width = network.graph().outputs().get(0).shape().elements();
        }
    }
}
