package dev.junco.trainer.cli;

import dev.junco.converter.Samples;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.Normalization;
import java.util.Map;

/** Raw data as a model wants it: with the preprocessing that its file records. */
final class ModelData {
    private ModelData() {}

    /**
     * Checks that data fit a model with one input and applies the recorded preprocessing.
     *
     * @throws DataException if they do not fit
     */
    static Dataset prepare(Dataset raw, Model model) {
        if (model.inputs().size() != 1) {
            throw new DataException("The model has " + model.inputs().size() + " inputs, "
                    + model.inputs().keySet() + "; data files feed models with one.");
        }
        Map.Entry<String, TensorSpec> input =
                model.inputs().entrySet().iterator().next();
        Shape wanted = input.getValue().shape().dropFirst();
        if (raw.featureCount() != wanted.elements()) {
            throw new DataException(
                    "The data have " + raw.featureCount() + " features a sample (" + raw.featureShape() + "), input '"
                            + input.getKey() + "' of the model takes " + wanted.elements() + " (" + wanted + ").");
        }
        int classes = model.outputs().values().iterator().next().shape().dim(-1);
        if (raw.isClassification() && classes > 1 && raw.classes() > classes) {
            throw new DataException("The data have labels up to " + (raw.classes() - 1)
                    + ", the model knows the classes 0 to " + (classes - 1) + ".");
        }
        Dataset shaped = raw.reshaped(wanted);
        for (Preprocessing step : model.metadata().preprocessing()) {
            if (step.input().equals(input.getKey())) {
                shaped = shaped.normalized(new Normalization(Normalization.Kind.SCALE, step.mean(), step.scale()));
            }
        }
        return shaped;
    }

    /** Data as the converter reads them. */
    static Samples samples(Dataset data) {
        return new Samples() {
            @Override
            public int size() {
                return data.size();
            }

            @Override
            public int featureCount() {
                return data.featureCount();
            }

            @Override
            public void features(int index, float[] target, int offset) {
                data.copyFeatures(index, target, offset);
            }

            @Override
            public int label(int index) {
                return data.isClassification() ? data.label(index) : -1;
            }

            @Override
            public int targetCount() {
                return data.isClassification() ? 0 : data.targetWidth();
            }

            @Override
            public void targets(int index, float[] target, int offset) {
                data.copyTargets(index, target, offset);
            }
        };
    }
}
