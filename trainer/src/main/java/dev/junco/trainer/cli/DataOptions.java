package dev.junco.trainer.cli;

import dev.junco.runtime.Shape;
import dev.junco.trainer.data.BundledData;
import dev.junco.trainer.data.CsvFile;
import dev.junco.trainer.data.CsvOptions;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.IdxFile;
import dev.junco.trainer.data.TrainTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that tell which data a command works on; the values come out raw, as the files have them. */
final class DataOptions {
    private static final String BUNDLED = "bundled";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = "A folder with the four IDX files of an MNIST-like set, a CSV file, or \"" + BUNDLED
                    + "\" for the bundled images.")
    private String data;

    @Option(names = "--test", paramLabel = "CSV", description = "A CSV file of test samples, beside a --data CSV.")
    private Path test;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "Column of the class, or of the number to predict: a header's name, 1, 2 …, first or last"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "last")
    private String label;

    @Option(names = "--regression", description = "The label column is a number to predict, not a class.")
    private boolean regression;

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "N",
            description = "Shape of one sample, for example 8,8,1 for a table of images.")
    private int[] shape;

    /** Training samples, and test samples or null. */
    TrainTest load() {
        TrainTest loaded = read();
        return shape == null
                ? loaded
                : new TrainTest(reshape(loaded.train()), loaded.test() == null ? null : reshape(loaded.test()));
    }

    /** The samples that measure a finished model: the test part where there is one, else all. */
    Dataset loadForMeasuring() {
        TrainTest loaded = load();
        return loaded.test() == null ? loaded.train() : loaded.test();
    }

    private TrainTest read() {
        if (data.equals(BUNDLED)) {
            return BundledData.fashionMnistSmall();
        }
        Path path = Path.of(data);
        if (Files.isDirectory(path)) {
            TrainTest folder = IdxFile.folder(path);
            boolean fashion =
                    path.toAbsolutePath().normalize().getFileName().toString().contains("fashion");
            List<String> names = BundledData.FASHION_LABELS;
            return fashion
                            && folder.train().classes() == names.size()
                            && folder.train().labelNames().isEmpty()
                    ? new TrainTest(
                            folder.train().withLabelNames(names), folder.test().withLabelNames(names))
                    : folder;
        }
        if (!Files.exists(path)) {
            throw new DataException(path + ": no such file or folder; check --data.");
        }
        CsvOptions options = regression ? CsvOptions.regression(label) : CsvOptions.classification(label);
        Dataset train = CsvFile.read(path, options);
        if (test == null) {
            return new TrainTest(train, null);
        }
        Dataset testing = CsvFile.read(test, options.withLabelNames(train.labelNames()));
        if (testing.featureCount() != train.featureCount()) {
            throw new DataException(test + ": has " + testing.featureCount() + " features, " + path + " has "
                    + train.featureCount() + "; both need the same columns.");
        }
        return new TrainTest(train, testing);
    }

    private Dataset reshape(Dataset samples) {
        for (int size : shape) {
            if (size < 1) {
                throw new DataException("--shape is " + Arrays.toString(shape) + "; every size must be at least 1.");
            }
        }
        return samples.reshaped(Shape.of(shape));
    }
}
