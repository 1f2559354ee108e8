package dev.junco.trainer.cli;

import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.AveragePool2D;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.DepthwiseConv2D;
import dev.junco.trainer.layer.Dropout;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.GlobalAveragePool;
import dev.junco.trainer.layer.ImageLayer;
import dev.junco.trainer.layer.Layer;
import dev.junco.trainer.layer.LeakyRelu;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.layer.Padding;
import dev.junco.trainer.layer.WeightedLayer;
import dev.junco.trainer.regularizer.L2;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The layers that a description file can name. */
final class LayerReader {
    /**
     * What the network is for.
     *
     * @param outputs number of classes, or of numbers to predict
     * @param classes whether samples have a class
     */
    record Task(int outputs, boolean classes) {
        /** The task that a data set sets. */
        static Task of(Dataset data) {
            return new Task(data.isClassification() ? data.classes() : data.targetWidth(), data.isClassification());
        }
    }

    /** A layer's maker and the option that a single value stands for. */
    private record Entry(String main, Function<Options, Layer> maker) {}

    private static final String OUTPUT = "output";

    private static final Map<String, Entry> LAYERS = new TreeMap<>(Map.ofEntries(
            Map.entry("flatten", new Entry(null, options -> new Flatten())),
            Map.entry("dense", new Entry("units", LayerReader::dense)),
            Map.entry("conv2d", new Entry("filters", LayerReader::conv2d)),
            Map.entry("depthwise_conv2d", new Entry("kernel", LayerReader::depthwise)),
            Map.entry("max_pool", new Entry("window", LayerReader::maxPool)),
            Map.entry("average_pool", new Entry("window", LayerReader::averagePool)),
            Map.entry("global_average_pool", new Entry(null, options -> new GlobalAveragePool())),
            Map.entry("dropout", new Entry("rate", options -> new Dropout((float) options.number("rate", null)))),
            Map.entry("batch_normalization", new Entry("momentum", LayerReader::batchNormalization)),
            Map.entry(
                    "activation",
                    new Entry("function", options -> options.choice("function", Activation.class, Activation.RELU))),
            Map.entry(
                    "leaky_relu",
                    new Entry("alpha", options -> new LeakyRelu((float) options.number("alpha", 0.01))))));

    private LayerReader() {}

    /**
     * The layer of one entry: a name, or a name with options. The layer {@code output} depends on the task: a unit for each class and softmax, or a
     * linear unit for each number to predict.
     *
     * @param where for messages
     */
    static Function<Task, Layer> read(String where, Object entry) {
        Object name = entry == null ? "" : entry;
        Object options = null;
        if (entry instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            name = only.getKey();
            options = only.getValue();
        }
        if (name.equals(OUTPUT) && options == null) {
            return task -> new Dense(task.outputs(), task.classes() ? Activation.SOFTMAX : Activation.LINEAR);
        }
        Entry layer = name instanceof String text ? LAYERS.get(text) : null;
        if (layer == null) {
            throw new DataException(where + ": there is no layer '" + name + "'; known are "
                    + String.join(", ", LAYERS.keySet()) + ", " + OUTPUT + " (without options).");
        }
        Options read = Options.of(where + " (" + name + ")", options, layer.main());
        try {
            Layer made = layer.maker().apply(read);
            read.finish();
            return task -> made;
        } catch (IllegalArgumentException e) {
            throw new DataException(read.where() + ": " + e.getMessage() + ".", e);
        }
    }

    private static Layer batchNormalization(Options options) {
        BatchNormalization standard = new BatchNormalization();
        return new BatchNormalization((float) options.number("epsilon", (double) standard.epsilon()), (float)
                options.number("momentum", (double) standard.momentum()));
    }

    private static Layer dense(Options options) {
        return weights(new Dense(options.integer("units", 1, null), activation(options)), options);
    }

    private static Layer conv2d(Options options) {
        int kernel = options.integer("kernel", 1, 3);
        Conv2D layer = new Conv2D(options.integer("filters", 1, null), kernel, activation(options));
        return image(layer.groups(options.integer("groups", 1, 1)), options);
    }

    private static Layer depthwise(Options options) {
        DepthwiseConv2D layer = new DepthwiseConv2D(options.integer("kernel", 1, 3), activation(options));
        return image(layer.multiplier(options.integer("multiplier", 1, 1)), options);
    }

    private static Layer maxPool(Options options) {
        int window = options.integer("window", 1, 2);
        return new MaxPool2D(window, options.integer("stride", 1, window), padding(options));
    }

    private static Layer averagePool(Options options) {
        int window = options.integer("window", 1, 2);
        return new AveragePool2D(window, options.integer("stride", 1, window), padding(options));
    }

    private static Activation activation(Options options) {
        return options.choice("activation", Activation.class, Activation.LINEAR);
    }

    private static <L extends ImageLayer<L>> L image(L layer, Options options) {
        layer.stride(options.integer("stride", 1, 1));
        layer.dilation(options.integer("dilation", 1, 1));
        layer.padding(padding(options));
        return weights(layer, options);
    }

    private static <L extends WeightedLayer<L>> L weights(L layer, Options options) {
        if (options.has("l2")) {
            layer.kernelRegularizer(new L2((float) options.number("l2", null)));
        }
        if (!options.flag("bias", true)) {
            layer.withoutBias();
        }
        if (options.has("name")) {
            layer.named(options.text("name", null));
        }
        return layer;
    }

    private static Padding padding(Options options) {
        String text = options.text("padding", "valid");
        return switch (text) {
            case "valid" -> Padding.VALID;
            case "same" -> Padding.SAME;
            default -> throw options.wrong("padding", text, "same or valid");
        };
    }
}
