package dev.junco.trainer.layer;

import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;

/**
 * The mean of each window of an image; the windows are square.
 *
 * @param window height and width of a window
 * @param stride distance of two windows
 * @param padding what happens at the edges; padding itself never counts
 */
public record AveragePool2D(int window, int stride, Padding padding) implements Layer {
    public AveragePool2D {
        Sizes.positive("pooling window", window);
        Sizes.positive("pooling stride", stride);
    }

    /** Windows side by side, none beyond the image. */
    public AveragePool2D(int window) {
        this(window, window, Padding.VALID);
    }

    @Override
    public String type() {
        return "AveragePool2D";
    }

    @Override
    public Value build(LayerBuilder builder, Value x) {
        return builder.add(
                new Pool2DAttributes(
                        PoolKind.AVERAGE, window, window, stride, stride, padding.forGraph(), false, Activation.NONE),
                x);
    }
}
