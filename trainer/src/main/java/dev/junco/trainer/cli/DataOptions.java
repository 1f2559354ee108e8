package dev.junco.trainer.cli;

import dev.junco.runtime.Model;
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
                    + "\" for 9,000 pictures of clothes that come with Junco.")
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

    @Option(names = "--ignore", split = ",", paramLabel = "COLUMN", description = "Columns of a CSV file to leave out.")
    private String[] ignored = {};

    @Option(names = "--regression", description = "The label column is a number to predict, not a class.")
    private boolean regression;

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "N",
            description = "Shape of one sample, for example 8,8,1 for a table of images.")
    private int[] shape;

    /** The files that are read; null for what is none. */
    Path[] files() {
        return new Path[] {data.equals(BUNDLED) ? null : Path.of(data), test};
    }

    /** Training samples, and test samples or null, to make a network for. */
    TrainTest load() {
        return load(List.of(), regression);
    }

    /** Training samples, and test samples or null, with the classes numbered as a model numbers them. */
    TrainTest loadFor(Model model) {
        boolean numbers = Training.isRegression(model.metadata());
        return load(numbers ? List.of() : model.metadata().labels(), regression || numbers);
    }

    /** The samples that measure a finished model: the test part where there is one, else all. */
    Dataset loadForMeasuring(Model model) {
        TrainTest loaded = loadFor(model);
        return loaded.test() == null ? loaded.train() : loaded.test();
    }

    private TrainTest load(List<String> labels, boolean numbers) {
        TrainTest loaded = read(labels, numbers);
        return shape == null
                ? loaded
                : new TrainTest(reshape(loaded.train()), loaded.test() == null ? null : reshape(loaded.test()));
    }

    private TrainTest read(List<String> labels, boolean numbers) {
        if (data.equals(BUNDLED)) {
            return BundledData.fashionMnistSmall();
        }
        Path path = Path.of(data);
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (!Files.exists(path)) {
            throw new DataException(path + ": no such file or folder; check --data.");
        }
        CsvOptions options =
                (numbers ? CsvOptions.regression(label) : CsvOptions.classification(label)).ignoring(ignored);
        Dataset train = table(path, options, labels);
        if (test == null) {
            return new TrainTest(train, null);
        }
        Dataset testing = table(test, options, labels.isEmpty() ? train.labelNames() : labels);
        if (testing.featureCount() != train.featureCount()) {
            throw new DataException(test + ": has " + testing.featureCount() + " features, " + path + " has "
                    + train.featureCount() + "; both need the same columns.");
        }
        return new TrainTest(train, testing);
    }

    /** An MNIST-like folder; the classes of Fashion-MNIST get their names. */
    private static TrainTest folder(Path path) {
        TrainTest folder = IdxFile.folder(path);
        boolean fashion = path.toAbsolutePath().normalize().toString().contains("fashion");
        List<String> names = BundledData.FASHION_LABELS;
        return fashion && folder.train().classes() == names.size()
                ? new TrainTest(
                        folder.train().withLabelNames(names), folder.test().withLabelNames(names))
                : folder;
    }

    /** A table whose labels are names of classes, or their numbers where none of the names is one. */
    private static Dataset table(Path path, CsvOptions options, List<String> labels) {
        try {
            return CsvFile.read(path, options.withLabelNames(labels));
        } catch (DataException e) {
            if (labels.isEmpty() || labels.stream().anyMatch(name -> name.matches("-?[0-9]+"))) {
                throw e;
            }
            Dataset numbered = CsvFile.read(path, options);
            List<String> found = numbered.labelNames();
            for (int i = 0; i < found.size(); i++) {
                if (!found.get(i).equals(Integer.toString(i)) || i >= labels.size()) {
                    throw e;
                }
            }
            return numbered.withLabelNames(labels);
        }
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
