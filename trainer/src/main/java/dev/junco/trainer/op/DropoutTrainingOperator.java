package dev.junco.trainer.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.Operator;
import dev.junco.trainer.kernel.CounterRandom;
import dev.junco.trainer.kernel.GradientKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.List;

/** {@link DropoutTraining}. */
final class DropoutTrainingOperator extends Operator<DropoutTraining> {
    DropoutTrainingOperator() {
        super(DropoutTraining.class, "DropoutTraining");
    }

    @Override
    public List<TensorSpec> infer(DropoutTraining attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        requireType(inputs.get(0), "input", DType.FLOAT32);
        requireType(inputs.get(1), "step", DType.INT32);
        if (!(attributes.rate() >= 0 && attributes.rate() < 1)) {
            throw new GraphException("rate is " + attributes.rate() + ", expected 0 <= rate < 1");
        }
        return List.of(inputs.get(0).spec());
    }

    @Override
    public boolean canRunInPlace(DropoutTraining attributes, Node node, int operand) {
        return operand == 0;
    }

    /** An element whose 24 random bits are below this goes. */
    private static int threshold(DropoutTraining attributes) {
        return Math.round(attributes.rate() * (1 << 24));
    }

    private static double scale(DropoutTraining attributes) {
        return 1 / (1 - (double) attributes.rate());
    }

    @Override
    public void bind(DropoutTraining attributes, Node node, Binding binding) {
        GradientKernels kernels = TrainingKernels.fastest().gradient();
        FloatRef x = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.output());
        IntRef step = binding.ints(node.input(1));
        int threshold = threshold(attributes);
        float scale = (float) scale(attributes);
        binding.add(new ElementwiseStep(node.output().shape().elements(), 8) {
            @Override
            protected void apply(int first, int n) {
                long key = CounterRandom.key(attributes.sequence(), step.array()[step.offset()]);
                kernels.dropout(
                        x.array(),
                        x.offset() + first,
                        y.array(),
                        y.offset() + first,
                        n,
                        first,
                        (int) key,
                        (int) (key >>> 32),
                        threshold,
                        scale);
            }
        });
    }

    @Override
    public void evaluate(DropoutTraining attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        long key = CounterRandom.key(attributes.sequence(), (long) values.of(node.input(1))[0]);
        for (int i = 0; i < y.length; i++) {
            int bits = CounterRandom.bits(i, (int) key, (int) (key >>> 32)) >>> 8;
            y[i] = bits >= threshold(attributes) ? scale(attributes) * x[i] : 0;
        }
    }
}
