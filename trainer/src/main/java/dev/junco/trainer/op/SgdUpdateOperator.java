package dev.junco.trainer.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Doubles;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.trainer.kernel.TrainingKernels;
import dev.junco.trainer.kernel.UpdateKernels;

/** {@link SgdUpdate}. */
final class SgdUpdateOperator extends UpdateOperator<SgdUpdate> {
    private static final int VELOCITY = 3;

    SgdUpdateOperator() {
        super(SgdUpdate.class, "SgdUpdate");
    }

    @Override
    int operands(SgdUpdate attributes) {
        return 3 + (attributes.momentum() > 0 ? 1 : 0) + (attributes.scaled() ? 1 : 0);
    }

    @Override
    boolean isSlot(SgdUpdate attributes, int index) {
        return index == VELOCITY && attributes.momentum() > 0;
    }

    @Override
    public void bind(SgdUpdate attributes, Node node, Binding binding) {
        UpdateKernels kernels = TrainingKernels.fastest().update();
        float[] w = state(binding, node, 0);
        FloatRef g = binding.floats(node.input(1));
        FloatRef rate = binding.floats(node.input(2));
        FloatRef scale = scale(binding, node, attributes.scaled());
        float momentum = attributes.momentum();
        float[] velocity = momentum > 0 ? state(binding, node, VELOCITY) : null;
        binding.add(new ElementwiseStep(w.length, 4) {
            @Override
            protected void apply(int first, int n) {
                float factor = -scalar(rate) * scalar(scale);
                int end = first + n;
                if (velocity == null) {
                    kernels.descend(w, g.array(), g.offset(), first, end, factor);
                } else if (attributes.nesterov()) {
                    kernels.descendLookingAhead(w, velocity, g.array(), g.offset(), first, end, factor, momentum);
                } else {
                    kernels.descendWithMomentum(w, velocity, g.array(), g.offset(), first, end, factor, momentum);
                }
            }
        });
    }

    @Override
    public void evaluate(SgdUpdate attributes, Node node, Doubles values) {
        double[] w = values.of(node.input(0));
        double[] g = values.of(node.input(1));
        double factor = -values.of(node.input(2))[0];
        if (attributes.scaled()) {
            factor *= values.of(node.input(node.inputs().size() - 1))[0];
        }
        for (int i = 0; i < w.length; i++) {
            double step = factor * g[i];
            if (attributes.momentum() > 0) {
                double[] velocity = values.of(node.input(VELOCITY));
                velocity[i] = attributes.momentum() * velocity[i] + step;
                w[i] += attributes.nesterov() ? attributes.momentum() * velocity[i] + step : velocity[i];
            } else {
                w[i] += step;
            }
        }
    }
}
