package dev.junco.trainer.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.Step;

/** The end of batch normalisation: moving averages, then y = x · scale + shift for each channel. */
final class BatchNormScale {
    private static final int ROWS = 64;

    private final BatchNormTraining attributes;
    private final Binding binding;
    private final int rows;
    private final FloatRef gamma;
    private final FloatRef beta;
    private final FloatRef movingMean;
    private final FloatRef movingVariance;
    private final float[] scale;
    private final float[] shift;

    BatchNormScale(BatchNormTraining attributes, Node node, Binding binding, int rows) {
        this.attributes = attributes;
        this.binding = binding;
        this.rows = rows;
        this.gamma = binding.floats(node.input(1));
        this.beta = binding.floats(node.input(2));
        this.movingMean = binding.floats(node.input(3));
        this.movingVariance = binding.floats(node.input(4));
        this.scale = new float[node.input(1).shape().dim(0)];
        this.shift = new float[scale.length];
    }

    /** From the sums of squared deviations. */
    void prepare(ColumnSums deviations, FloatRef mean, FloatRef inverse) {
        for (int c = 0; c < scale.length; c++) {
            double variance = (double) deviations.of(c) / rows;
            double center = mean.array()[mean.offset() + c];
            double factor = 1 / Math.sqrt(variance + attributes.epsilon());
            inverse.array()[inverse.offset() + c] = (float) factor;
            factor *= gamma.array()[gamma.offset() + c];
            scale[c] = (float) factor;
            shift[c] = (float) (beta.array()[beta.offset() + c] - center * factor);
            move(movingMean, c, center);
            move(movingVariance, c, variance);
        }
    }

    private void move(FloatRef average, int c, double value) {
        int at = average.offset() + c;
        double momentum = attributes.momentum();
        average.array()[at] = (float) (momentum * average.array()[at] + (1 - momentum) * value);
    }

    /** y = x · scale + shift; a unit is a block of rows. */
    Step step(FloatRef x, FloatRef y) {
        return new Step((long) rows * scale.length) {
            @Override
            public int units() {
                return (rows + ROWS - 1) / ROWS;
            }

            @Override
            public void run(int from, int to, int worker) {
                int first = from * ROWS;
                int count = Math.min(rows, to * ROWS) - first;
                int at = first * scale.length;
                binding.kernels()
                        .kernels()
                        .elementwise()
                        .scaleShift(
                                x.array(),
                                x.offset() + at,
                                y.array(),
                                y.offset() + at,
                                count,
                                scale.length,
                                scale,
                                0,
                                shift,
                                0);
            }
        };
    }
}
