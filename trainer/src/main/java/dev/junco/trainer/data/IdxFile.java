package dev.junco.trainer.data;

import dev.junco.runtime.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An array in the IDX format of MNIST: two zero bytes, a type, the number of axes, the axes as big-endian int32, then
 * the values, big-endian, the last axis fastest. Plain or packed with gzip; the content tells which, not the name.
 * Immutable and thread-safe.
 *
 * @see <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST, the usual files of this format</a>
 */
public final class IdxFile {
    private static final int MAX_AXES = 8;
    private static final List<String> ENDINGS = List.of("", ".gz");

    private final String name;
    private final IdxType type;
    private final int[] dims;
    private final byte[] values;

    private IdxFile(String name, IdxType type, int[] dims, byte[] values) {
        this.name = name;
        this.type = type;
        this.dims = dims;
        this.values = values;
    }

    /**
     * Reads a file whole.
     *
     * @throws DataException if the file is missing, unreadable, not IDX, or longer or shorter than its header says
     */
    public static IdxFile read(Path path) {
        try (DataFile file = DataFile.open(path)) {
            return read(file);
        }
    }

    /** Reads a resource that is part of the program. */
    static IdxFile read(String name, InputStream stream) throws IOException {
        try (DataFile file = DataFile.open(name, stream, Integer.MAX_VALUE)) {
            return read(file);
        }
    }

    private static IdxFile read(DataFile file) {
        String name = file.name();
        byte[] magic = file.read(4, "header");
        IdxType type = IdxType.ofCode(magic[2] & 0xFF);
        int rank = magic[3] & 0xFF;
        if (magic[0] != 0 || magic[1] != 0 || type == null || rank < 1 || rank > MAX_AXES) {
            throw new DataException(String.format(
                    "%s is not an IDX file: it starts with %02x %02x %02x %02x; expected 00 00, a type from 08 to 0e"
                            + " and 1 to %d axes.",
                    name, magic[0], magic[1], magic[2], magic[3], MAX_AXES));
        }
        ByteBuffer header = ByteBuffer.wrap(file.read(4L * rank, "axis sizes"));
        int[] dims = new int[rank];
        long bytes = type.bytes();
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = header.getInt();
            if (dims[axis] < 1) {
                throw new DataException(name + ": axis " + axis + " of the header has size "
                        + (dims[axis] & 0xFFFFFFFFL) + "; expected 1 to 2147483647. The header is damaged.");
            }
            bytes = Math.min(bytes, Integer.MAX_VALUE) * dims[axis];
        }
        byte[] values = file.read(bytes, "values (" + Arrays.toString(dims) + ")");
        file.expectEnd("values");
        return new IdxFile(name, type, dims, values);
    }

    /**
     * A data set of images and their classes; images get a last axis of size 1 for the channel.
     *
     * @param images unsigned bytes of 2 or more axes, sample after sample
     * @param labels whole numbers of 1 axis
     * @throws DataException as {@link #read}, or if the two files do not fit each other
     */
    public static Dataset dataset(Path images, Path labels) {
        return dataset(read(images), read(labels));
    }

    /**
     * Reads the four files of an MNIST-like folder: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
     * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each plain or with the ending {@code .gz}.
     *
     * @throws DataException as {@link #read}, or if a file is missing
     */
    public static TrainTest folder(Path folder) {
        Dataset train = dataset(find(folder, "train-images"), find(folder, "train-labels"));
        Dataset test = dataset(find(folder, "t10k-images"), find(folder, "t10k-labels"));
        if (test.classes() != train.classes()) {
            int classes = Math.max(train.classes(), test.classes());
            return new TrainTest(train.withClasses(classes), test.withClasses(classes));
        }
        return new TrainTest(train, test);
    }

    static Dataset dataset(IdxFile images, IdxFile labels) {
        if (images.dims.length < 2) {
            throw new DataException(images.name + ": expected images or other samples of 2 or more axes; found "
                    + Arrays.toString(images.dims) + ". Are the images and the labels exchanged?");
        }
        if (labels.dims.length != 1) {
            throw new DataException(labels.name + ": expected labels of 1 axis; found " + Arrays.toString(labels.dims)
                    + ". Are the images and the labels exchanged?");
        }
        if (labels.dims[0] != images.dims[0]) {
            throw new DataException(images.name + " has " + images.dims[0] + " samples, but " + labels.name + " has "
                    + labels.dims[0] + " labels; do both belong to the same data set?");
        }
        int[] ids = labels.toInts();
        int classes = 0;
        for (int id : ids) {
            classes = Math.max(classes, id + 1);
        }
        int[] sample = Arrays.copyOfRange(images.dims, 1, images.dims.length + (images.dims.length == 3 ? 1 : 0));
        if (images.dims.length == 3) {
            sample[2] = 1;
        }
        FeatureStore features = images.type == IdxType.UINT8
                ? new FeatureStore.Bytes(images.values)
                : new FeatureStore.Floats(images.toFloats());
        try {
            return Dataset.of(features, Shape.of(sample), new Targets.Labels(ids, classes, List.of()));
        } catch (DataException e) {
            throw new DataException(labels.name + " with " + images.name + ": " + e.getMessage(), e);
        }
    }

    /** A copy of the axis sizes. */
    public int[] dims() {
        return dims.clone();
    }

    /** All values, the last axis fastest; whole numbers beyond 2^24 and doubles are rounded. */
    public float[] toFloats() {
        float[] floats = new float[values.length / type.bytes()];
        ByteBuffer buffer = ByteBuffer.wrap(values);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) type.next(buffer);
        }
        return floats;
    }

    /**
     * All values, the last axis fastest.
     *
     * @throws DataException if a value is not a whole number that fits an {@code int}
     */
    public int[] toInts() {
        int[] ints = new int[values.length / type.bytes()];
        ByteBuffer buffer = ByteBuffer.wrap(values);
        for (int i = 0; i < ints.length; i++) {
            double value = type.next(buffer);
            ints[i] = (int) value;
            if (ints[i] != value) {
                throw new DataException(name + ": value " + i + " is " + value + "; expected a whole number.");
            }
        }
        return ints;
    }

    private static Path find(Path folder, String stem) {
        String axes = stem.endsWith("images") ? "3" : "1";
        for (String separator : List.of("-", ".")) {
            for (String ending : ENDINGS) {
                Path path = folder.resolve(stem + separator + "idx" + axes + "-ubyte" + ending);
                if (Files.isRegularFile(path)) {
                    return path;
                }
            }
        }
        throw new DataException(
                (Files.isDirectory(folder) ? "The folder " + folder : "There is no folder " + folder + "; it")
                        + " must hold " + stem + "-idx" + axes + "-ubyte or the same with .gz.");
    }
}
