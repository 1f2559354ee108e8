package dev.junco.trainer.cli;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.GraphException;
import dev.junco.trainer.data.Dataset;

/**
 * What a model answers to each sample of a data set.
 *
 * @param values {@code [samples, width]}
 * @param width numbers for each sample
 */
record Predictions(float[] values, int width) {
    private static final int BATCH = 64;

    /** Runs the model over all samples, in batches where the model allows it. Each sample meets the states of a recurrent model at their start. */
    static Predictions of(Model model, Dataset samples, int threads) {
        int fileBatch = model.inputs().values().iterator().next().shape().dim(0);
        InterpreterOptions options = InterpreterOptions.DEFAULT.withThreads(threads);
        Interpreter interpreter;
        int batch = Math.min(BATCH, samples.size());
        try {
            interpreter = model.interpreter(options.withBatch(batch));
        } catch (GraphException e) {
            interpreter = model.interpreter(options); // a graph of a fixed batch size
            batch = fileBatch;
        }
        Tensor input = interpreter.inputs().values().iterator().next();
        Tensor output = interpreter.outputs().values().iterator().next();
        int features = samples.featureCount();
        int width = output.size() / batch;
        float[] values = new float[samples.size() * width];
        float[] sample = new float[features];
        for (int from = 0; from < samples.size(); from += batch) {
            int count = Math.min(batch, samples.size() - from);
            for (int i = 0; i < count; i++) {
                samples.copyFeatures(from + i, sample, 0);
                input.set(sample, 0, i * features, features);
            }
            interpreter.reset(); // no sample is told by the one before
            interpreter.run();
            for (int i = 0; i < count * width; i++) {
                values[from * width + i] = output.get(i);
            }
        }
        return new Predictions(values, width);
    }

    /** Number of classes: two where there is one output. */
    int classes() {
        return width == 1 ? 2 : width;
    }

    /** Number {@code index} of a sample's answer. */
    float value(int sample, int index) {
        return values[sample * width + index];
    }

    /** The class that a sample is taken for. */
    int label(int sample) {
        if (width == 1) {
            return value(sample, 0) >= 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = value(sample, i) > value(sample, best) ? i : best;
        }
        return best;
    }

    /** How sure the model is of {@link #label}, 0 to 1, where its outputs are probabilities. */
    double probability(int sample) {
        int label = label(sample);
        if (width == 1) {
            return label == 1 ? value(sample, 0) : 1 - value(sample, 0);
        }
        return value(sample, label);
    }
}
