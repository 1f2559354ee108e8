package dev.junco.trainer.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.Step;
import java.util.List;

/** {@link Part}. */
final class PartOperator extends Operator<Part> {
    PartOperator() {
        super(Part.class, "Part");
    }

    @Override
    public List<TensorSpec> infer(Part attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Shape x = inputs.get(0).shape();
        boolean fits =
                attributes.shape().rank() == x.rank() && attributes.begin().size() == x.rank();
        for (int axis = 0; fits && axis < x.rank(); axis++) {
            int begin = attributes.begin().get(axis);
            fits = begin >= 0 && begin + attributes.shape().dim(axis) <= x.dim(axis);
        }
        if (!fits) {
            throw new GraphException(
                    "block " + attributes.shape() + " at " + attributes.begin() + " does not lie in " + x);
        }
        return List.of(TensorSpec.float32(attributes.shape()));
    }

    @Override
    public void bind(Part attributes, Node node, Binding binding) {
        FloatRef x = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.output());
        int[] starts = runStarts(attributes, node.input(0).shape());
        int run = node.output().shape().elements() / starts.length;
        binding.add(new Step(node.output().shape().elements()) {
            @Override
            public int units() {
                return starts.length;
            }

            @Override
            public void run(int from, int to, int worker) {
                for (int i = from; i < to; i++) {
                    System.arraycopy(x.array(), x.offset() + starts[i], y.array(), y.offset() + i * run, run);
                }
            }
        });
    }

    /** Where each run of neighbouring elements begins in the operand: trailing axes that are taken whole belong to one run. */
    private static int[] runStarts(Part attributes, Shape x) {
        Shape y = attributes.shape();
        int axis = x.rank() - 1;
        while (axis > 0 && y.dim(axis) == x.dim(axis)) {
            axis--;
        }
        int[] starts = new int[y.elements(0, axis)];
        for (int i = 0; i < starts.length; i++) {
            int stride = x.elements(axis, x.rank());
            int start = attributes.begin().get(axis) * x.elements(axis + 1, x.rank());
            int rest = i;
            for (int outer = axis - 1; outer >= 0; outer--) {
                start += (rest % y.dim(outer) + attributes.begin().get(outer)) * stride;
                rest /= y.dim(outer);
                stride *= x.dim(outer);
            }
            starts[i] = start;
        }
        return starts;
    }

    @Override
    public void evaluate(Part attributes, Node node, Doubles values) {
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        int[] starts = runStarts(attributes, node.input(0).shape());
        int run = y.length / starts.length;
        for (int i = 0; i < y.length; i++) {
            y[i] = x[starts[i / run] + i % run];
        }
    }
}
