package dev.junco.benchmarks;

import dev.junco.runtime.Shape;
import dev.junco.trainer.Fit;
import dev.junco.trainer.Network;
import dev.junco.trainer.Trainer;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.Dropout;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.layer.Padding;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.optimizer.Adam;
import java.util.stream.IntStream;

/** Junco on all processors. Planning the training graph, shuffling and gathering of batches are part of the measured time. */
final class JuncoTraining implements Training {
    private final TrainedNetwork kind;
    private final Dataset[] parts;
    private final Dataset check;
    private Network network;
    private Trainer trainer;

    JuncoTraining(TrainedNetwork kind, FashionImages images) {
        this.kind = kind;
        this.check = images.check();
        int size = kind.steps() * TrainedNetwork.BATCH;
        parts = new Dataset[images.parts(kind.steps())];
        for (int i = 0; i < parts.length; i++) {
            int[] samples = IntStream.range(i * size, (i + 1) * size).toArray();
            parts[i] = images.train().subset(samples);
        }
        restart();
    }

    @Override
    public void restart() {
        network = kind == TrainedNetwork.MLP ? mlp() : cnn();
        trainer = Trainer.of(network)
                .optimizer(new Adam(TrainedNetwork.LEARNING_RATE))
                .loss(new SparseCategoricalCrossEntropy());
    }

    @Override
    public int parts() {
        return parts.length;
    }

    @Override
    public void fit(int part) {
        trainer.fit(parts[part], Fit.epochs(kind.epochs()).batch(TrainedNetwork.BATCH));
    }

    @Override
    public double lossOfCheck() {
        return trainer.fit(check, Fit.epochs(1).batch(TrainedNetwork.BATCH)).last("loss");
    }

    private static Network mlp() {
        return Network.sequential(Shape.of(28, 28, 1))
                .add(new Flatten())
                .add(new Dense(128, Activation.RELU))
                .add(new Dense(10, Activation.SOFTMAX))
                .build();
    }

    private static Network cnn() {
        Network.Builder builder = Network.sequential(Shape.of(28, 28, 1));
        pair(builder, 32, 0.25f);
        pair(builder, 64, 0.4f);
        return builder.add(new Flatten()).add(new Dense(10, Activation.SOFTMAX)).build();
    }

    private static void pair(Network.Builder builder, int filters, float dropout) {
        builder.add(new Conv2D(filters, 3, Activation.LINEAR)
                        .padding(Padding.SAME)
                        .withoutBias())
                .add(new BatchNormalization())
                .add(Activation.RELU)
                .add(new Conv2D(filters, 3, Activation.RELU).padding(Padding.SAME))
                .add(new MaxPool2D(2))
                .add(new Dropout(dropout));
    }
}
