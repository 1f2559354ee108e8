package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.kernel.RowSource;
import java.util.List;

/** {@link Conv2DAttributes}: an implicit matrix product over the (padded) image, nothing is unfolded. */
public final class Conv2DOperator extends Operator<Conv2DAttributes> {
    Conv2DOperator() {
        super(Conv2DAttributes.class, "Conv2D");
    }

    @Override
    public List<TensorSpec> infer(Conv2DAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        Value x = inputs.get(0);
        Value w = inputs.get(1);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        Products.requireWeights(x, w);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        requireRank(w, "weights", 4, "[units, kernelHeight, kernelWidth, channels] (OHWI)");
        int groups = attributes.groups();
        int units = w.shape().dim(0);
        if (groups < 1 || units % groups != 0 || x.shape().dim(3) % groups != 0) {
            throw new GraphException("groups " + groups + " have to divide the " + units + " units and the "
                    + x.shape().dim(3) + " input channels");
        }
        if (x.shape().dim(3) / groups != w.shape().dim(3)) {
            throw new GraphException("input has " + x.shape().dim(3) + " channels"
                    + (groups > 1 ? " in " + groups + " groups" : "") + ", weights " + w.shape() + " (OHWI) expect "
                    + w.shape().dim(3) * groups + ". Is the input NHWC?");
        }
        Products.checkBias(inputs, units);
        WindowGeometry g = geometry(attributes, x.shape(), w.shape());
        g.paddedElements();
        return List.of(new TensorSpec(
                x.type(), Shape.of(g.batch(), g.outputHeight(), g.outputWidth(), units), Quantization.NONE));
    }

    /** The window of a convolution of shapes x and w. */
    public static WindowGeometry geometry(Conv2DAttributes a, Shape x, Shape w) {
        return WindowGeometry.of(
                x, w.dim(1), w.dim(2), a.strideH(), a.strideW(), a.dilationH(), a.dilationW(), a.padding());
    }

    @Override
    public void check(Conv2DAttributes attributes, Node node) {
        super.check(attributes, node);
        Products.checkQuantization(node, attributes.activation(), 0);
    }

    @Override
    public long multiplyAdds(Conv2DAttributes attributes, Node node) {
        Shape w = node.input(1).shape();
        return (long) node.output().shape().elements() * w.elements(1, 4);
    }

    @Override
    public int[] scratch(Conv2DAttributes attributes, Node node) {
        WindowGeometry g =
                geometry(attributes, node.input(0).shape(), node.input(1).shape());
        if (node.input(0).type() == DType.INT16) {
            return new int[0];
        }
        if (g.needsPadding()) {
            return new int[] {g.paddedElements()};
        }
        return node.input(0).type() == DType.INT8 && !isMatrix(attributes, g)
                ? new int[] {node.input(0).shape().elements()}
                : new int[0];
    }

    @Override
    public int[] scratch(Conv2DAttributes attributes, Node node, Storage storage) {
        WindowGeometry g =
                geometry(attributes, node.input(0).shape(), node.input(1).shape());
        return storage.isWidened(node.input(0)) && !g.needsPadding() ? new int[0] : scratch(attributes, node);
    }

    @Override
    public Widening widening(Conv2DAttributes attributes, Node node) {
        return Widening.EACH;
    }

    /** Whether the convolution is a product of a pixel's channels by the weights: nothing overlaps, nothing is left out. */
    private static boolean isMatrix(Conv2DAttributes attributes, WindowGeometry g) {
        return g.kernelHeight() == 1
                && g.kernelWidth() == 1
                && g.strideH() == 1
                && g.strideW() == 1
                && attributes.groups() == 1
                && !g.needsPadding();
    }

