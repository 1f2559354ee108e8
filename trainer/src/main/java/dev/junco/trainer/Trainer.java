package dev.junco.trainer;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.graph.Graph;
import dev.junco.trainer.callback.Callback;
import dev.junco.trainer.callback.Progress;
import dev.junco.trainer.callback.TrainingRun;
import dev.junco.trainer.data.Batches;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.metric.Metric;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits a network to data by gradient descent on mini-batches. The same network, data, options and seed give the same bits on every machine with fused
 * multiply-add, with any number of threads. Not thread-safe.
 */
public final class Trainer {
    private final Network network;
    private Loss loss = new SparseCategoricalCrossEntropy();
    private Optimizer optimizer = new Adam(1e-3f);
    private List<Metric> metrics = List.of();
    private List<Callback> callbacks = List.of();
    private Callback progress;
    private int threads = Runtime.getRuntime().availableProcessors();
    private long seed = 1;

    private Trainer(Network network) {
        this.network = network;
    }

    /** A trainer of {@code network}: Adam with rate 0.001, sparse categorical cross-entropy, all processors, seed 1, unless told. */
    public static Trainer of(Network network) {
        return new Trainer(network);
    }

    /** What is minimised. */
    public Trainer loss(Loss wanted) {
        loss = wanted;
        return this;
    }

    /** How weights follow gradients. */
    public Trainer optimizer(Optimizer wanted) {
        optimizer = wanted;
        return this;
    }

    /** What else is measured, on training and on validation data. */
    public Trainer metrics(Metric... wanted) {
        metrics = List.of(wanted);
        return this;
    }

    /** What happens while training goes on, in this order. */
    public Trainer callbacks(Callback... wanted) {
        callbacks = List.of(wanted);
        return this;
    }

    /** Shows progress on standard output: a bar on a terminal, a line for each epoch elsewhere. */
    public Trainer verbose() {
        progress = Progress.standard();
        return this;
    }

    /** Threads that share each step; never changes a result. */
    public Trainer threads(int number) {
        threads = number;
        return this;
    }

    /** Seed of the order of samples and of dropout. */
    public Trainer seed(long wanted) {
        seed = wanted;
        return this;
    }

    /**
     * Trains; afterwards the network has the trained weights, and its metadata the data's class names and normalisation.
     *
     * @throws DataException if the data do not fit the network or the loss, or the loss is no longer a number
     */
    public History fit(Dataset train, Fit fit) {
        DataFit.check(network, train, loss);
        if (fit.validation() != null) {
            DataFit.check(network, fit.validation(), loss);
        }
        describe(train);
        Run run = new Run(train, fit);
        return run.train();
    }

    /** Loss and metrics of the network, as it runs, on data; and its predictions. */
    public Evaluation evaluate(Dataset data) {
        DataFit.check(network, data, loss);
        return Evaluator.evaluate(network, data, loss, metrics, threads);
    }

    private void describe(Dataset train) {
        Metadata metadata = network.metadata();
        if (!train.labelNames().isEmpty()) {
            metadata = metadata.withLabels(train.labelNames());
        }
        if (!train.normalization().isIdentity()) {
            String input = network.graph().inputs().get(0).name();
            metadata = metadata.withPreprocessing(List.of(train.normalization().toPreprocessing(input)));
        }
        network.describe(
                metadata.withProperties(Map.of("training.seed", Long.toString(seed), "training.loss", loss.name())));
    }

    /** One call of fit. */
    private final class Run implements TrainingRun {
        private final Dataset train;
        private final Fit fit;
        private final Session session;
        private final Batches batches;
        private final List<Metric> running;
        private final Map<String, Double> logs = new LinkedHashMap<>();
        private int epoch;
        private int samples;
        private boolean stopped;

        Run(Dataset train, Fit fit) {
            this.train = train;
            this.fit = fit;
            this.session = new Session(network, train, loss, optimizer, seed, threads, fit.batch());
            this.batches = Batches.shuffled(train, fit.batch(), seed);
            this.running = new ArrayList<>(metrics);
        }

        History train() {
            History history = new History();
            List<Callback> all = new ArrayList<>();
            if (progress != null) {
                all.add(progress);
            }
            all.addAll(callbacks);
            all.forEach(callback -> callback.onTrainBegin(this));
            while (epoch < fit.epochs() && !stopped) {
                trainEpoch(all);
                validate();
                history.add(logs);
                all.forEach(callback -> callback.onEpochEnd(this));
                epoch++;
                if (epoch < fit.epochs()) {
                    batches.nextEpoch();
                }
            }
            epoch--;
            network.replaceWeights(session.weights());
            all.forEach(callback -> callback.onTrainEnd(this));
            network.replaceWeights(session.weights());
            return history;
        }

        private void trainEpoch(List<Callback> all) {
            running.forEach(Metric::reset);
            samples = 0;
            double lossSum = 0;
            while (batches.hasNext()) {
                int count = session.load(batches);
                double value = session.step();
                if (!Double.isFinite(value)) {
                    throw new DataException(
                            "The loss became " + value + " in epoch " + (epoch + 1) + ", step " + batches.batch()
                                    + "; use a smaller learning rate, or look for extreme values in the data.");
                }
                lossSum += value * count;
                samples += count;
                session.updateMetrics(running);
                record("", lossSum / samples);
                for (Callback callback : all) {
                    callback.onBatchEnd(this);
                }
            }
        }

        private void record(String prefix, double meanLoss) {
            logs.put(prefix.isEmpty() ? "loss" : "val_loss", meanLoss);
            for (Metric metric : running) {
                logs.put(prefix + metric.name(), metric.value());
            }
        }

        private void validate() {
            network.replaceWeights(session.weights());
            if (fit.validation() != null) {
                Evaluation evaluation = Evaluator.evaluate(network, fit.validation(), loss, metrics, threads);
                evaluation.values().forEach((name, value) -> logs.put("val_" + name, value));
            }
        }

        @Override
        public int epoch() {
            return epoch;
        }

        @Override
        public int epochs() {
            return fit.epochs();
        }

        @Override
        public int batch() {
            return batches.batch();
        }

        @Override
        public int batches() {
            return batches.batchesPerEpoch();
        }

        @Override
        public int samples() {
            return samples;
        }

        @Override
        public int epochSamples() {
            return train.size();
        }

        @Override
        public Map<String, Double> logs() {
            return logs;
        }

        @Override
        public Network network() {
            network.replaceWeights(session.weights());
            return network;
        }

        @Override
        public Graph snapshot() {
            return session.weights();
        }

        @Override
        public void restore(Graph snapshot) {
            session.restore(snapshot);
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }
}
