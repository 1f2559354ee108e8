package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;

/** A dense layer, a convolution or a transposed convolution of int16 activations with int8 weights. */
class Int16ProductStep extends Int16WindowStep {
    /** So many products of 2²² fit an int32. */
    private static final int RUN = 256;

    private final int cells;
    private final int unitsOfGroup;
    private final int channels;

    private Int16ProductStep(
            Binding binding, Node node, Activation activation, WindowGeometry g, int units, int groups) {
        super(binding, node, activation, g, units, g.channels() / groups);
        cells = g.kernelHeight() * g.kernelWidth();
        unitsOfGroup = units / groups;
        channels = g.channels() / groups;
    }

    static Int16ProductStep convolution(
            Binding binding, Node node, Activation activation, WindowGeometry g, int groups) {
        return new Int16ProductStep(
                binding, node, activation, g, node.input(1).shape().dim(0), groups);
    }

    /** A dense layer is a window over an image of one pixel. */
    static Int16ProductStep dense(Binding binding, Node node, Activation activation) {
        Shape w = node.input(1).shape();
        Shape image = Shape.of(node.input(0).shape().dim(0), 1, 1, w.dim(1));
        WindowGeometry g = WindowGeometry.of(image, 1, 1, 1, 1, 1, 1, Padding.VALID);
        return new Int16ProductStep(binding, node, activation, g, w.dim(0), 1);
    }

    /** Row r of x and row q of the kernel meet in row r · stride + q · dilation − top of the result. */
    static Int16ProductStep transposed(Binding binding, Node node, TransposeConv2DAttributes a) {
        Shape x = node.input(0).shape();
        Shape w = node.input(1).shape();
        WindowGeometry g = new WindowGeometry(
                x.dim(0),
                x.dim(1),
                x.dim(2),
                x.dim(3),
                w.dim(1),
                w.dim(2),
                a.strideH(),
                a.strideW(),
                a.dilationH(),
                a.dilationW(),
                a.top(),
                a.left(),
                a.height(),
                a.width());
        return new Int16ProductStep(binding, node, a.activation(), g, w.dim(0), a.groups()) {
            @Override
            int row(int y, int ky) {
                return source(y + g.padTop() - ky * g.dilationH(), g.strideH());
            }

            @Override
            int column(int x, int kx) {
                return source(x + g.padLeft() - kx * g.dilationW(), g.strideW());
            }
        };
    }

    private static int source(int reach, int stride) {
        return reach % stride == 0 ? reach / stride : -1;
    }

    @Override
    final long products(int pixel, int cell, int unit) {
        short[] left = x.array();
        byte[] right = w.array();
        int xAt = pixel + unit / unitsOfGroup * channels;
        int wAt = w.offset() + (unit * cells + cell) * channels;
        long sum = 0;
        for (int first = 0; first < channels; first += RUN) {
            int end = Math.min(first + RUN, channels);
            int part = 0;
            for (int c = first; c < end; c++) {
                part += left[xAt + c] * right[wAt + c];
            }
            sum += part;
        }
        return sum;
    }
}
