package dev.junco.trainer.op;

import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import dev.junco.trainer.kernel.ChannelKernels;
import dev.junco.trainer.kernel.TrainingKernels;
import java.util.List;

/** {@link BatchNormGradient}. */
final class BatchNormGradientOperator extends Operator<BatchNormGradient> {
    BatchNormGradientOperator() {
        super(BatchNormGradient.class, "BatchNormGradient");
    }

    @Override
    public List<TensorSpec> infer(BatchNormGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 5, 5);
        TensorSpec channels = inputs.get(2).spec();
        return List.of(inputs.get(0).spec(), channels, channels);
    }

    @Override
    public boolean canRunInPlace(BatchNormGradient attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public void bind(BatchNormGradient attributes, Node node, Binding binding) {
        int channels = node.input(2).shape().dim(0);
        int rows = node.input(0).shape().elements() / channels;
        FloatRef dy = binding.floats(node.input(0));
        FloatRef x = binding.floats(node.input(1));
        FloatRef mean = binding.floats(node.input(3));
        FloatRef dx = binding.floats(node.output(0));
        FloatRef dgamma = binding.floats(node.output(1));
        FloatRef dbeta = binding.floats(node.output(2));
        ChannelKernels kernels = TrainingKernels.fastest().channel();
        ColumnSums sums = new ColumnSums(binding, rows, channels);
        binding.add(sums.step((reduction, first, count, into) ->
                reduction.addColumns(dy.array(), dy.offset() + first * channels, count, channels, into, 0)));
        binding.add(sums.total(total -> {
            for (int c = 0; c < channels; c++) {
                dbeta.array()[dbeta.offset() + c] = total.of(c);
            }
        }));
        binding.add(sums.step((_, first, count, into) -> kernels.addCenteredProducts(
                dy.array(),
                dy.offset() + first * channels,
                x.array(),
                x.offset() + first * channels,
                count,
                channels,
                mean.array(),
                mean.offset(),
                into,
                0)));
        Combination combination = new Combination(node, binding, rows);
        binding.add(sums.total(combination::prepare));
        binding.add(combination.step(dy, x, dx));
    }

    /** dx = a · dy + b · (x − mean) + d for each channel. */
    private static final class Combination {
        private static final int ROWS = 64;

        private final ChannelKernels kernels = TrainingKernels.fastest().channel();
        private final int rows;
        private final FloatRef gamma;
        private final FloatRef mean;
        private final FloatRef inverse;
        private final FloatRef dgamma;
        private final FloatRef dbeta;
        private final float[] a;
        private final float[] b;
        private final float[] d;

        Combination(Node node, Binding binding, int rows) {
            this.rows = rows;
            this.gamma = binding.floats(node.input(2));
            this.mean = binding.floats(node.input(3));
            this.inverse = binding.floats(node.input(4));
            this.dgamma = binding.floats(node.output(1));
            this.dbeta = binding.floats(node.output(2));
            int channels = node.input(2).shape().dim(0);
            this.a = new float[channels];
            this.b = new float[channels];
            this.d = new float[channels];
        }

        /** From the sums of dy · (x − mean). */
        void prepare(ColumnSums products) {
            for (int c = 0; c < a.length; c++) {
                double factor = inverse.array()[inverse.offset() + c];
                double slope = products.of(c) * factor;
                dgamma.array()[dgamma.offset() + c] = (float) slope;
                double scale = gamma.array()[gamma.offset() + c] * factor;
                a[c] = (float) scale;
                b[c] = (float) (-scale * factor * slope / rows);
                d[c] = (float) (-scale * dbeta.array()[dbeta.offset() + c] / rows);
            }
        }

        Step step(FloatRef dy, FloatRef x, FloatRef dx) {
            return new Step(2L * rows * a.length) {
                @Override
                public int units() {
                    return (rows + ROWS - 1) / ROWS;
                }

                @Override
                public void run(int from, int to, int worker) {
                    int at = from * ROWS * a.length;
                    int count = Math.min(rows, to * ROWS) - from * ROWS;
                    kernels.combine(
                            dy.array(),
                            dy.offset() + at,
                            x.array(),
                            x.offset() + at,
                            dx.array(),
                            dx.offset() + at,
                            count,
                            a.length,
                            mean.array(),
                            mean.offset(),
                            a,
                            b,
                            d);
                }
            };
        }
    }

    @Override
    public void evaluate(BatchNormGradient attributes, Node node, Doubles values) {
        double[] dy = values.of(node.input(0));
        double[] x = values.of(node.input(1));
        double[] gamma = values.of(node.input(2));
        double[] dx = values.of(node.output());
        int channels = gamma.length;
        int rows = x.length / channels;
        for (int c = 0; c < channels; c++) {
            double mean = values.of(node.input(3))[c];
            double inverse = values.of(node.input(4))[c];
            double dgamma = 0;
            double dbeta = 0;
            for (int i = c; i < x.length; i += channels) {
                dbeta += dy[i];
                dgamma += dy[i] * (x[i] - mean) * inverse;
            }
            for (int i = c; i < x.length; i += channels) {
                double u = (x[i] - mean) * inverse;
                dx[i] = gamma[c] * inverse * (dy[i] - dbeta / rows - u * dgamma / rows);
            }
            values.of(node.output(1))[c] = dgamma;
            values.of(node.output(2))[c] = dbeta;
        }
    }
}
