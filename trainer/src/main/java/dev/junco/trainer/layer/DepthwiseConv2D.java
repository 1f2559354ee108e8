package dev.junco.trainer.layer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;

/**
 * Convolution with {@code multiplier} kernels for each channel, which see that channel alone. Weights {@code kernel [1, kernelHeight, kernelWidth,
 * channels · multiplier]}, {@code bias [channels · multiplier]}.
 */
public final class DepthwiseConv2D extends ImageLayer<DepthwiseConv2D> {
    private int multiplier = 1;

    /** A convolution with one square kernel a channel. */
    public DepthwiseConv2D(int kernel, Activation activation) {
        super(kernel, kernel, activation);
    }

    /** Kernels for each channel. */
    public DepthwiseConv2D multiplier(int kernels) {
        multiplier = Sizes.positive("depth multiplier", kernels);
        return this;
    }

    @Override
    DepthwiseConv2D self() {
        return this;
    }

    @Override
    public String type() {
        return "DepthwiseConv2D";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        int units = x.shape().dim(-1) * multiplier;
        int window = kernelHeight() * kernelWidth();
        Shape shape = Shape.of(1, kernelHeight(), kernelWidth(), units);
        Value kernel =
                builder.weight("kernel", shape, kernelInitializer(), window, window * multiplier, kernelRegularizer());
        DepthwiseConv2DAttributes attributes = new DepthwiseConv2DAttributes(
                strideH(),
                strideW(),
                dilationH(),
                dilationW(),
                padding().forGraph(),
                dev.junco.runtime.graph.attributes.Activation.NONE);
        Value y = hasBias()
                ? builder.add(
                        attributes,
                        x,
                        kernel,
                        builder.weight("bias", Shape.of(units), biasInitializer(), window, window, null))
                : builder.add(attributes, x, kernel);
        return activation().append(builder, y);
    }
}
