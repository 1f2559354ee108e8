package dev.junco.trainer.cli;

import dev.junco.converter.measure.SeparateSamples;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.GraphException;
import dev.junco.trainer.data.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model answers to each sample of a data set.
 *
 * @param values {@code [samples, width]}
 * @param width numbers for each sample
 */
record Predictions(float[] values, int width) {
    private static final int BATCH = 64;

    /** The first output for all samples; see {@link #ofAll}. */
    static Predictions of(Model model, Dataset samples, int threads) {
        String first = model.outputs().keySet().iterator().next();
        return run(model, samples, threads, List.of(first)).get(first);
    }

    /**
     * Every output, by name, for all samples, which the model runs in batches where it allows that. Each sample meets the states of a recurrent
     * model at their start.
     */
    static Map<String, Predictions> ofAll(Model model, Dataset samples, int threads) {
        return run(model, samples, threads, List.copyOf(model.outputs().keySet()));
    }

    private static Map<String, Predictions> run(Model model, Dataset samples, int threads, List<String> outputs) {
        InterpreterOptions options = InterpreterOptions.DEFAULT.withThreads(threads);
        int batch = Math.min(BATCH, samples.size());
        Interpreter interpreter = batched(model, options, batch, outputs);
        Interpreter alone = model.interpreter(options);
        int own = model.inputs().values().iterator().next().shape().dim(0);
        if (interpreter == null
                || !SeparateSamples.are(interpreter, batch, alone, own, number -> sample(samples, number))) {
            interpreter = alone;
            batch = own;
        }
        Map<String, Predictions> answers = new LinkedHashMap<>();
        for (String name : outputs) {
            int width = interpreter.output(name).size() / batch;
            answers.put(name, new Predictions(new float[samples.size() * width], width));
        }
        for (int from = 0; from < samples.size(); from += batch) {
            int count = Math.min(batch, samples.size() - from);
            run(interpreter, samples, from, count);
            for (String name : outputs) {
                answers.get(name).copy(interpreter.output(name), from, count);
            }
        }
        return answers;
    }

    private static void run(Interpreter interpreter, Dataset samples, int from, int count) {
        Tensor input = interpreter.inputs().values().iterator().next();
        int features = samples.featureCount();
        float[] sample = new float[features];
        for (int i = 0; i < count; i++) {
            samples.copyFeatures(from + i, sample, 0);
            input.set(sample, 0, i * features, features);
        }
        interpreter.reset(); // no sample is told by the one before
        interpreter.run();
    }

    /** Some sample for each number. */
    private static float[] sample(Dataset samples, int number) {
        float[] sample = new float[samples.featureCount()];
        samples.copyFeatures(number % samples.size(), sample, 0);
        return sample;
    }

    /** An interpreter of a batch size, or null where the batch size is fixed or is not the first axis of an output. */
    private static Interpreter batched(Model model, InterpreterOptions options, int batch, List<String> outputs) {
        try {
            Interpreter interpreter = model.interpreter(options.withBatch(batch));
            for (String name : outputs) {
                Tensor output = interpreter.output(name);
                if (output.spec().shape().rank() == 0 || output.spec().shape().dim(0) != batch) {
                    return null;
                }
            }
            return interpreter;
        } catch (GraphException e) {
            return null;
        }
    }

    private void copy(Tensor output, int from, int count) {
        for (int i = 0; i < count * width; i++) {
            values[from * width + i] = output.get(i);
        }
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
