package dev.junco.converter.measure;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Samples;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a model over samples, several at once where its batch size can be chosen and they do not meet there. States are at their start for each sample, so that
 * results do not depend on the order. Belongs to one thread.
 */
public final class BatchRunner {
    private final Samples samples;
    private final Interpreter interpreter;
    private final int batch;
    private final float[] features;

    /**
     * A runner.
     *
     * @param wanted samples of one run, if the model allows it; else the model's own batch size
     * @param threads threads of one run
     * @throws ConversionException if the samples do not fit the model's inputs
     */
    public BatchRunner(Model model, Samples samples, int wanted, int threads) {
        this.samples = samples;
        int own = ownBatch(model);
        requireFit(model, samples);
        InterpreterOptions options = InterpreterOptions.DEFAULT.withThreads(threads);
        Interpreter several = wanted == own ? null : several(model, options.withBatch(wanted));
        Interpreter alone = null;
        if (several == null || samples.size() > 0) {
            alone = model.interpreter(options);
        }
        boolean together =
                several != null && (alone == null || SeparateSamples.are(several, wanted, alone, own, this::sample));
        this.interpreter = together ? several : alone;
        this.batch = together ? wanted : own;
        this.features = new float[samples.featureCount()];
    }

    /** An interpreter of a batch size, null if the model does not allow it. */
    private static Interpreter several(Model model, InterpreterOptions options) {
        try {
            return model.interpreter(options);
        } catch (GraphException e) {
            return null;
        }
    }

    /** Some sample for each number. */
    private float[] sample(int number) {
        float[] sample = new float[samples.featureCount()];
        samples.features(number % samples.size(), sample, 0);
        return sample;
    }

    /** Samples of one run of the model as its file has it: the first axis of all inputs, or 1 where they differ. */
    public static int ownBatch(Model model) {
        int batch = 0;
        for (Value input : model.graph().inputs()) {
            int first = input.shape().rank() == 0 ? 1 : input.shape().dim(0);
            batch = batch == 0 || batch == first ? first : 1;
        }
        return Math.max(batch, 1);
    }

    /** Multiply-adds of one sample. */
    public static long multiplyAdds(Model model) {
        OperatorCatalog catalog = model.operators().catalog();
        long sum = 0;
        for (Node node : model.graph().nodes()) {
            sum += catalog.of(node.attributes()).multiplyAdds(node.attributes(), node);
        }
        return sum / ownBatch(model);
    }

    /** Feature values of one sample: the elements of all inputs of the first signature. */
    public static long features(Model model) {
        long elements = 0;
        for (Value input : model.graph().inputs()) {
            elements += input.shape().elements() / ownBatch(model);
        }
        return elements;
    }

    private static void requireFit(Model model, Samples samples) {
        long expected = features(model);
        List<String> inputs = new ArrayList<>();
        for (Value input : model.graph().inputs()) {
            inputs.add("'" + input.name() + "' " + input.shape());
        }
        if (samples.featureCount() != expected) {
            throw new ConversionException("samples have " + samples.featureCount() + " feature values, the model takes "
                    + expected + " (" + String.join(", ", inputs) + "); is this the data that the model was made for?");
        }
    }

    /** Most samples of one run. */
    public int batch() {
        return batch;
    }

    /** What {@link #run} ran; the first samples of each tensor hold the results. */
    public Interpreter interpreter() {
        return interpreter;
    }

    /** Elements of one sample in a tensor of this runner. */
    public int width(Tensor tensor) {
        return tensor.size() / batch;
    }

    /** Runs the samples {@code indices[from]} to {@code indices[from + count − 1]}, at most {@link #batch()}. */
    public void run(int[] indices, int from, int count) {
        for (int i = 0; i < count; i++) {
            samples.features(indices[from + i], features, 0);
            int at = 0;
            for (Tensor input : interpreter.inputs().values()) {
                int width = width(input);
                input.set(features, at, i * width, width);
                at += width;
            }
        }
        interpreter.reset();
        interpreter.run();
    }
}
