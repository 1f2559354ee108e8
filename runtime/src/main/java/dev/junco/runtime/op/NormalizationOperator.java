package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import java.util.Arrays;
import java.util.List;

/** {@link NormalizationAttributes}. */
final class NormalizationOperator extends Operator<NormalizationAttributes> {
    /** The scale and zero point that the 8-bit specification gives to numbers in [−1, 1). */
    private static final Quantization UNIT = Quantization.perTensor(1f / 128, 0);

    /** More squares of differences of two int8 might not fit an int. */
    private static final int MOST_INT8 = Integer.MAX_VALUE / (255 * 255);

    NormalizationOperator() {
        super(NormalizationAttributes.class, "Normalization");
    }

    @Override
    public String name(NormalizationAttributes attributes) {
        switch (attributes.kind()) {
            case LAYER:
                return "LayerNorm";
            case RMS:
                return "RmsNorm";
            case INSTANCE:
                return "InstanceNorm";
            case GROUP:
                return "GroupNorm";
            default:
                return "L2Norm";
        }
    }

    private static boolean alongRows(NormalizationAttributes a) {
        return a.kind() != NormalizationKind.INSTANCE && a.kind() != NormalizationKind.GROUP;
    }

    private static int groups(NormalizationAttributes a, Shape x) {
        return a.kind() == NormalizationKind.INSTANCE ? x.dim(-1) : a.groups();
    }

    @Override
    public List<TensorSpec> infer(NormalizationAttributes a, List<Value> inputs) {
        boolean unit = a.kind() == NormalizationKind.L2;
        requireOperands(inputs, 1, unit ? 1 : 3);
        Value x = inputs.get(0);
        if (unit) {
            requireType(x, "input", DType.FLOAT32, DType.INT8);
        } else {
            requireType(x, "input", DType.FLOAT32);
        }
        if (!(a.epsilon() >= 0) || Float.isInfinite(a.epsilon())) {
            throw new GraphException("epsilon is " + a.epsilon() + ", expected a finite number >= 0");
        }
        int rank = x.shape().rank();
        Shape expected;
        if (alongRows(a)) {
            MoveOperator.requireAxis(a.axis(), x, "axis");
            expected = Shape.of(Arrays.copyOfRange(x.shape().dims(), a.axis(), rank));
        } else {
            if (rank < 2) {
                throw new GraphException("input '" + x.name() + "' has shape " + x.shape()
                        + ", expected at least 2 axes [batch, …, channels]");
            }
            int groups = groups(a, x.shape());
            if (groups < 1 || x.shape().dim(-1) % groups != 0) {
                throw new GraphException(groups + " groups do not divide the "
                        + x.shape().dim(-1) + " channels of input '" + x.name() + "'");
            }
            expected = Shape.of(x.shape().dim(-1));
            long statistics = (long) ChannelNormStep.SCRATCH
                    * x.shape().dim(0)
                    * x.shape().dim(-1);
            if (statistics > Integer.MAX_VALUE) {
                throw new GraphException("input '" + x.name() + "' of shape " + x.shape() + " has " + statistics
                        + " statistics of its channels, expected at most 2^31-1");
            }
        }
        for (Value parameter : inputs.subList(1, inputs.size())) {
            requireType(parameter, parameter == inputs.get(1) ? "gamma" : "beta", DType.FLOAT32);
            if (!parameter.shape().equals(expected)) {
                throw new GraphException("operand '" + parameter.name() + "' has shape " + parameter.shape()
                        + ", expected " + expected + " for input '" + x.name() + "' of shape " + x.shape());
            }
        }
        if (x.type() == DType.INT8 && x.shape().elements(a.axis(), rank) > MOST_INT8) {
            throw new GraphException("int8 rows of " + x.shape().elements(a.axis(), rank) + " elements have more than "
                    + MOST_INT8 + ", whose sum of squares may leave 32 bits");
        }
        return List.of(new TensorSpec(x.type(), x.shape(), x.type() == DType.INT8 ? UNIT : Quantization.NONE));
    }

    @Override
    public void check(NormalizationAttributes attributes, Node node) {
        super.check(attributes, node);
        requireQuantization(node.input(0));
        if (node.output().type() == DType.INT8 && !node.output().quantization().equals(UNIT)) {
            throw new GraphException(
                    "int8 L2 norm has quantisation " + node.output().quantization() + ", expected " + UNIT);
        }
    }

    @Override
    public boolean canRunInPlace(NormalizationAttributes attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public int[] scratch(NormalizationAttributes a, Node node) {
        Shape x = node.input(0).shape();
        return alongRows(a) ? new int[0] : new int[] {ChannelNormStep.SCRATCH * x.dim(0) * x.dim(-1)};
    }

    @Override
    public void bind(NormalizationAttributes a, Node node, Binding binding) {
        Value x = node.input(0);
        Value y = node.output();
        Shape shape = x.shape();
        int columns = alongRows(a) ? shape.elements(a.axis(), shape.rank()) : shape.dim(-1);
        if (x.type() == DType.INT8) {
            int zeroPoint = x.quantization().zeroPoint();
            binding.add(new QuantizedL2Step(
                    shape.elements() / columns, columns, binding.bytes(x), zeroPoint, binding.bytes(y)));
            return;
        }
        FloatRef gamma = node.inputs().size() > 1 ? binding.floats(node.input(1)) : null;
        FloatRef beta = node.inputs().size() > 2 ? binding.floats(node.input(2)) : null;
        if (alongRows(a)) {
            binding.add(new RowNormStep(
                    binding.kernels(),
                    a,
                    shape.elements() / columns,
                    columns,
                    binding.floats(x),
                    gamma,
                    beta,
                    binding.floats(y)));
        } else {
            binding.add(new ChannelNormStep(
                    binding, groups(a, shape), a.epsilon(), shape, binding.floats(x), gamma, beta, binding.floats(y)));
        }
    }

    @Override
    public void evaluate(NormalizationAttributes a, Node node, Doubles values) {
        Shape shape = node.input(0).shape();
        int channels = shape.dim(-1);
        int columns = alongRows(a) ? shape.elements(a.axis(), shape.rank()) : channels;
        int width = alongRows(a) ? columns : channels / groups(a, shape);
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        int sample = alongRows(a) ? columns : shape.elements(1, shape.rank());
        for (int start = 0; start < x.length; start += sample) {
            for (int first = 0; first < columns; first += width) {
                double sum = 0;
                double squares = 0;
                int n = sample / columns * width;
                for (int i = 0; i < n; i++) {
                    sum += x[start + i / width * columns + first + i % width];
                }
                boolean centred = alongRows(a) ? a.kind() == NormalizationKind.LAYER : true;
                double mean = centred ? sum / n : 0;
                for (int i = 0; i < n; i++) {
                    squares += Math.pow(x[start + i / width * columns + first + i % width] - mean, 2);
                }
                double deviation = a.kind() == NormalizationKind.L2
                        ? Math.sqrt(Math.max(squares, a.epsilon()))
                        : Math.sqrt(squares / n + a.epsilon());
                for (int i = 0; i < n; i++) {
                    int column = first + i % width;
                    int at = start + i / width * columns + column;
                    double gamma = node.inputs().size() > 1 ? values.of(node.input(1))[column] : 1;
                    double beta = node.inputs().size() > 2 ? values.of(node.input(2))[column] : 0;
                    y[at] = gamma * (x[at] - mean) / deviation + beta;
                }
            }
        }
    }
}
