package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.kernel.FixedPoint;
import java.util.List;

/** {@link ReduceAttributes}. */
final class ReduceOperator extends Operator<ReduceAttributes> {
    ReduceOperator() {
        super(ReduceAttributes.class, "Reduce");
    }

    @Override
    public String name(ReduceAttributes attributes) {
        return "Reduce" + UnaryOperator.camelCase(attributes.kind().name());
    }

    @Override
    public List<TensorSpec> infer(ReduceAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        switch (attributes.kind()) {
            case ANY:
            case ALL:
                requireType(x, "input", DType.BOOL);
                break;
            case SUM:
            case MEAN:
            case MAX:
            case MIN:
            case PRODUCT:
                requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16, DType.INT32);
                break;
            case L1:
            case SUM_OF_SQUARES:
                requireType(x, "input", DType.FLOAT32, DType.INT32);
                break;
            default:
                requireType(x, "input", DType.FLOAT32);
        }
        int previous = -1;
        for (int axis : attributes.axes()) {
            if (axis <= previous || axis >= x.shape().rank()) {
                throw new GraphException("axes are " + attributes.axes() + ", expected ascending ones of the "
                        + x.shape().rank() + " axes of input '" + x.name() + "', counted from 0");
            }
            previous = axis;
        }
        return List.of(new TensorSpec(x.type(), result(x.shape(), attributes), Quantization.NONE));
    }

    private static Shape result(Shape shape, ReduceAttributes attributes) {
        int removed = attributes.keepDims() ? 0 : attributes.axes().size();
        int[] dims = new int[shape.rank() - removed];
        int n = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean reduced = attributes.axes().contains(axis);
            if (!reduced || attributes.keepDims()) {
                dims[n++] = reduced ? 1 : shape.dim(axis);
            }
        }
        return Shape.of(dims);
    }

    @Override
    public void check(ReduceAttributes attributes, Node node) {
        super.check(attributes, node);
        if (node.output().type() != DType.INT8 && node.output().type() != DType.INT16) {
            return;
        }
        requireQuantization(node.input(0));
        requireSymmetric(node);
        if (attributes.kind() == ReduceKind.MAX || attributes.kind() == ReduceKind.MIN) {
            requireSameScales(node);
        } else {
            try {
                FixedPoint.multiplier(ReduceBytesStep.factor(attributes.kind(), node, 2));
            } catch (IllegalArgumentException e) {
                throw tooFarApart(node.input(0).quantization(), node.output().quantization(), e);
            }
        }
    }

    @Override
    public void bind(ReduceAttributes attributes, Node node, Binding binding) {
        ReduceGeometry geometry = new ReduceGeometry(node.input(0).shape(), attributes.axes());
        if (node.output().type() == DType.FLOAT32) {
            binding.add(ReduceFloatsStep.of(attributes.kind(), geometry, node, binding));
        } else if (node.output().type() == DType.INT32) {
            binding.add(ints(attributes.kind(), geometry, node, binding));
        } else if (node.output().type() == DType.INT16) {
            binding.add(new Int16ReduceStep(attributes.kind(), geometry, node, binding));
        } else {
            binding.add(new ReduceBytesStep(attributes.kind(), geometry, node, binding));
        }
    }

    /** Sums and products wrap; a mean is the exact sum divided towards zero. */
    private static Step ints(ReduceKind kind, ReduceGeometry geometry, Node node, Binding binding) {
        IntRef x = binding.ints(node.input(0));
        IntRef y = binding.ints(node.output());
        return new Step((long) geometry.outputs * geometry.reduced) {
            @Override
            public int units() {
                return geometry.outputs;
            }

            @Override
            public void run(int from, int to, int worker) {
                for (int unit = from; unit < to; unit++) {
                    int start = x.offset() + geometry.start(unit);
                    long sum = kind == ReduceKind.PRODUCT ? 1 : 0;
                    for (int i = 0; i < geometry.reduced; i++) {
                        long value = x.array()[start + geometry.step(i)];
                        sum = i == 0 && (kind == ReduceKind.MAX || kind == ReduceKind.MIN)
                                ? value
                                : combined(kind, sum, value);
                    }
                    y.array()[y.offset() + unit] = (int) (kind == ReduceKind.MEAN ? sum / geometry.reduced : sum);
                }
            }
        };
    }

    private static long combined(ReduceKind kind, long sum, long value) {
        switch (kind) {
            case MAX:
                return Math.max(sum, value);
            case MIN:
                return Math.min(sum, value);
            case PRODUCT:
                return sum * value;
            case L1:
                return sum + Math.abs(value);
            case SUM_OF_SQUARES:
                return sum + value * value;
            default:
                return sum + value;
        }
    }

    @Override
    public void evaluate(ReduceAttributes attributes, Node node, Doubles values) {
        Shape shape = node.input(0).shape();
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        double[] largest = new double[y.length];
        java.util.Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        ReduceKind kind = attributes.kind();
        java.util.Arrays.fill(y, start(kind));
        for (int i = 0; i < x.length; i++) {
            int at = position(i, shape, attributes.axes());
            largest[at] = Math.max(largest[at], x[i]);
        }
        for (int i = 0; i < x.length; i++) {
            int at = position(i, shape, attributes.axes());
            y[at] = kind == ReduceKind.LOG_SUM_EXP
                    ? y[at] + (x[i] == largest[at] ? 1 : Math.exp(x[i] - largest[at]))
                    : combined(kind, y[at], x[i]);
        }
        for (int i = 0; i < y.length; i++) {
            double mean = y[i] / (x.length / y.length);
            y[i] = kind == ReduceKind.MEAN
                    ? node.output().type() == DType.INT32 ? (int) mean : mean
                    : kind == ReduceKind.L2
                            ? Math.sqrt(y[i])
                            : kind == ReduceKind.LOG_SUM
                                    ? Math.log(y[i])
                                    : kind == ReduceKind.LOG_SUM_EXP ? largest[i] + Math.log(y[i]) : y[i];
        }
    }

    private static int position(int index, Shape shape, List<Integer> axes) {
        int rest = index;
        int position = 0;
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            if (!axes.contains(axis)) {
                position += rest % shape.dim(axis) * stride;
                stride *= shape.dim(axis);
            }
            rest /= shape.dim(axis);
        }
        return position;
    }

    private static double start(ReduceKind kind) {
        switch (kind) {
            case MAX:
                return Double.NEGATIVE_INFINITY;
            case MIN:
                return Double.POSITIVE_INFINITY;
            case PRODUCT:
            case ALL:
                return 1;
            default:
                return 0;
        }
    }

    /** One more element in double precision. */
    static double combined(ReduceKind kind, double sum, double value) {
        switch (kind) {
            case MAX:
            case ANY:
                return Math.max(sum, value);
            case MIN:
            case ALL:
                return Math.min(sum, value);
            case PRODUCT:
                return sum * value;
            case L1:
                return sum + Math.abs(value);
            case L2:
            case SUM_OF_SQUARES:
                return sum + value * value;
            default:
                return sum + value;
        }
    }
}
