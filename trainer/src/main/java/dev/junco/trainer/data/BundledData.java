package dev.junco.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Data sets that are part of the trainer, for a first training without any download. */
public final class BundledData {
    /** What the ten classes of Fashion-MNIST are, in the order of their numbers. */
    public static final List<String> FASHION_LABELS = List.of(
            "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private BundledData() {}

    /**
     * A part of Fashion-MNIST (Zalando SE, MIT licence): the first 700 training and the first 200 test images of each of
     * the ten classes, 28×28×1 pixels from 0 to 255, dark ground; 7,000 for training and 2,000 for testing.
     *
     * @see <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</a>
     */
    public static TrainTest fashionMnistSmall() {
        return new TrainTest(fashionPart("train"), fashionPart("t10k"));
    }

    private static Dataset fashionPart(String part) {
        IdxFile images = fashionFile(part + "-images-idx3-ubyte.gz");
        IdxFile labels = fashionFile(part + "-labels-idx1-ubyte.gz");
        return IdxFile.dataset(images, labels).withLabelNames(FASHION_LABELS);
    }

    private static IdxFile fashionFile(String name) {
        String resource = "fashion-mnist-small/" + name;
        try (InputStream stream = BundledData.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new DataException("The bundled data " + resource + " is not in this copy of the trainer's jar.");
            }
            return IdxFile.read(resource, stream);
        } catch (IOException e) {
            throw DataFile.unreadable(resource, e);
        }
    }
}
