package dev.junco.trainer.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.Step;
import java.util.Arrays;

/** Loss and gradient of each row; a unit is a row. {@link #mean} adds them up. */
final class LossRows extends Step {
    private final Binding binding;
    private final RowLoss formula;
    private final boolean softmax;
    private final FloatRef z;
    private final FloatRef target;
    private final IntRef classes;
    private final FloatRef dz;
    private final FloatRef loss;
    private final int columns;
    private final int divisor;
    private final double[] losses;
    private final double[][][] scratch;

    LossRows(LossAttributes attributes, Node node, Binding binding) {
        super(32L * node.input(0).shape().elements());
        this.binding = binding;
        this.formula = RowLoss.of(attributes);
        this.classes = node.input(1).type() == DType.INT32 ? binding.ints(node.input(1)) : null;
        this.target = classes == null ? binding.floats(node.input(1)) : null;
        this.softmax = classes != null && attributes.logits();
        this.z = binding.floats(node.input(0));
        this.columns = node.input(0).shape().dim(-1);
        this.losses = new double[node.input(0).shape().elements() / columns];
        this.loss = binding.floats(node.output());
        this.dz = attributes.gradient() ? binding.floats(node.output(1)) : null;
        this.divisor = LossOperator.divisor(attributes.loss(), node.input(0).shape());
        this.scratch = new double[binding.workers()][3][columns];
    }

    /** The step after this one: loss = Σ rows / divisor, in the order of the rows. */
    Step mean() {
        return new Step(losses.length) {
            @Override
            public int units() {
                return 1;
            }

            @Override
            public void run(int from, int to, int worker) {
                double sum = 0;
                for (double row : losses) {
                    sum += row;
                }
                loss.array()[loss.offset()] = (float) (sum / divisor);
            }
        };
    }

    @Override
    public int units() {
        return losses.length;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int row = from; row < to; row++) {
            boolean known = classes == null || isClass(classes.array()[classes.offset() + row]);
            if (!known) {
                unknown(row);
            } else if (softmax && dz != null) {
                softmaxEntropy(row);
            } else {
                general(row, scratch[worker]);
            }
        }
    }

    private boolean isClass(int number) {
        return number >= 0 && number < columns;
    }

    private void unknown(int row) {
        losses[row] = Double.NaN;
        if (dz != null) {
            int at = dz.offset() + row * columns;
            Arrays.fill(dz.array(), at, at + columns, Float.NaN);
        }
    }

    /**
     * log Σ exp z − z of the class. The largest probability is 1 / Σ exp(z − max), so the softmax that the gradient needs anyway
     * gives the sum.
     */
    private void softmaxEntropy(int row) {
        int at = z.offset() + row * columns;
        int to = dz.offset() + row * columns;
        float[] p = dz.array();
        binding.kernels().kernels().reduction().softmax(z.array(), at, p, to, 1, columns, 1f);
        int wanted = classes.array()[classes.offset() + row];
        float largest = z.array()[at];
        float mode = p[to];
        for (int i = 1; i < columns; i++) {
            largest = Math.max(largest, z.array()[at + i]);
            mode = Math.max(mode, p[to + i]);
        }
        losses[row] = (double) largest - z.array()[at + wanted] - StrictMath.log(mode);
        float share = 1f / divisor;
        p[to + wanted] -= 1f;
        for (int i = 0; i < columns; i++) {
            p[to + i] *= share;
        }
    }

    private void general(int row, double[][] rows) {
        for (int i = 0; i < columns; i++) {
            rows[0][i] = z.array()[z.offset() + row * columns + i];
            rows[1][i] = classes == null ? target.array()[target.offset() + row * columns + i] : 0;
        }
        if (classes != null) {
            rows[1][classes.array()[classes.offset() + row]] = 1;
        }
        losses[row] = formula.of(rows[0], rows[1], rows[2], columns);
        for (int i = 0; dz != null && i < columns; i++) {
            dz.array()[dz.offset() + row * columns + i] = (float) (rows[2][i] / divisor);
        }
    }
}
