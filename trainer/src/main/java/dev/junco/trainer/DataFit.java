package dev.junco.trainer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;

/** Whether data suit a network and a loss. */
final class DataFit {
    private DataFit() {}

    /** @throws DataException if a sample, a target or a class does not fit */
    static void check(Network network, Dataset data, Loss loss) {
        Graph graph = network.graph();
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1) {
            throw new DataException("The network has " + graph.inputs().size() + " inputs and "
                    + graph.outputs().size() + " outputs; fit trains networks with one of each.");
        }
        if (data.size() == 0) {
            throw new DataException("The data set has no samples.");
        }
        Shape input = graph.inputs().get(0).shape().dropFirst();
        if (data.featureCount() != input.elements()) {
            throw new DataException("A sample has shape " + data.featureShape() + " (" + data.featureCount()
                    + " features), the network takes " + input + " (" + input.elements() + ").");
        }
        Shape output = graph.outputs().get(0).shape();
        int width = output.elements(1, output.rank());
        if (data.isClassification()) {
            checkClasses(data, loss, width);
        } else if (data.targetWidth() != width) {
            throw new DataException(
                    "A sample has " + data.targetWidth() + " targets, the network predicts " + width + " numbers.");
        } else if (loss instanceof SparseCategoricalCrossEntropy) {
            throw new DataException("The data have numbers as targets, the loss " + loss.name()
                    + " needs classes; use MeanSquaredError for regression.");
        }
    }

    private static void checkClasses(Dataset data, Loss loss, int width) {
        if (width == 1 && data.classes() > 2) {
            throw new DataException(
                    "The data have " + data.classes() + " classes, the network has one output, enough for 2.");
        }
        if (width > 1 && data.classes() > width) {
            throw new DataException("The data have labels up to " + (data.classes() - 1) + ", the network predicts "
                    + width + " classes (labels 0 to " + (width - 1) + ").");
        }
        if (width == 1 && loss instanceof SparseCategoricalCrossEntropy) {
            throw new DataException("The network has one output; " + loss.name()
                    + " needs one for each class, or use BinaryCrossEntropy.");
        }
    }
}
