package dev.junco.trainer.layer;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;

/**
 * Two-dimensional convolution: {@code filters} kernels slide over the image and see all channels. Weights {@code kernel [filters, kernelHeight,
 * kernelWidth, channels]} (OHWI), {@code bias [filters]}.
 */
public final class Conv2D extends ImageLayer<Conv2D> {
    private final int filters;
    private int groups = 1;

    /** A convolution with a square kernel. */
    public Conv2D(int filters, int kernel, Activation activation) {
        this(filters, kernel, kernel, activation);
    }

    /** A convolution. */
    public Conv2D(int filters, int kernelHeight, int kernelWidth, Activation activation) {
        super(kernelHeight, kernelWidth, activation);
        this.filters = Sizes.positive("Conv2D filters", filters);
    }

    /** Splits channels and filters into groups that do not see each other. */
    public Conv2D groups(int number) {
        groups = Sizes.positive("groups", number);
        return this;
    }

    @Override
    Conv2D self() {
        return this;
    }

    @Override
    public String type() {
        return "Conv2D";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        int channels = x.shape().dim(-1) / groups;
        int window = kernelHeight() * kernelWidth();
        int fanIn = window * channels;
        int fanOut = window * filters / groups;
        Shape shape = Shape.of(filters, kernelHeight(), kernelWidth(), Math.max(1, channels));
        Value kernel = builder.weight("kernel", shape, kernelInitializer(), fanIn, fanOut, kernelRegularizer());
        Conv2DAttributes attributes = new Conv2DAttributes(
                strideH(),
                strideW(),
                dilationH(),
                dilationW(),
                padding().forGraph(),
                groups,
                dev.junco.runtime.graph.attributes.Activation.NONE);
        Value y = hasBias()
                ? builder.add(
                        attributes,
                        x,
                        kernel,
                        builder.weight("bias", Shape.of(filters), biasInitializer(), fanIn, fanOut, null))
                : builder.add(attributes, x, kernel);
        return activation().append(builder, y);
    }
}
