package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.kernel.KernelSource;
import java.util.List;

/** {@link BatchNormAttributes} with given mean and variance: one scale and one shift a channel. */
final class BatchNormOperator extends Operator<BatchNormAttributes> {
    BatchNormOperator() {
        super(BatchNormAttributes.class, "BatchNorm");
    }

    @Override
    public List<TensorSpec> infer(BatchNormAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 5, 5);
        Value x = inputs.get(0);
        requireType(x, "input", DType.FLOAT32);
        if (x.shape().rank() < 2) {
            throw new GraphException(
                    "input '" + x.name() + "' has shape " + x.shape() + ", expected at least [batch, channels]");
        }
        if (!(attributes.epsilon() >= 0) || Float.isInfinite(attributes.epsilon())) {
            throw new GraphException("epsilon is " + attributes.epsilon() + ", expected a finite number >= 0");
        }
        String[] roles = {"input", "gamma", "beta", "mean", "variance"};
        for (int i = 1; i < 5; i++) {
            requireType(inputs.get(i), roles[i], DType.FLOAT32);
            if (inputs.get(i).shape().rank() != 1
                    || inputs.get(i).shape().dim(0) != x.shape().dim(-1)) {
                throw new GraphException(roles[i] + " '" + inputs.get(i).name() + "' has shape "
                        + inputs.get(i).shape() + ", expected " + x.shape().dim(-1) + " (one a channel)");
            }
        }
        return List.of(TensorSpec.float32(x.shape()));
    }

    @Override
    public boolean canRunInPlace(BatchNormAttributes attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public void bind(BatchNormAttributes attributes, Node node, Binding binding) {
        int channels = node.input(1).shape().dim(0);
        int rows = node.output().shape().elements() / channels;
        FloatRef[] operands = new FloatRef[5];
        boolean constant = true;
        for (int i = 0; i < 5; i++) {
            operands[i] = binding.floats(node.input(i));
            constant &= i == 0 || node.input(i).isConstant();
        }
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        Step fold = new Fold(operands, attributes.epsilon(), scale, shift);
        if (constant) {
            fold.run(0, 1, 0);
        } else {
            binding.add(fold);
        }
        binding.add(new Apply(binding.kernels(), operands[0], binding.floats(node.output()), rows, scale, shift));
    }

    /** scale = gamma / √(variance + epsilon), shift = beta − mean · scale, in double precision. */
    private static final class Fold extends Step {
        private final FloatRef[] operands;
        private final double epsilon;
        private final float[] scale;
        private final float[] shift;

        Fold(FloatRef[] operands, double epsilon, float[] scale, float[] shift) {
            super(scale.length);
            this.operands = operands;
            this.epsilon = epsilon;
            this.scale = scale;
            this.shift = shift;
        }

        @Override
        public int units() {
            return 1;
        }

        @Override
        public void run(int from, int to, int worker) {
            for (int c = 0; c < scale.length; c++) {
                double factor = at(1, c) / Math.sqrt(at(4, c) + epsilon);
                scale[c] = (float) factor;
                shift[c] = (float) (at(2, c) - at(3, c) * factor);
            }
        }

        private double at(int operand, int channel) {
            return operands[operand].array()[operands[operand].offset() + channel];
        }
    }

    /** y = x · scale + shift; a unit is a block of rows. */
    private static final class Apply extends Step {
        private static final int BLOCK = 64;

        private final KernelSource kernels;
        private final FloatRef x;
        private final FloatRef y;
        private final int rows;
        private final float[] scale;
        private final float[] shift;

        Apply(KernelSource kernels, FloatRef x, FloatRef y, int rows, float[] scale, float[] shift) {
            super((long) rows * scale.length);
            this.kernels = kernels;
            this.x = x;
            this.y = y;
            this.rows = rows;
            this.scale = scale;
            this.shift = shift;
        }

        @Override
        public int units() {
            return (rows - 1) / BLOCK + 1;
        }

        @Override
        public void run(int from, int to, int worker) {
            int channels = scale.length;
            int first = from * BLOCK;
            int count = to == units() ? rows - first : (to - from) * BLOCK;
            int at = first * channels;
            kernels.kernels()
                    .elementwise()
                    .scaleShift(
                            x.array(),
                            x.offset() + at,
                            y.array(),
                            y.offset() + at,
                            count,
                            channels,
                            scale,
                            0,
                            shift,
                            0);
        }
    }

    @Override
    public void evaluate(BatchNormAttributes attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] gamma = values.of(node.input(1));
        double[] beta = values.of(node.input(2));
        double[] mean = values.of(node.input(3));
        double[] variance = values.of(node.input(4));
        double[] y = values.of(node.output());
        for (int i = 0; i < y.length; i++) {
            int c = i % gamma.length;
            y[i] = gamma[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + attributes.epsilon()) + beta[c];
        }
    }
}
