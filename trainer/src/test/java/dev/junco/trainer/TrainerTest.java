package dev.junco.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Shape;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.trainer.callback.Callback;
import dev.junco.trainer.callback.EarlyStopping;
import dev.junco.trainer.callback.ModelCheckpoint;
import dev.junco.trainer.callback.TrainingRun;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.Dropout;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.metric.Accuracy;
import dev.junco.trainer.metric.MeanAbsoluteError;
import dev.junco.trainer.optimizer.Adam;
import dev.junco.trainer.optimizer.Sgd;
import dev.junco.trainer.regularizer.L2;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static Network dense(int classes) {
        return Network.sequential(Shape.of(4))
                .add(new Dense(16, Activation.RELU))
                .add(new Dropout(0.1f))
                .add(new Dense(classes, Activation.SOFTMAX))
                .build();
    }

    private static Network convolutional() {
        return Network.sequential(Shape.of(8, 8, 1))
                .add(new Conv2D(6, 3, Activation.LINEAR).same().withoutBias().kernelRegularizer(new L2(1e-4f)))
                .add(new BatchNormalization())
                .add(Activation.RELU)
                .add(new MaxPool2D(2))
                .add(new Dropout(0.2f))
                .add(new Flatten())
                .add(new Dense(2, Activation.SOFTMAX))
                .build();
    }

    @Test
    void networksThatHoldForTheirOwnBatchSizeAreNotRunWithAnother() {
        Network network = dense(3);
        Dataset data = Toy.clusters(40, 3, 1);
        Map<String, String> fixed = Map.of("batch.fixed." + network.graph().name(), "MUL 'y'");
        network.describe(network.metadata().withProperties(fixed));
        Trainer trainer = Trainer.of(network);
        String message =
                assertThrows(JuncoException.class, () -> trainer.evaluate(data)).getMessage();
        assertTrue(message.contains("but the model holds for 1 only: MUL 'y'"), message);
        assertThrows(JuncoException.class, () -> trainer.fit(data, Fit.epochs(1).batch(8)));
    }

    @Test
    void learnsClusters() {
        Network network = dense(3);
        Trainer trainer = Trainer.of(network).optimizer(new Adam(0.01f)).metrics(new Accuracy());
        trainer.fit(Toy.clusters(600, 3, 1), Fit.epochs(8));
        double accuracy = trainer.evaluate(Toy.clusters(300, 3, 2)).values().get("accuracy");
        assertTrue(accuracy > 0.97, "accuracy " + accuracy);
    }

    @Test
    void learnsBarsWithAConvolution() {
        Network network = convolutional();
        Trainer trainer = Trainer.of(network).optimizer(new Adam(0.01f)).metrics(new Accuracy());
        trainer.fit(Toy.bars(500, 1), Fit.epochs(8));
        double accuracy = trainer.evaluate(Toy.bars(200, 2)).values().get("accuracy");
        assertTrue(accuracy > 0.95, "accuracy " + accuracy);
    }

    @Test
    void findsTheLine() {
        Network network = Network.sequential(Shape.of(2)).add(new Dense(1)).build();
        Trainer trainer = Trainer.of(network)
                .loss(new MeanSquaredError())
                .optimizer(new Sgd(0.05f, 0.9f))
                .metrics(new MeanAbsoluteError());
        trainer.fit(Toy.line(256, 1), Fit.epochs(20));
        float[] kernel = network.graph().value("dense/kernel").floats();
        assertEquals(3, kernel[0], 1e-3);
        assertEquals(-2, kernel[1], 1e-3);
        assertEquals(1, network.graph().value("dense/bias").floats()[0], 1e-3);
    }

    @Test
    void learnsTwoClassesWithOneOutput() {
        Network network = Network.sequential(Shape.of(4))
                .add(new Dense(1, Activation.SIGMOID))
                .build();
        Trainer trainer = Trainer.of(network)
                .loss(new BinaryCrossEntropy())
                .optimizer(new Adam(0.05f))
                .metrics(new Accuracy());
        trainer.fit(Toy.clusters(400, 2, 3), Fit.epochs(6));
        assertTrue(trainer.evaluate(Toy.clusters(200, 2, 4)).values().get("accuracy") > 0.97);
    }

    @Test
    void oneHotTargetsTrainLikeClassIds() {
        Network sparse = dense(3);
        Network oneHot = dense(3);
        Dataset data = Toy.clusters(200, 3, 5);
        Trainer.of(sparse).fit(data, Fit.epochs(2));
        Trainer.of(oneHot).loss(new CategoricalCrossEntropy()).fit(data, Fit.epochs(2));
        float[] expected = sparse.graph().value("dense/kernel").floats();
        float[] actual = oneHot.graph().value("dense/kernel").floats();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-5);
        }
    }

    @Test
    void sameSeedSameFileAtAnyNumberOfThreads() {
        byte[] first = trained(1, 7);
        assertEquals(java.util.Arrays.hashCode(first), java.util.Arrays.hashCode(trained(2, 7)));
        assertEquals(java.util.Arrays.hashCode(first), java.util.Arrays.hashCode(trained(3, 7)));
        assertTrue(!java.util.Arrays.equals(first, trained(1, 8)), "another seed gives other weights");
    }

    private static byte[] trained(int threads, long seed) {
        Network network = convolutional();
        // 130 samples in batches of 32: the last batch is smaller.
        Trainer.of(network)
                .threads(threads)
                .seed(seed)
                .fit(Toy.bars(130, 1), Fit.epochs(2).batch(32));
        return ModelWriter.toBytes(network.model().content());
    }

    @Test
    void trainingFromAFileGoesOn(@TempDir Path folder) {
        Network network = dense(3);
        Dataset data = Toy.clusters(300, 3, 1);
        Trainer.of(network).fit(data, Fit.epochs(1));
        network.save(folder.resolve("a.junco"));
        Network loaded = Network.load(folder.resolve("a.junco"));
        double before = Trainer.of(loaded).evaluate(data).values().get("loss");
        Trainer.of(loaded).fit(data, Fit.epochs(3));
        assertTrue(Trainer.of(loaded).evaluate(data).values().get("loss") < before);
    }

    @Test
    void earlyStoppingBringsTheBestWeightsBack() {
        Network network = dense(3);
        Dataset data = Toy.clusters(300, 3, 1);
        Dataset validation = Toy.clusters(100, 3, 2);
        EarlyStopping stopping = new EarlyStopping("val_loss", 2);
        // So large a step that validation soon gets worse.
        Trainer trainer = Trainer.of(network).optimizer(new Adam(0.3f)).callbacks(stopping);
        History history = trainer.fit(data, Fit.epochs(40).validation(validation));
        List<Double> losses = history.values("val_loss");
        assertTrue(losses.size() < 40, "stopped after " + losses.size());
        double best = losses.stream().mapToDouble(loss -> loss).min().orElseThrow();
        assertEquals(best, losses.get(stopping.bestEpoch()));
        assertEquals(best, trainer.evaluate(validation).values().get("loss"), 0);
    }

    @Test
    void checkpointHoldsTheWeightsOfItsEpoch(@TempDir Path folder) {
        Path file = folder.resolve("best.junco");
        Network network = dense(3);
        List<Object> graphs = new ArrayList<>();
        Callback keep = new Callback() {
            @Override
            public void onEpochEnd(TrainingRun run) {
                graphs.add(Network.load(file).graph().equals(run.snapshot()));
            }
        };
        Trainer.of(network).callbacks(new ModelCheckpoint(file), keep).fit(Toy.clusters(100, 3, 1), Fit.epochs(2));
        assertEquals(List.of(true, true), graphs);
    }

    @Test
    void recordsLabelsAndNormalization() {
        Network network = dense(3);
        Dataset raw = Toy.clusters(100, 3, 1).withLabelNames(List.of("a", "b", "c"));
        Dataset data = raw.normalized(Normalization.standardize(raw, Normalization.Axis.FEATURE));
        Trainer.of(network).fit(data, Fit.epochs(1));
        assertEquals(List.of("a", "b", "c"), network.metadata().labels());
        assertEquals(4, network.metadata().preprocessing().get(0).mean().length);
    }

    @Test
    void historyHasLossAndMetricsOfBothParts() {
        Network network = dense(2);
        History history = Trainer.of(network)
                .metrics(new Accuracy())
                .fit(Toy.clusters(60, 2, 1), Fit.epochs(2).validation(Toy.clusters(20, 2, 2)));
        assertEquals(
                "[loss, accuracy, val_loss, val_accuracy]",
                history.epochs().get(1).keySet().toString());
    }

    @Test
    void saysWhatDoesNotFit() {
        refuses("the network takes 4", dense(3), Toy.bars(10, 1));
        refuses("labels up to 4", dense(3), Toy.clusters(50, 5, 1));
        refuses(
                "use MeanSquaredError",
                Network.sequential(Shape.of(2)).add(new Dense(1)).build(),
                Toy.line(10, 1));
    }

    private static void refuses(String sentence, Network network, Dataset data) {
        JuncoException error =
                assertThrows(JuncoException.class, () -> Trainer.of(network).fit(data, Fit.epochs(1)));
        assertTrue(error.getMessage().contains(sentence), error.getMessage());
    }

    @Test
    void saysWhenTheLossExplodes() {
        Network network = Network.sequential(Shape.of(2)).add(new Dense(1)).build();
        Trainer trainer = Trainer.of(network).loss(new MeanSquaredError()).optimizer(new Sgd(1e20f));
        JuncoException error = assertThrows(JuncoException.class, () -> trainer.fit(Toy.line(64, 1), Fit.epochs(5)));
        assertTrue(error.getMessage().contains("smaller learning rate"), error.getMessage());
    }
}
