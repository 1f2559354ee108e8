package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import java.util.List;

/** {@link DepthwiseConv2DAttributes}. */
final class DepthwiseConv2DOperator extends Operator<DepthwiseConv2DAttributes> {
    /** Images of so few pixels are copied into a frame of zeros: a copy is cheaper than blocks of their own for edges and corners. */
    private static final int FEW_PIXELS = 100;

    /** Unless one has more elements than the second-level cache likes. The batch has no say: its samples have the bits of a sample alone. */
    private static final int MOST_ELEMENTS = 1 << 17;

    /** Up to here float32 holds every integer. */
    private static final int LARGEST_SUM = 1 << 24;

    DepthwiseConv2DOperator() {
        super(DepthwiseConv2DAttributes.class, "DepthwiseConv2D");
    }

    @Override
    public List<TensorSpec> infer(DepthwiseConv2DAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        Value x = inputs.get(0);
        Value w = inputs.get(1);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        Products.requireWeights(x, w);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        requireRank(w, "weights", 4, "[1, kernelHeight, kernelWidth, units]");
        int units = w.shape().dim(3);
        if (w.shape().dim(0) != 1 || units % x.shape().dim(3) != 0) {
            throw new GraphException("weights " + w.shape() + " do not suit an input of "
                    + x.shape().dim(3)
                    + " channels; expected [1, kernelHeight, kernelWidth, channels · multiplier]. Is the input NHWC?");
        }
        int mostCells = LARGEST_SUM / (255 * Products.largestWeight(w));
        if (x.type() == DType.INT8 && w.shape().elements(1, 3) > mostCells) {
            throw new GraphException("int8 filter of " + w.shape().dim(1) + "×"
                    + w.shape().dim(2) + " has more than " + mostCells + " cells, whose sums might not be exact");
        }
        Products.checkBias(inputs, units);
        WindowGeometry g = geometry(attributes, x.shape(), w.shape());
        g.paddedElements();
        return List.of(new TensorSpec(
                x.type(), Shape.of(g.batch(), g.outputHeight(), g.outputWidth(), units), Quantization.NONE));
    }

    private static WindowGeometry geometry(DepthwiseConv2DAttributes a, Shape x, Shape w) {
        return WindowGeometry.of(
                x, w.dim(1), w.dim(2), a.strideH(), a.strideW(), a.dilationH(), a.dilationW(), a.padding());
    }

    @Override
    public void check(DepthwiseConv2DAttributes attributes, Node node) {
        super.check(attributes, node);
        Products.checkQuantization(node, attributes.activation(), 3);
    }

    @Override
    public long multiplyAdds(DepthwiseConv2DAttributes attributes, Node node) {
        return (long) node.output().shape().elements() * node.input(1).shape().elements(1, 3);
    }

    @Override
    public int[] scratch(DepthwiseConv2DAttributes attributes, Node node) {
        Value x = node.input(0);
        WindowGeometry g = geometry(attributes, x.shape(), node.input(1).shape());
        return x.type() != DType.INT16 && isFramed(g) ? new int[] {g.paddedElements()} : new int[0];
    }

    @Override
    public Widening widening(DepthwiseConv2DAttributes attributes, Node node) {
        return Widening.EACH;
    }

    @Override
    public void bind(DepthwiseConv2DAttributes attributes, Node node, Binding binding) {
        Value x = node.input(0);
        Value w = node.input(1);
        WindowGeometry g = geometry(attributes, x.shape(), w.shape());
        if (x.type() == DType.INT16) {
            binding.add(new Int16DepthwiseStep(binding, node, attributes.activation(), g));
            return;
        }
        boolean inBytes = x.type() == DType.INT8 && !binding.isWidened(x);
        FloatRef image = inBytes ? null : binding.floats(x);
        if (isFramed(g)) {
            FloatRef frame = binding.floatScratch(0);
            int zeroPoint = inBytes ? x.quantization().zeroPoint() : 0;
            binding.add(
                    inBytes
                            ? new ExpandImageStep(binding.kernels(), g, binding.bytes(x), zeroPoint, frame)
                            : new PadImageStep(g, image, frame));
            image = frame;
            g = g.overPaddedCopy();
        }
        binding.add(
                x.type() == DType.INT8
                        ? DepthwiseStep.int8(binding, node, attributes.activation(), g, image)
                        : DepthwiseStep.float32(binding, node, attributes.activation(), g, image));
    }

    private static boolean isFramed(WindowGeometry g) {
        return g.needsPadding()
                && g.paddedHeight() * g.paddedWidth() <= FEW_PIXELS
                && g.paddedElements() / g.batch() <= MOST_ELEMENTS;
    }

    @Override
    public void evaluate(DepthwiseConv2DAttributes attributes, Node node, Doubles values) {
        WindowGeometry g =
                geometry(attributes, node.input(0).shape(), node.input(1).shape());
        double[] x = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] y = values.of(node.output());
        int units = node.input(1).shape().dim(3);
        for (int i = 0; i < y.length; i++) {
            int unit = i % units;
            int ox = i / units % g.outputWidth();
            int oy = i / units / g.outputWidth() % g.outputHeight();
            int image = i / units / g.outputWidth() / g.outputHeight();
            int channel = unit / (units / g.channels());
            double sum = Products.biasOf(node, values, unit);
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    int iy = oy * g.strideH() + ky * g.dilationH() - g.padTop();
                    int ix = ox * g.strideW() + kx * g.dilationW() - g.padLeft();
                    if (iy >= 0 && iy < g.inputHeight() && ix >= 0 && ix < g.inputWidth()) {
                        sum += x[((image * g.inputHeight() + iy) * g.inputWidth() + ix) * g.channels() + channel]
                                * w[(ky * g.kernelWidth() + kx) * units + unit];
                    }
                }
            }
            y[i] = attributes.activation().apply(sum);
        }
    }
}
