import dev.junco.converter.Conversion;
import dev.junco.converter.Converter;
import dev.junco.converter.Precision;
import dev.junco.converter.Samples;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.trainer.Fit;
import dev.junco.trainer.Network;
import dev.junco.trainer.Trainer;
import dev.junco.trainer.data.BundledData;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import dev.junco.trainer.data.TrainTest;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.Dropout;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.layer.Padding;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import dev.junco.trainer.metric.Accuracy;
import dev.junco.trainer.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Makes the demo's model from the trainer's bundled photographs, and golden answers for the tests. Nobody runs this in a build; from the root of the
 * repository, after {@code mvn package}:
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp 'trainer/target/classes:trainer/target/lib/*' \
 *     android-demo/src/build/java/TrainGarments.java android-demo/src/main/assets/garments.junco \
 *     android-demo/src/test/resources/dev/junco/demo/golden.txt
 * </pre>
 */
final class TrainGarments {
    private static final int SIDE = Silhouettes.SIDE;
    private static final int PIXELS = Silhouettes.PIXELS;
    private static final int EPOCHS = 12;
    private static final long SEED = 4;

    private TrainGarments() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Path golden = Path.of(args[1]);
        TrainTest photographs = BundledData.fashionMnistSmall();
        Random random = new Random(SEED);
        Dataset train = Silhouettes.drawn(photographs.train(), true, random);
        Dataset test = Silhouettes.drawn(photographs.test(), false, random);
        System.out.println("Training on " + train + ", testing on " + test);

        Network network = Network.sequential(Shape.of(SIDE, SIDE, 1))
                .named("garments")
                .input("image")
                .output("probabilities")
                .seed(SEED)
                .add(new Conv2D(16, 3, Activation.LINEAR).padding(Padding.SAME))
                .add(new BatchNormalization())
                .add(Activation.RELU)
                .add(new MaxPool2D(2))
                .add(new Conv2D(32, 3, Activation.LINEAR).padding(Padding.SAME))
                .add(new BatchNormalization())
                .add(Activation.RELU)
                .add(new MaxPool2D(2))
                .add(new Dropout(0.3f))
                .add(new Flatten())
                .add(new Dense(10, Activation.SOFTMAX))
                .build();
        Trainer.of(network)
                .optimizer(new Adam(1.5e-3f))
                .loss(new SparseCategoricalCrossEntropy())
                .metrics(new Accuracy())
                .verbose()
                .fit(train, Fit.epochs(EPOCHS).batch(64).validation(test));

        Metadata said = network.metadata();
        network.describe(new Metadata(
                "Garments",
                "Tells ten kinds of clothes, photographed or drawn, light on a dark ground of 28×28 pixels from 0 to"
                        + " 1.",
                said.producer(),
                "Apache-2.0; trained on images of Fashion-MNIST, Copyright 2017 Zalando SE, MIT licence",
                BundledData.FASHION_LABELS,
                said.preprocessing(),
                said.properties()));
        Conversion conversion = Converter.from(network.model())
                .quantize(Precision.INT8)
                .calibrate(samples(train))
                .evaluate(samples(test))
                .maxAccuracyDrop(0.01)
                .convert();
        System.out.print(conversion.report());
        Model model = conversion.model();
        ModelWriter.write(model.content(), file);
        writeGolden(Model.load(file), photographs.test(), golden);
        System.out.println(file + ": " + Files.size(file) + " bytes");
        System.out.println(
                "photographs " + accuracy(model, photographs.test().normalized(Normalization.scale(1f / 255))));
        System.out.println("silhouettes " + accuracy(model, test.subset(odd(test.size()))));
    }

    /** Data as the converter reads them. */
    private static Samples samples(Dataset data) {
        return new Samples() {
            @Override
            public int size() {
                return data.size();
            }

            @Override
            public int featureCount() {
                return PIXELS;
            }

            @Override
            public void features(int index, float[] target, int offset) {
                data.copyFeatures(index, target, offset);
            }

            @Override
            public int label(int index) {
                return data.label(index);
            }
        };
    }

    /** Every second sample of a test set: the silhouettes. */
    private static int[] odd(int size) {
        int[] indices = new int[size / 2];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = 2 * i + 1;
        }
        return indices;
    }

    private static String bits(float[] values) {
        StringBuilder text = new StringBuilder();
        for (float value : values) {
            text.append(String.format("%08x", Float.floatToRawIntBits(value)));
        }
        return text.toString();
    }

    /** One test photograph of each class: label, pixels, bits of the answer; plain kernels and the machine's own agree. */
    private static void writeGolden(Model model, Dataset test, Path golden) throws IOException {
        StringBuilder text = new StringBuilder(
                "# class, 784 pixels from 0 to 255, bits of the ten probabilities, all hexadecimal; pixels from"
                        + " Fashion-MNIST,\n"
                        + "# Copyright 2017 Zalando SE, MIT licence. Written by TrainGarments.\n");
        for (int wanted = 0; wanted < test.classes(); wanted++) {
            int index = 0;
            while (test.label(index) != wanted) {
                index++;
            }
            float[] image = new float[PIXELS];
            test.copyFeatures(index, image, 0);
            text.append(wanted).append(' ');
            for (int p = 0; p < PIXELS; p++) {
                text.append(String.format("%02x", (int) image[p]));
                image[p] *= 1f / 255;
            }
            String answer = bits(answer(model, KernelChoice.AUTO, image));
            if (!answer.equals(bits(answer(model, KernelChoice.PLAIN, image)))) {
                throw new IllegalStateException("kernels differ on class " + wanted);
            }
            text.append(' ').append(answer).append('\n');
        }
        Files.createDirectories(golden.getParent());
        Files.writeString(golden, text);
    }

    private static float[] answer(Model model, KernelChoice kernels, float[] image) {
        Interpreter interpreter = model.interpreter(InterpreterOptions.DEFAULT.withKernels(kernels));
        interpreter.input("image").set(image);
        interpreter.run();
        return interpreter.output("probabilities").toArray();
    }

    private static String accuracy(Model model, Dataset data) {
        Interpreter interpreter = model.interpreter();
        float[] image = new float[PIXELS];
        int[] right = new int[data.classes()];
        int[] all = new int[data.classes()];
        for (int i = 0; i < data.size(); i++) {
            data.copyFeatures(i, image, 0);
            interpreter.input("image").set(image);
            interpreter.run();
            all[data.label(i)]++;
            right[data.label(i)] += interpreter.output("probabilities").argMax() == data.label(i) ? 1 : 0;
        }
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < all.length; c++) {
            text.append(String.format("  %s %d %%", data.labelNames().get(c), 100 * right[c] / all[c]));
        }
        return String.format(
                        "%.1f %%:",
                        100.0 * Arrays.stream(right).sum() / Arrays.stream(all).sum())
                + text;
    }
}
