package dev.junco.benchmarks;

import dev.junco.trainer.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j on all processors, fed with finished batches: nothing is shuffled or gathered within the measured time. */
final class Dl4jTraining implements Training {
    private final TrainedNetwork kind;
    private final List<List<DataSet>> parts = new ArrayList<>();
    private final List<DataSet> check;
    private MultiLayerNetwork network;

    Dl4jTraining(TrainedNetwork kind, FashionImages images) {
        this.kind = kind;
        // Its documentation's advice where workspaces are on.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        for (int i = 0; i < images.parts(kind.steps()); i++) {
            parts.add(batches(images.train(), i * kind.steps(), kind.steps()));
        }
        check = batches(images.check(), 0, images.check().size() / TrainedNetwork.BATCH);
        restart();
    }

    private List<DataSet> batches(Dataset data, int first, int count) {
        List<DataSet> batches = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            batches.add(batch(data, i * TrainedNetwork.BATCH));
        }
        return batches;
    }

    private DataSet batch(Dataset data, int first) {
        int width = data.featureCount();
        int classes = data.classes();
        float[] features = new float[TrainedNetwork.BATCH * width];
        float[] labels = new float[TrainedNetwork.BATCH * classes];
        for (int i = 0; i < TrainedNetwork.BATCH; i++) {
            data.copyFeatures(first + i, features, i * width);
            data.copyOneHot(first + i, labels, i * classes);
        }
        INDArray images = Nd4j.createFromArray(features);
        return new DataSet(
                kind == TrainedNetwork.MLP
                        ? images.reshape(TrainedNetwork.BATCH, width)
                        : images.reshape(TrainedNetwork.BATCH, 1, 28, 28),
                Nd4j.createFromArray(labels).reshape(TrainedNetwork.BATCH, classes));
    }

    @Override
    public void restart() {
        network = Dl4jNetworks.of(kind);
    }

    @Override
    public int parts() {
        return parts.size();
    }

    @Override
    public void fit(int part) {
        for (int epoch = 0; epoch < kind.epochs(); epoch++) {
            for (DataSet batch : parts.get(part)) {
                network.fit(batch);
            }
        }
    }

    @Override
    public double lossOfCheck() {
        double sum = 0;
        for (DataSet batch : check) {
            network.fit(batch);
            sum += network.score();
        }
        return sum / check.size();
    }
}