    @Override
    public void bind(Conv2DAttributes attributes, Node node, Binding binding) {
        Value x = node.input(0);
        Shape w = node.input(1).shape();
        WindowGeometry g = geometry(attributes, x.shape(), w);
        FloatRef image;
        if (x.type() == DType.INT16) {
            binding.add(Int16ProductStep.convolution(binding, node, attributes.activation(), g, attributes.groups()));
            return;
        }
        if (x.type() == DType.INT8 && isMatrix(attributes, g)) {
            int pixels = g.batch() * g.inputHeight() * g.inputWidth();
            QuantizedProducts.bindDense(binding, node, attributes.activation(), pixels, w.dim(0));
            return;
        }
        if (x.type() == DType.INT8 && !binding.isWidened(x)) {
            image = binding.floatScratch(0);
            binding.add(new ExpandImageStep(
                    binding.kernels(), g, binding.bytes(x), x.quantization().zeroPoint(), image));
        } else if (g.needsPadding()) {
            image = binding.floatScratch(0);
            binding.add(new PadImageStep(g, binding.floats(x), image));
        } else {
            image = binding.floats(x);
        }
        int units = w.dim(0) / attributes.groups();
        for (int group = 0; group < attributes.groups(); group++) {
            RowSource a = rows(g, image, group * w.dim(3), w.dim(3), attributes.dilationW());
            if (x.type() == DType.INT8) {
                QuantizedProducts.bind(binding, node, attributes.activation(), a, group * units, units);
                continue;
            }
            int depth = a.k();
            Packing packing = new Packing(depth, units, group * units * depth, 1, depth);
            PackedWeights packed = ProductStep.pack(binding, node.input(1), packing);
            FloatRef bias = shift(Products.bias(binding, node, w.dim(0)), group * units);
            FloatRef y = shift(binding.floats(node.output()), group * units);
            binding.add(new ProductStep(binding, a, packed, bias, y, w.dim(0), attributes.activation()));
        }
    }

    /** The windows of one group of channels as the left operand of a product. */
    public static RowSource rows(WindowGeometry g, FloatRef image, int firstChannel, int channels, int dilationW) {
        boolean runs = channels == g.channels() && (dilationW == 1 || g.kernelWidth() == 1);
        return new RowSource(
                image.array(),
                image.offset() + firstChannel,
                g.windowStarts(),
                g.outputWidth(),
                g.strideW() * g.channels(),
                g.segmentStarts(runs),
                runs ? g.kernelWidth() * channels : channels);
    }

    private static FloatRef shift(FloatRef ref, int by) {
        return new FloatRef(ref.array(), ref.offset() + by);
    }

    @Override
    public void evaluate(Conv2DAttributes attributes, Node node, Doubles values) {
        Shape ws = node.input(1).shape();
        WindowGeometry g = geometry(attributes, node.input(0).shape(), ws);
        double[] x = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] y = values.of(node.output());
        int units = ws.dim(0);
        int channels = ws.dim(3);
        for (int i = 0; i < y.length; i++) {
            int unit = i % units;
            int ox = i / units % g.outputWidth();
            int oy = i / units / g.outputWidth() % g.outputHeight();
            int image = i / units / g.outputWidth() / g.outputHeight();
            int firstChannel = unit / (units / attributes.groups()) * channels;
            double sum = Products.biasOf(node, values, unit);
            for (int ky = 0; ky < g.kernelHeight(); ky++) {
                for (int kx = 0; kx < g.kernelWidth(); kx++) {
                    int iy = oy * g.strideH() + ky * g.dilationH() - g.padTop();
                    int ix = ox * g.strideW() + kx * g.dilationW() - g.padLeft();
                    if (iy < 0 || iy >= g.inputHeight() || ix < 0 || ix >= g.inputWidth()) {
                        continue;
                    }
                    int pixel = ((image * g.inputHeight() + iy) * g.inputWidth() + ix) * g.channels() + firstChannel;
                    int filter = ((unit * g.kernelHeight() + ky) * g.kernelWidth() + kx) * channels;
                    for (int c = 0; c < channels; c++) {
                        sum += x[pixel + c] * w[filter + c];
                    }
                }
            }
            y[i] = attributes.activation().apply(sum);
        }
    }
}
