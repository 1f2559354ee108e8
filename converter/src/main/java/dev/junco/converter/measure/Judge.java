package dev.junco.converter.measure;

import dev.junco.converter.ConversionException;
import dev.junco.converter.Metric;
import dev.junco.converter.Samples;
import dev.junco.converter.pass.Product;
import dev.junco.runtime.Model;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;

/** Judges answers sample by sample. The class of an answer is its largest element; of a single number, whether it exceeds the threshold. */
final class Judge {
    private final Samples samples;
    private final Metric metric;
    private final float threshold;
    private final float[] targets;
    private long judged;
    private double score;

    /** A judge of answers to the samples of some indices: of a model, or of another that answers in the same form. */
    Judge(Model model, Samples samples, int[] indices) {
        this.samples = samples;
        this.targets = new float[samples.targetCount()];
        this.metric = metric(samples, indices);
        this.threshold = endsInSigmoid(model.graph()) ? 0.5f : 0;
    }

    private static Metric metric(Samples samples, int[] indices) {
        if (samples.targetCount() > 0) {
            return Metric.SQUARED_ERROR;
        }
        for (int index : indices) {
            if (samples.label(index) >= 0) {
                return Metric.ACCURACY;
            }
        }
        return Metric.NONE;
    }

    private static boolean endsInSigmoid(Graph graph) {
        Value output = graph.outputs().get(0);
        Node last = graph.producers()[output.id()];
        Product product = Product.of(last);
        return product != null && product.activation() == Activation.SIGMOID
                || last != null
                        && last.attributes() instanceof ActivationAttributes a
                        && a.function() == Activation.SIGMOID;
    }

    Metric metric() {
        return metric;
    }

    /** Accuracy or mean squared error so far; NaN if nothing could be judged. */
    double quality() {
        return judged == 0 ? Double.NaN : score / judged;
    }

    /** Judges row {@code row} of an output as the answer to a sample; returns the answered class. */
    int judge(Tensor output, int width, int row, int sample) {
        if (metric == Metric.SQUARED_ERROR) {
            return judgeNumbers(output, width, row, sample);
        }
        int answer = width == 1 ? output.get(row) > threshold ? 1 : 0 : output.argMax(row * width, width);
        int label = metric == Metric.NONE ? -1 : samples.label(sample);
        if (label >= Math.max(width, 2)) {
            throw new ConversionException("sample " + sample + " has label " + label + ", but the model answers "
                    + Math.max(width, 2) + " classes, 0 to " + (Math.max(width, 2) - 1));
        }
        if (label >= 0) {
            judged++;
            score += answer == label ? 1 : 0;
        }
        return answer;
    }

    private int judgeNumbers(Tensor output, int width, int row, int sample) {
        if (targets.length != width) {
            throw new ConversionException(
                    "samples have " + targets.length + " targets, but the model answers " + width + " numbers");
        }
        samples.targets(sample, targets, 0);
        for (int i = 0; i < width; i++) {
            double error = (double) output.get(row * width + i) - targets[i];
            score += error * error;
        }
        judged += width;
        return 0;
    }
}
