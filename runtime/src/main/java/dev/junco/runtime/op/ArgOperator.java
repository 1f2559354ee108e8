package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import java.util.List;

/** {@link ArgAttributes}. */
final class ArgOperator extends Operator<ArgAttributes> {
    ArgOperator() {
        super(ArgAttributes.class, "Arg");
    }

    @Override
    public String name(ArgAttributes attributes) {
        return attributes.kind() == ExtremeKind.MAX ? "ArgMax" : "ArgMin";
    }

    @Override
    public List<TensorSpec> infer(ArgAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT32);
        int axis = attributes.axis();
        requireAxis(axis, x);
        if (attributes.keepDims()) {
            return List.of(TensorSpec.int32(x.shape().with(axis, 1)));
        }
        int[] dims = new int[x.shape().rank() - 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = x.shape().dim(i < axis ? i : i + 1);
        }
        return List.of(TensorSpec.int32(Shape.of(dims)));
    }

    static void requireAxis(int axis, Value x) {
        if (axis < 0 || axis >= x.shape().rank()) {
            throw new GraphException(
                    "axis is " + axis + ", expected one of the " + x.shape().rank() + " axes of input '" + x.name()
                            + "' of shape " + x.shape() + ", counted from 0");
        }
    }

    @Override
    public void bind(ArgAttributes attributes, Node node, Binding binding) {
        Shape shape = node.input(0).shape();
        Numbers x = Numbers.of(node.input(0), binding);
        IntRef y = binding.ints(node.output());
        int n = shape.dim(attributes.axis());
        int inner = shape.elements(attributes.axis() + 1, shape.rank());
        boolean largest = attributes.kind() == ExtremeKind.MAX;
        boolean last = attributes.last();
        int outputs = node.output().shape().elements();
        binding.add(new Step((long) outputs * n) {
            @Override
            public int units() {
                return outputs;
            }

            @Override
            public void run(int from, int to, int worker) {
                for (int unit = from; unit < to; unit++) {
                    int start = unit / inner * inner * n + unit % inner;
                    int best = 0;
                    double found = x.at(start);
                    for (int i = 1; i < n; i++) {
                        double value = x.at(start + i * inner);
                        boolean same = value == found || value != value && found != found;
                        if (Numbers.isBefore(value, found, largest) || last && same) {
                            best = i;
                            found = value;
                        }
                    }
                    y.array()[y.offset() + unit] = best;
                }
            }
        });
    }

    @Override
    public void evaluate(ArgAttributes attributes, Node node, Doubles values) {
        Shape shape = node.input(0).shape();
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        int n = shape.dim(attributes.axis());
        int inner = shape.elements(attributes.axis() + 1, shape.rank());
        double sign = attributes.kind() == ExtremeKind.MAX ? 1 : -1;
        for (int i = 0; i < y.length; i++) {
            double extreme = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                extreme = Math.max(extreme, sign * x[i / inner * inner * n + i % inner + j * inner]);
            }
            for (int j = n - 1; j >= 0; j--) {
                int k = attributes.last() ? n - 1 - j : j;
                double value = sign * x[i / inner * inner * n + i % inner + k * inner];
                y[i] = value == extreme || value != value ? k : y[i];
            }
        }
    }
}
