package dev.junco.trainer.op;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.op.ElementwiseStep;
import dev.junco.runtime.op.FloatRef;
import dev.junco.trainer.kernel.GradientKernels;
import dev.junco.trainer.kernel.TrainingKernels;

/** dx = dy · function′(y), possibly in place. */
final class ActivationGradientStep extends ElementwiseStep {
    private final GradientKernels kernels = TrainingKernels.fastest().gradient();
    private final Activation function;
    private final FloatRef dy;
    private final FloatRef y;
    private final FloatRef dx;

    ActivationGradientStep(Activation function, FloatRef dy, FloatRef y, FloatRef dx, int elements) {
        super(elements, 2);
        this.function = function;
        this.dy = dy;
        this.y = y;
        this.dx = dx;
    }

    @Override
    protected void apply(int first, int n) {
        apply(kernels, function, dy, y, dx, first, n);
    }

    /** Elements {@code [first, first + n)}. */
    static void apply(
            GradientKernels kernels, Activation function, FloatRef dy, FloatRef y, FloatRef dx, int first, int n) {
        int dyAt = dy.offset() + first;
        int yAt = y.offset() + first;
        int dxAt = dx.offset() + first;
        switch (function) {
            case SIGMOID -> kernels.sigmoid(dy.array(), dyAt, y.array(), yAt, dx.array(), dxAt, n);
            case TANH -> kernels.tanh(dy.array(), dyAt, y.array(), yAt, dx.array(), dxAt, n);
            case NONE, RELU, RELU6, RELU_N1_TO_1 ->
                kernels.clamp(
                        dy.array(), dyAt, y.array(), yAt, dx.array(), dxAt, n, function.lower(), function.upper());
        }
    }
}
