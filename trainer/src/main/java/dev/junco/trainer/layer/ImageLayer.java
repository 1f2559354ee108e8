package dev.junco.trainer.layer;

/**
 * A convolution over images {@code [batch, height, width, channels]}: stride 1, no dilation and no padding (VALID) unless told.
 *
 * @param <L> the layer's own type
 */
public abstract class ImageLayer<L extends ImageLayer<L>> extends WeightedLayer<L> {
    private final int kernelHeight;
    private final int kernelWidth;
    private int strideH = 1;
    private int strideW = 1;
    private int dilationH = 1;
    private int dilationW = 1;
    private Padding padding = Padding.VALID;

    ImageLayer(int kernelHeight, int kernelWidth, Activation activation) {
        super(activation);
        this.kernelHeight = Sizes.positive("kernel height", kernelHeight);
        this.kernelWidth = Sizes.positive("kernel width", kernelWidth);
    }

    /** Distance of two windows, both ways. */
    public final L stride(int stride) {
        strideH = Sizes.positive("stride", stride);
        strideW = stride;
        return self();
    }

    /** Distance of two pixels under the kernel, both ways. */
    public final L dilation(int dilation) {
        dilationH = Sizes.positive("dilation", dilation);
        dilationW = dilation;
        return self();
    }

    /** What happens at the edges. */
    public final L padding(Padding wanted) {
        padding = wanted;
        return self();
    }

    /** {@link Padding#SAME}. */
    public final L same() {
        return padding(Padding.SAME);
    }

    final int kernelHeight() {
        return kernelHeight;
    }

    final int kernelWidth() {
        return kernelWidth;
    }

    final int strideH() {
        return strideH;
    }

    final int strideW() {
        return strideW;
    }

    final int dilationH() {
        return dilationH;
    }

    final int dilationW() {
        return dilationW;
    }

    final Padding padding() {
        return padding;
    }
}
