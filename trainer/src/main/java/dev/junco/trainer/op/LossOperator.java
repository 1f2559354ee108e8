package dev.junco.trainer.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.Operator;
import dev.junco.trainer.loss.BinaryCrossEntropy;
import dev.junco.trainer.loss.CategoricalCrossEntropy;
import dev.junco.trainer.loss.Loss;
import dev.junco.trainer.loss.MeanSquaredError;
import dev.junco.trainer.loss.SparseCategoricalCrossEntropy;
import java.util.Arrays;
import java.util.List;

/** {@link LossAttributes}. */
final class LossOperator extends Operator<LossAttributes> {
    LossOperator() {
        super(LossAttributes.class, "Loss");
    }

    @Override
    public List<TensorSpec> infer(LossAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Value z = inputs.get(0);
        requireType(z, "prediction", DType.FLOAT32);
        if (z.shape().rank() < 1) {
            throw new GraphException("prediction '" + z.name() + "' is a scalar, expected [batch, …]");
        }
        TensorSpec expected = attributes.loss().target(z.shape());
        if (!inputs.get(1).spec().equals(expected)) {
            throw new GraphException("target is " + inputs.get(1).spec() + ", expected " + expected
                    + " for a prediction of shape " + z.shape());
        }
        TensorSpec loss = TensorSpec.float32(Shape.of());
        return attributes.gradient() ? List.of(loss, z.spec()) : List.of(loss);
    }

    @Override
    public void bind(LossAttributes attributes, Node node, Binding binding) {
        LossRows rows = new LossRows(attributes, node, binding);
        binding.add(rows);
        binding.add(rows.mean());
    }

    /** By what the sum of all rows' losses is divided: elements, or rows for distributions over the last axis. */
    static int divisor(Loss loss, Shape prediction) {
        return switch (loss) {
            case MeanSquaredError _, BinaryCrossEntropy _ -> prediction.elements();
            case CategoricalCrossEntropy _, SparseCategoricalCrossEntropy _ ->
                prediction.elements() / prediction.dim(-1);
        };
    }

    @Override
    public void evaluate(LossAttributes attributes, Node node, Doubles values) {
        double[] z = values.of(node.input(0));
        double[] t = values.of(node.input(1));
        int columns = node.input(0).shape().dim(-1);
        double divisor = divisor(attributes.loss(), node.input(0).shape());
        boolean classes = node.input(1).type() == DType.INT32;
        RowLoss formula = RowLoss.of(attributes);
        double[] dz = new double[columns];
        double sum = 0;
        for (int row = 0; row < z.length / columns; row++) {
            double[] target = new double[columns];
            if (classes) {
                target[(int) t[row]] = 1;
            } else {
                System.arraycopy(t, row * columns, target, 0, columns);
            }
            double[] prediction = Arrays.copyOfRange(z, row * columns, (row + 1) * columns);
            sum += formula.of(prediction, target, dz, columns);
            for (int i = 0; attributes.gradient() && i < columns; i++) {
                values.of(node.output(1))[row * columns + i] = dz[i] / divisor;
            }
        }
        values.of(node.output())[0] = sum / divisor;
    }
}
