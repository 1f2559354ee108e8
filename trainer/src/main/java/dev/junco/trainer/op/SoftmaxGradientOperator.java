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

/** {@link SoftmaxGradient}. */
final class SoftmaxGradientOperator extends Operator<SoftmaxGradient> {
    SoftmaxGradientOperator() {
        super(SoftmaxGradient.class, "SoftmaxGradient");
    }

    @Override
    public List<TensorSpec> infer(SoftmaxGradient attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        ActivationGradientOperator.requireSame(inputs.get(0), inputs.get(1));
        return List.of(inputs.get(0).spec());
    }

    @Override
    public void bind(SoftmaxGradient attributes, Node node, Binding binding) {
        FloatRef dy = binding.floats(node.input(0));
        FloatRef y = binding.floats(node.input(1));
        FloatRef dx = binding.floats(node.output());
        int columns = node.output().shape().dim(-1);
        int rows = node.output().shape().elements() / columns;
        binding.add(new Step(4L * rows * columns) {
            @Override
            public int units() {
                return rows;
            }

            @Override
            public void run(int from, int to, int worker) {
                for (int row = from; row < to; row++) {
                    int dyAt = dy.offset() + row * columns;
                    int yAt = y.offset() + row * columns;
                    float dot = binding.kernels().kernels().reduction().dot(dy.array(), dyAt, y.array(), yAt, columns);
                    for (int i = 0; i < columns; i++) {
                        float slope = attributes.beta() * y.array()[yAt + i];
                        dx.array()[dx.offset() + row * columns + i] = slope * (dy.array()[dyAt + i] - dot);
                    }
                }
            }
        });
    }

    @Override
    public void evaluate(SoftmaxGradient attributes, Node node, Doubles values) {
        double[] dy = values.of(node.input(0));
        double[] y = values.of(node.input(1));
        double[] dx = values.of(node.output());
        int columns = node.output().shape().dim(-1);
        for (int row = 0; row < dx.length; row += columns) {
            double dot = 0;
            for (int i = row; i < row + columns; i++) {
                dot += dy[i] * y[i];
            }
            for (int i = row; i < row + columns; i++) {
                dx[i] = attributes.beta() * y[i] * (dy[i] - dot);
            }
        }
    }
}
