package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import java.util.List;

/** {@link BatchNormTraining}. */
final class BatchNormTrainingOperator extends Operator<BatchNormTraining> {
    BatchNormTrainingOperator() {
        super(BatchNormTraining.class, "BatchNormTraining");
    }

    @Override
    public List<TensorSpec> infer(BatchNormTraining attributes, List<Value> inputs) {
        requireOperands(inputs, 5, 5);
        for (int i = 3; i < 5; i++) {
            if (inputs.get(i).role() != Role.STATE) {
                throw new GraphException("moving average '" + inputs.get(i).name() + "' is "
                        + inputs.get(i).role() + ", expected a STATE");
            }
        }
        TensorSpec channels = inputs.get(1).spec();
        return List.of(inputs.get(0).spec(), channels, channels);
    }

    @Override
    public void bind(BatchNormTraining attributes, Node node, Binding binding) {
        FloatRef x = binding.floats(node.input(0));
        int channels = node.input(1).shape().dim(0);
        int rows = node.input(0).shape().elements() / channels;
        ColumnSums sums = new ColumnSums(binding, rows, channels);
        FloatRef mean = binding.floats(node.output(1));
        FloatRef inverse = binding.floats(node.output(2));
        BatchNormScale scale = new BatchNormScale(attributes, node, binding, rows);
        binding.add(sums.step((reduction, first, count, into) ->
                reduction.addColumns(x.array(), x.offset() + first * channels, count, channels, into, 0)));
        binding.add(sums.total(total -> {
            for (int c = 0; c < channels; c++) {
                mean.array()[mean.offset() + c] = total.of(c) / rows;
            }
        }));
        binding.add(sums.step((reduction, first, count, into) -> reduction.addSquaredDeviations(
                x.array(), x.offset() + first * channels, count, channels, mean.array(), mean.offset(), into, 0)));
        binding.add(sums.total(total -> scale.prepare(total, mean, inverse)));
        binding.add(scale.step(x, binding.floats(node.output(0))));
    }

    @Override
    public void evaluate(BatchNormTraining attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] gamma = values.of(node.input(1));
        double[] beta = values.of(node.input(2));
        int channels = gamma.length;
        int rows = x.length / channels;
        for (int c = 0; c < channels; c++) {
            double mean = 0;
            for (int i = c; i < x.length; i += channels) {
                mean += x[i] / rows;
            }
            double variance = 0;
            for (int i = c; i < x.length; i += channels) {
                variance += (x[i] - mean) * (x[i] - mean) / rows;
            }
            double inverse = 1 / Math.sqrt(variance + attributes.epsilon());
            for (int i = c; i < x.length; i += channels) {
                values.of(node.output())[i] = gamma[c] * (x[i] - mean) * inverse + beta[c];
            }
            values.of(node.output(1))[c] = mean;
            values.of(node.output(2))[c] = inverse;
            move(values.of(node.input(3)), c, mean, attributes.momentum());
            move(values.of(node.input(4)), c, variance, attributes.momentum());
        }
    }

    private static void move(double[] average, int c, double value, double momentum) {
        average[c] = momentum * average[c] + (1 - momentum) * value;
    }
}
