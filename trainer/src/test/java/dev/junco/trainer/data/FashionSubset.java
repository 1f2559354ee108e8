package dev.junco.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes the bundled part of Fashion-MNIST from the original files: the first images of each class, in their order. */
final class FashionSubset {
    static final int TRAIN_PER_CLASS = 700;
    static final int TEST_PER_CLASS = 200;

    /**
     * Images and labels as IDX files.
     *
     * @param images content of the file of images
     * @param labels content of the file of labels
     */
    record Part(byte[] images, byte[] labels) {}

    private FashionSubset() {}

    /** Arguments: the folder of the original files; the folder to write to. */
    public static void main(String[] arguments) throws IOException {
        TrainTest whole = IdxFile.folder(Path.of(arguments[0]));
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        write(folder, "train", part(whole.train(), TRAIN_PER_CLASS));
        write(folder, "t10k", part(whole.test(), TEST_PER_CLASS));
    }

    static Part part(Dataset whole, int perClass) {
        int[] taken = new int[whole.classes()];
        int count = taken.length * perClass;
        ByteBuffer images = ByteBuffer.allocate(16 + count * whole.featureCount());
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        labels.putInt(0x801).putInt(count);
        float[] pixels = new float[whole.featureCount()];
        for (int i = 0; i < whole.size(); i++) {
            if (taken[whole.label(i)]++ < perClass) {
                whole.copyFeatures(i, pixels, 0);
                for (float pixel : pixels) {
                    images.put((byte) (int) pixel);
                }
                labels.put((byte) whole.label(i));
            }
        }
        return new Part(images.array(), labels.array());
    }

    private static void write(Path folder, String name, Part part) throws IOException {
        Files.write(folder.resolve(name + "-images-idx3-ubyte.gz"), packed(part.images()));
        Files.write(folder.resolve(name + "-labels-idx1-ubyte.gz"), packed(part.labels()));
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
