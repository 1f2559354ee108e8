package dev.junco.trainer.cli;

import dev.junco.trainer.Fit;
import dev.junco.trainer.Network;
import dev.junco.trainer.Toy;
import dev.junco.trainer.Trainer;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.optimizer.Adam;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Small files to try commands on. */
final class DataFiles {
    static final List<String> TREES = List.of("ash", "elm", "oak");

    private DataFiles() {}

    /** A table of four numbers and the name of a tree, with a header. */
    static Path trees(Path file, int rows) {
        Dataset data = Toy.clusters(rows, TREES.size(), 7);
        StringBuilder text = new StringBuilder("a,b,c,d,tree\n");
        float[] sample = new float[4];
        for (int i = 0; i < rows; i++) {
            data.copyFeatures(i, sample, 0);
            for (float value : sample) {
                text.append(String.format(Locale.ROOT, "%.3f,", value));
            }
            text.append(TREES.get(data.label(i))).append('\n');
        }
        return write(file, text.toString());
    }

    /** A table without header whose last column is a sum of the others. */
    static Path line(Path file, int rows) {
        Dataset data = Toy.line(rows, 7);
        StringBuilder text = new StringBuilder();
        float[] sample = new float[2];
        float[] target = new float[1];
        for (int i = 0; i < rows; i++) {
            data.copyFeatures(i, sample, 0);
            data.copyTargets(i, target, 0);
            text.append(String.format(Locale.ROOT, "%.3f,%.3f,%.3f%n", sample[0], sample[1], target[0]));
        }
        return write(file, text.toString());
    }

    /** The four files of an MNIST-like folder: images of 8×8 with an upright or a lying bar. */
    static Path bars(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        part(folder, "train", train, 1);
        part(folder, "t10k", test, 2);
        return folder;
    }

    private static void part(Path folder, String name, int count, long seed) throws IOException {
        Dataset data = Toy.bars(count, seed);
        ByteBuffer images = ByteBuffer.allocate(16 + 64 * count);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(8).putInt(8);
        labels.putInt(0x801).putInt(count);
        float[] sample = new float[64];
        for (int i = 0; i < count; i++) {
            data.copyFeatures(i, sample, 0);
            for (float value : sample) {
                images.put((byte) Math.clamp(Math.round(60 + 150 * value), 0, 255));
            }
            labels.put((byte) data.label(i));
        }
        Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    }

    /** A picture with an upright bar. */
    static Path uprightBar(Path file) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                image.setRGB(x, y, x / 2 == 3 ? 0xD2D2D2 : 0x3C3C3C);
            }
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** A network that tells the trees apart; made without the command line. */
    static Path treeModel(Path file) {
        Dataset raw = Toy.clusters(90, TREES.size(), 7).withLabelNames(TREES);
        train(raw.normalized(Normalization.standardize(raw, Normalization.Axis.FEATURE)), file);
        return file;
    }

    /** A network that tells the bars apart; made without the command line. */
    static Path barModel(Path file) {
        train(Toy.bars(64, 1), file);
        return file;
    }

    private static void train(Dataset data, Path file) {
        Network network = Network.sequential(data.featureShape())
                .add(new Flatten())
                .add(new Dense(16, Activation.RELU))
                .add(new Dense(data.classes(), Activation.SOFTMAX))
                .build();
        Trainer.of(network)
                .optimizer(new Adam(0.02f))
                .threads(1)
                .fit(data, Fit.epochs(5).batch(16));
        network.save(file);
    }

    /** A description of a network with two layers of weights. */
    static Path description(Path file) {
        return write(file, """
            name: small
            layers:
              - flatten
              - dense: {units: 12, activation: relu, l2: 0.0001}
              - output
            training: {optimizer: adam, learning_rate: 0.02, epochs: 8, batch: 16}
            """);
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all files of a folder, in order. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
