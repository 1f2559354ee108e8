package dev.junco.benchmarks;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.BundledData;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.IdxFile;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.data.TrainTest;
import java.nio.file.Path;

/**
 * Fashion-MNIST as numbers from 0 to 1: the whole where the environment variable {@code JUNCO_DATA} names a folder with {@code fashion-mnist} in it, or else
 * the bundled part.
 *
 * @param train shuffled once, 28×28×1
 * @param check images for {@link Training#lossOfCheck}
 */
record FashionImages(Dataset train, Dataset check) {
    private static final int CHECK_BATCHES = 10;

    static FashionImages read() {
        String folder = System.getenv("JUNCO_DATA");
        TrainTest images = folder == null || folder.isBlank()
                ? BundledData.fashionMnistSmall()
                : IdxFile.folder(Path.of(folder, "fashion-mnist"));
        return new FashionImages(
                floats(images.train(), images.train().size()),
                floats(images.test(), CHECK_BATCHES * TrainedNetwork.BATCH));
    }

    /** How many whole parts of so many batches there are. */
    int parts(int batches) {
        return train.size() / (batches * TrainedNetwork.BATCH);
    }

    /** Copies, so that no conversion is left for the measured time. */
    private static Dataset floats(Dataset raw, int count) {
        Dataset scaled =
                raw.normalized(Normalization.scale(1 / 255f)).shuffled(1).take(count);
        int width = scaled.featureCount();
        float[] features = new float[count * width];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            scaled.copyFeatures(i, features, i * width);
            labels[i] = scaled.label(i);
        }
        return Dataset.classification(features, Shape.of(28, 28, 1), labels, scaled.classes());
    }
}
