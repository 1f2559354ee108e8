package dev.junco.trainer.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.trainer.kernel.TrainingKernels;
import dev.junco.trainer.kernel.UpdateKernels;

/** {@link AdamUpdate}. */
final class AdamUpdateOperator extends UpdateOperator<AdamUpdate> {
    private static final int MEAN = 3;
    private static final int SQUARE = 4;
    private static final int STEP = 5;

    AdamUpdateOperator() {
        super(AdamUpdate.class, "AdamUpdate");
    }

    @Override
    int operands(AdamUpdate attributes) {
        return STEP + 1 + (attributes.scaled() ? 1 : 0);
    }

    @Override
    boolean isSlot(AdamUpdate attributes, int index) {
        return index == MEAN || index == SQUARE;
    }

    /** η · √(1 − β₂ᵗ) / (1 − β₁ᵗ). */
    static double alpha(AdamUpdate attributes, double learningRate, double step) {
        return learningRate
                * Math.sqrt(1 - StrictMath.pow(attributes.beta2(), step))
                / (1 - StrictMath.pow(attributes.beta1(), step));
    }

    @Override
    public void bind(AdamUpdate attributes, Node node, Binding binding) {
        binding.add(new Update(attributes, node, binding));
    }

    private static final class Update extends ElementwiseStep {
        private final UpdateKernels kernels = TrainingKernels.fastest().update();
        private final AdamUpdate attributes;
        private final float[] w;
        private final float[] m;
        private final float[] v;
        private final FloatRef g;
        private final FloatRef rate;
        private final FloatRef scale;
        private final IntRef step;

        Update(AdamUpdate attributes, Node node, Binding binding) {
            super(node.input(0).shape().elements(), 8);
            this.attributes = attributes;
            this.w = state(binding, node, 0);
            this.m = state(binding, node, MEAN);
            this.v = state(binding, node, SQUARE);
            this.g = binding.floats(node.input(1));
            this.rate = binding.floats(node.input(2));
            this.scale = scale(binding, node, attributes.scaled());
            this.step = binding.ints(node.input(STEP));
        }

        @Override
        protected void apply(int first, int n) {
            kernels.adam(
                    w,
                    m,
                    v,
                    g.array(),
                    g.offset(),
                    first,
                    first + n,
                    scalar(scale),
                    (float) alpha(attributes, scalar(rate), step.array()[step.offset()]),
                    (float) (1 - attributes.beta1()),
                    (float) (1 - attributes.beta2()),
                    (float) attributes.epsilon());
        }
    }

    @Override
    public void evaluate(AdamUpdate attributes, Node node, Doubles values) {
        double[] w = values.of(node.input(0));
        double[] g = values.of(node.input(1));
        double[] m = values.of(node.input(MEAN));
        double[] v = values.of(node.input(SQUARE));
        double alpha = alpha(attributes, values.of(node.input(2))[0], values.of(node.input(STEP))[0]);
        double scale = attributes.scaled() ? values.of(node.input(STEP + 1))[0] : 1;
        for (int i = 0; i < w.length; i++) {
            double h = scale * g[i];
            m[i] += (1 - attributes.beta1()) * (h - m[i]);
            v[i] += (1 - attributes.beta2()) * (h * h - v[i]);
            w[i] -= alpha * m[i] / (Math.sqrt(v[i]) + attributes.epsilon());
        }
    }
}
