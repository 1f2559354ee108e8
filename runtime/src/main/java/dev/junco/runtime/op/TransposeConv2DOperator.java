package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.List;

/** {@link TransposeConv2DAttributes}: {@link TransposedPhases}, or {@link Int16ProductStep}. */
final class TransposeConv2DOperator extends Operator<TransposeConv2DAttributes> {
    /** Bound of sizes, strides and reaches: sums of three fit an int. */
    private static final int MOST = Integer.MAX_VALUE / 4;

    TransposeConv2DOperator() {
        super(TransposeConv2DAttributes.class, "TransposeConv2D");
    }

    @Override
    public List<TensorSpec> infer(TransposeConv2DAttributes a, List<Value> inputs) {
        requireOperands(inputs, 2, 3);
        Value x = inputs.get(0);
        Value w = inputs.get(1);
        requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        Products.requireWeights(x, w);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        requireRank(w, "weights", 4, "[units, kernelHeight, kernelWidth, channels] (OHWI)");
        int units = w.shape().dim(0);
        int channels = x.shape().dim(3);
        if (a.groups() < 1 || units % a.groups() != 0 || channels % a.groups() != 0) {
            throw new GraphException("groups " + a.groups() + " have to divide the " + units + " units and the "
                    + channels + " input channels");
        }
        if (channels / a.groups() != w.shape().dim(3)) {
            throw new GraphException("input has " + channels + " channels"
                    + (a.groups() > 1 ? " in " + a.groups() + " groups" : "") + ", weights " + w.shape()
                    + " (OHWI) expect " + w.shape().dim(3) * a.groups() + ". Is the input NHWC?");
        }
        Products.checkBias(inputs, units);
        checkAxis(
                "height",
                a.strideH(),
                a.dilationH(),
                a.top(),
                a.height(),
                w.shape().dim(1));
        checkAxis(
                "width",
                a.strideW(),
                a.dilationW(),
                a.left(),
                a.width(),
                w.shape().dim(2));
        WindowGeometry frame = TransposedPhases.frame(a, x.shape(), w.shape());
        double elements = (double) frame.batch() * frame.paddedHeight() * frame.paddedWidth() * channels;
        if (elements > Integer.MAX_VALUE) {
            throw new GraphException("input with its borders has " + elements + " elements, more than 2^31-1");
        }
        return List.of(
                new TensorSpec(x.type(), Shape.of(x.shape().dim(0), a.height(), a.width(), units), Quantization.NONE));
    }

    private static void checkAxis(String axis, int stride, int dilation, int cut, int size, int kernel) {
        long reach = (long) (kernel - 1) * dilation + 1;
        if (stride < 1 || dilation < 1 || size < 1 || Math.max(Math.max(stride, size), reach) > MOST) {
            throw new GraphException(axis + " " + size + " by stride " + stride + ", dilation " + dilation + ", kernel "
                    + kernel + ": all have to be at least 1 and not beyond all bounds");
        }
        if (cut < 0 || cut >= reach) {
            throw new GraphException("cuts " + cut + " off the " + axis + ", expected 0 to " + (reach - 1)
                    + ", less than the kernel reaches");
        }
    }

    @Override
    public void check(TransposeConv2DAttributes attributes, Node node) {
        super.check(attributes, node);
        Products.checkQuantization(node, attributes.activation(), 0);
    }

    @Override
    public long multiplyAdds(TransposeConv2DAttributes attributes, Node node) {
        Shape w = node.input(1).shape();
        return (long) node.input(0).shape().elements(0, 3) * w.elements();
    }

    @Override
    public int[] scratch(TransposeConv2DAttributes a, Node node) {
        if (node.input(0).type() == DType.INT16) {
            return new int[0];
        }
        Shape x = node.input(0).shape();
        int frame = Math.max(
                x.elements(),
                TransposedPhases.frame(a, x, node.input(1).shape()).paddedElements());
        boolean bytes = node.output().type() == DType.INT8;
        if (bytes || a.strideH() == 1 && a.strideW() == 1) {
            return new int[] {frame};
        }
        int rows = (a.height() - 1) / a.strideH() + 1;
        int columns = (a.width() - 1) / a.strideW() + 1;
        return new int[] {
            frame, x.dim(0) * rows * columns * node.output().shape().dim(3)
        };
    }

    @Override
    public void bind(TransposeConv2DAttributes attributes, Node node, Binding binding) {
        if (node.input(0).type() == DType.INT16) {
            binding.add(Int16ProductStep.transposed(binding, node, attributes));
        } else {
            new TransposedPhases(attributes, node, binding).bind();
        }
    }

    @Override
    public void evaluate(TransposeConv2DAttributes a, Node node, Doubles values) {
        Shape xs = node.input(0).shape();
        Shape ws = node.input(1).shape();
        Shape ys = node.output().shape();
        double[] x = values.of(node.input(0));
        double[] w = values.of(node.input(1));
        double[] y = values.of(node.output());
        int units = ys.dim(3);
        int unitsOfGroup = units / a.groups();
        for (int i = 0; i < y.length; i++) {
            y[i] = Products.biasOf(node, values, i % units);
        }
        for (int i = 0; i < x.length; i++) {
            int[] pixel = MoveOperator.position(xs, i);
            int group = pixel[3] / ws.dim(3);
            for (int j = 0; j < unitsOfGroup * ws.dim(1) * ws.dim(2); j++) {
                int unit = group * unitsOfGroup + j / ws.dim(2) / ws.dim(1);
                int ky = j / ws.dim(2) % ws.dim(1);
                int kx = j % ws.dim(2);
                int row = pixel[1] * a.strideH() + ky * a.dilationH() - a.top();
                int column = pixel[2] * a.strideW() + kx * a.dilationW() - a.left();
                if (row >= 0 && row < a.height() && column >= 0 && column < a.width()) {
                    y[MoveOperator.element(ys, pixel[0], row, column, unit)] +=
                            x[i] * w[MoveOperator.element(ws, unit, ky, kx, pixel[3] % ws.dim(3))];
                }
            }
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = a.activation().apply(y[i]);
        }
    }
}
