package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.QuantizedSoftmax;
import dev.junco.runtime.kernel.QuantizedSoftmax16;
import java.util.List;

/** {@link SoftmaxAttributes}. */
final class SoftmaxOperator extends Operator<SoftmaxAttributes> {
    /** The scale and zero point that the 8-bit specification gives to probabilities. */
    private static final Quantization PROBABILITY = Quantization.perTensor(1f / 256, -128);

    /** The same of their logarithms. */
    private static final Quantization LOGARITHM = Quantization.perTensor(1f / 16, 127);

    /** Exponentials of 2¹⁵ whose sum fits an int. */
    private static final int MOST_INT16_COLUMNS = 1 << 16;

    SoftmaxOperator() {
        super(SoftmaxAttributes.class, "Softmax");
    }

    @Override
    public String name(SoftmaxAttributes attributes) {
        return attributes.log() ? "LogSoftmax" : "Softmax";
    }

    @Override
    public List<TensorSpec> infer(SoftmaxAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        if (attributes.log()) {
            requireType(x, "input", DType.FLOAT32, DType.INT8);
        } else {
            requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        }
        if (x.shape().rank() < 1) {
            throw new GraphException("input '" + x.name() + "' is a scalar, expected at least one axis");
        }
        if (!(attributes.beta() > 0) || Float.isInfinite(attributes.beta())) {
            throw new GraphException("beta is " + attributes.beta() + ", expected a positive finite number");
        }
        if (x.type() == DType.INT16 && x.shape().dim(-1) > MOST_INT16_COLUMNS) {
            throw new GraphException(
                    "input '" + x.name() + "' has rows of " + x.shape().dim(-1) + ", expected at most "
                            + MOST_INT16_COLUMNS + " in int16, so that their sums fit 32 bits");
        }
        return List.of(new TensorSpec(x.type(), x.shape(), scale(attributes, x.type())));
    }

    /** The scale that the specification gives to the result. */
    private static Quantization scale(SoftmaxAttributes attributes, DType type) {
        switch (type) {
            case INT8:
                return attributes.log() ? LOGARITHM : PROBABILITY;
            case INT16:
                return Int16Function.UNIT;
            default:
                return Quantization.NONE;
        }
    }

    @Override
    public void check(SoftmaxAttributes attributes, Node node) {
        super.check(attributes, node);
        requireQuantization(node.input(0));
        requireSymmetric(node);
        DType type = node.output().type();
        if (type == DType.FLOAT32) {
            return;
        }
        Quantization expected = scale(attributes, type);
        if (!node.output().quantization().equals(expected)) {
            throw new GraphException((type == DType.INT8 ? "int8 " : "int16 ")
                    + (attributes.log() ? "log softmax" : "softmax") + " has quantisation "
                    + node.output().quantization() + ", expected " + expected);
        }
        Quantization from = node.input(0).quantization();
        try {
            if (type == DType.INT8) {
                QuantizedSoftmax.of(from.scale(), attributes.beta());
            } else {
                QuantizedSoftmax16.of(from.scale(), attributes.beta());
            }
        } catch (IllegalArgumentException e) {
            throw tooFarApart(from, expected, e);
        }
    }

    @Override
    public boolean canRunInPlace(SoftmaxAttributes attributes, Node node, int operand) {
        return node.output().type() != DType.INT8 && !attributes.log();
    }

    @Override
    public void bind(SoftmaxAttributes attributes, Node node, Binding binding) {
        int columns = node.output().shape().dim(-1);
        int rows = node.output().shape().elements() / columns;
        if (node.output().type() == DType.INT8) {
            binding.add(
                    attributes.log()
                            ? new QuantizedLogSoftmaxStep(binding, node, attributes.beta(), rows, columns)
                            : new QuantizedSoftmaxStep(binding, node, attributes.beta(), rows, columns));
            return;
        }
        if (node.output().type() == DType.INT16) {
            binding.add(new Int16SoftmaxStep(binding, node, attributes.beta(), rows, columns));
            return;
        }
        FloatRef x = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.output());
        float beta = attributes.beta();
        if (attributes.log()) {
            binding.add(logarithms(binding, x, y, beta, rows, columns));
            return;
        }
        binding.add(new Step(16L * rows * columns) {
            @Override
            public Object kernel() {
                return binding.kernels().kernels().reduction();
            }

            @Override
            public int units() {
                return rows;
            }

            @Override
            public void run(int from, int to, int worker) {
                int at = from * columns;
                binding.kernels()
                        .kernels()
                        .reduction()
                        .softmax(x.array(), x.offset() + at, y.array(), y.offset() + at, to - from, columns, beta);
            }
        });
    }

    /** y = v − ln Σ eᵛ with v = fma(beta, x, −beta · max x); the sum by virtual lanes, its logarithm rounded once. */
    private static Step logarithms(Binding binding, FloatRef x, FloatRef y, float beta, int rows, int columns) {
        return new Step(16L * rows * columns) {
            @Override
            public int units() {
                return rows;
            }

            @Override
            public void run(int from, int to, int worker) {
                Kernels kernels = binding.kernels().kernels();
                for (int row = from; row < to; row++) {
                    int xAt = x.offset() + row * columns;
                    int yAt = y.offset() + row * columns;
                    float max = beta * kernels.reduction().max(x.array(), xAt, columns);
                    shift(kernels, xAt, yAt, max);
                    kernels.elementwise().exp(y.array(), yAt, y.array(), yAt, columns);
                    float sum = kernels.reduction().sum(y.array(), yAt, columns);
                    shift(kernels, xAt, yAt, max);
                    float log = (float) StrictMath.log(sum);
                    kernels.elementwise().addScalar(y.array(), yAt, -log, y.array(), yAt, columns);
                }
            }

            private void shift(Kernels kernels, int xAt, int yAt, float max) {
                float inf = Float.POSITIVE_INFINITY;
                kernels.function().affine(x.array(), xAt, y.array(), yAt, columns, beta, -max, -inf, inf);
            }
        };
    }

    @Override
    public void evaluate(SoftmaxAttributes attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        int columns = node.output().shape().dim(-1);
        for (int row = 0; row < y.length; row += columns) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = row; j < row + columns; j++) {
                largest = Math.max(largest, attributes.beta() * x[j]);
            }
            double sum = 0;
            for (int j = row; j < row + columns; j++) {
                y[j] = Math.exp(attributes.beta() * x[j] - largest);
                sum += y[j];
            }
            for (int j = row; j < row + columns; j++) {
                y[j] = attributes.log() ? attributes.beta() * x[j] - largest - Math.log(sum) : y[j] / sum;
            }
        }
    }
}
