package dev.junco.trainer.cli;

import dev.junco.runtime.DType;
import dev.junco.runtime.Model;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.trainer.data.CsvFile;
import dev.junco.trainer.data.CsvOptions;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.data.NpyFile;
import dev.junco.trainer.data.NpzFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads what {@code junco run} is given, as samples of a model's input.
 *
 * @param ignored columns of tables to leave out
 * @param images reads images
 */
record RunInputs(Model model, String[] ignored, RunImages images) {
    /**
     * A reader for a model.
     *
     * @throws DataException if it takes several inputs
     */
    RunInputs {
        if (model.inputs().size() != 1) {
            StringBuilder all = new StringBuilder();
            model.inputs()
                    .forEach((name, spec) -> all.append(all.isEmpty() ? "" : ", ")
                            .append(name)
                            .append(" (")
                            .append(spec.shape())
                            .append(')'));
            throw new DataException("The model has " + model.inputs().size() + " inputs, " + all
                    + "; run feeds models with one. Feed this one with the runtime: Interpreter.input(name).set(…).");
        }
    }

    /** The samples in a file, with the preprocessing that the model records. */
    Dataset read(Path path) {
        if (!Files.exists(path)) {
            throw new DataException(path + ": no such file; check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new DataException(path + ": is a folder; name its files, for example " + path.resolve("*.png") + ".");
        }
        TensorSpec input = model.inputs().values().iterator().next();
        if (input.shape().rank() == 0) {
            throw new DataException("The model's input is a single number; there are no samples to read.");
        }
        Shape shape = input.shape().dropFirst();
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return array(path, NpyFile.read(path), input, shape);
        }
        if (name.endsWith(".npz")) {
            String wanted = model.inputs().keySet().iterator().next();
            return array(path, NpzFile.read(path, wanted, "input_0"), input, shape);
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".tsv") || name.endsWith(".txt")) {
            return ModelData.prepare(table(path, shape), model);
        }
        return ModelData.prepare(samples(path, images.read(path, shape), shape), model);
    }

    private Dataset table(Path path, Shape shape) {
        Dataset table = CsvFile.read(path, CsvOptions.unlabelled().ignoring(ignored));
        if (table.featureCount() == shape.elements() + 1) {
            throw new DataException(path + ": has " + table.featureCount() + " columns, the model takes "
                    + shape.elements() + "; if one is the label, leave it out with --ignore "
                    + table.featureNames().getLast() + ".");
        }
        return table;
    }

    /** Signed bytes for an int8 input are its own numbers: neither preprocessing nor scale is applied to them. */
    private Dataset array(Path path, NpyFile array, TensorSpec input, Shape shape) {
        SampleShape.require(path, array.dims(), shape);
        float[] values = array.toFloats();
        if (!array.isInt8() || input.type() != DType.INT8) {
            return ModelData.prepare(samples(path, values, shape), model);
        }
        Quantization scale = input.quantization();
        for (int i = 0; i < values.length; i++) {
            values[i] = scale.scale() * (values[i] - scale.zeroPoint());
        }
        return samples(path, values, shape);
    }

    /** Numbers as samples; what is wrong with one of them is told with the name of the file. */
    private static Dataset samples(Path path, float[] values, Shape shape) {
        try {
            return Dataset.unlabelled(values, shape);
        } catch (DataException e) {
            throw new DataException(path + ": " + e.getMessage(), e);
        }
    }
}
