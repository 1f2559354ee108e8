package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import java.util.List;

/** {@link FixedNormGradient}. */
final class FixedNormGradientOperator extends Operator<FixedNormGradient> {
    private static final int ROWS = 64;

    FixedNormGradientOperator() {
        super(FixedNormGradient.class, "FixedNormGradient");
    }

    @Override
    public List<TensorSpec> infer(FixedNormGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 3, 3);
        return List.of(inputs.get(0).spec());
    }

    @Override
    public boolean canRunInPlace(FixedNormGradient attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public void bind(FixedNormGradient attributes, Node node, Binding binding) {
        FloatRef dy = binding.floats(node.input(0));
        FloatRef gamma = binding.floats(node.input(1));
        FloatRef variance = binding.floats(node.input(2));
        FloatRef dx = binding.floats(node.output());
        int channels = node.input(1).shape().dim(0);
        int rows = node.output().shape().elements() / channels;
        float[] zeros = new float[channels];
        float[] scale = new float[channels];
        binding.add(new Step((long) rows * channels) {
            @Override
            public int units() {
                for (int c = 0; c < channels; c++) {
                    double root = Math.sqrt(variance.array()[variance.offset() + c] + (double) attributes.epsilon());
                    scale[c] = (float) (gamma.array()[gamma.offset() + c] / root);
                }
                return (rows + ROWS - 1) / ROWS;
            }

            @Override
            public void run(int from, int to, int worker) {
                int at = from * ROWS * channels;
                int count = Math.min(rows, to * ROWS) - from * ROWS;
                binding.kernels()
                        .kernels()
                        .elementwise()
                        .scaleShift(
                                dy.array(),
                                dy.offset() + at,
                                dx.array(),
                                dx.offset() + at,
                                count,
                                channels,
                                scale,
                                0,
                                zeros,
                                0);
            }
        });
    }

    @Override
    public void evaluate(FixedNormGradient attributes, Node node, Doubles values) {
        double[] dy = values.of(node.input(0));
        double[] gamma = values.of(node.input(1));
        double[] variance = values.of(node.input(2));
        double[] dx = values.of(node.output());
        for (int i = 0; i < dx.length; i++) {
            int c = i % gamma.length;
            dx[i] = dy[i] * gamma[c] / Math.sqrt(variance[c] + attributes.epsilon());
        }
    }
}
