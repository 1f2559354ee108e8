package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.math.BigInteger;
import java.util.Arrays;

/** Sums of products of int16 values and int8 weights, brought to the result's scale unit by unit. */
final class Int16Products {
    private final Int16Reference reference;
    private final Shape x;
    private final Shape w;
    private final Shape y;
    private final byte[] weights;

    Int16Products(Int16Reference reference) {
        this.reference = reference;
        x = reference.node.input(0).shape();
        w = reference.node.input(1).shape();
        y = reference.shape;
        weights = (byte[]) reference.data.get(1);
    }

    short[] dense(FullyConnectedAttributes attributes) {
        short[] result = new short[y.elements()];
        int units = w.dim(0);
        int depth = w.dim(1);
        boolean one = !reference.node.input(1).quantization().isPerAxis();
        for (int i = 0; i < result.length; i++) {
            BigInteger sum = BigInteger.ZERO;
            for (int k = 0; k < depth; k++) {
                sum = sum.add(product(i / units * depth + k, i % units * depth + k));
            }
            // With one scale for all weights the product of scales is a float32.
            double scale = one
                    ? reference.scale(0)
                            * reference.node.input(1).quantization().scale()
                    : productScale(i % units);
            result[i] = scaled(sum, i % units, scale, attributes.activation());
        }
        return result;
    }

    short[] convolution(Conv2DAttributes a) {
        short[] result = new short[y.elements()];
        for (int i = 0; i < result.length; i++) {
            int unit = i % y.dim(3);
            int first = unit / (w.dim(0) / a.groups()) * w.dim(3);
            BigInteger sum = BigInteger.ZERO;
            for (int cell = 0; cell < w.dim(1) * w.dim(2); cell++) {
                int pixel = pixel(a.padding(), i, cell, a.strideH(), a.strideW(), a.dilationH(), a.dilationW());
                for (int c = 0; pixel >= 0 && c < w.dim(3); c++) {
                    int filter = (unit * w.dim(1) * w.dim(2) + cell) * w.dim(3) + c;
                    sum = sum.add(product(pixel * x.dim(3) + first + c, filter));
                }
            }
            result[i] = scaled(sum, unit, productScale(unit), a.activation());
        }
        return result;
    }

    short[] depthwise(DepthwiseConv2DAttributes a) {
        short[] result = new short[y.elements()];
        int units = y.dim(3);
        for (int i = 0; i < result.length; i++) {
            int unit = i % units;
            BigInteger sum = BigInteger.ZERO;
            for (int cell = 0; cell < w.dim(1) * w.dim(2); cell++) {
                int pixel = pixel(a.padding(), i, cell, a.strideH(), a.strideW(), a.dilationH(), a.dilationW());
                if (pixel >= 0) {
                    sum = sum.add(product(pixel * x.dim(3) + unit * x.dim(3) / units, cell * units + unit));
                }
            }
            result[i] = scaled(sum, unit, productScale(unit), a.activation());
        }
        return result;
    }

    /** Each pixel of x adds to a window of the result. */
    short[] transposed(TransposeConv2DAttributes a) {
        BigInteger[] sums = new BigInteger[y.elements()];
        Arrays.fill(sums, BigInteger.ZERO);
        int unitsOfGroup = w.dim(0) / a.groups();
        for (int i = 0; i < x.elements(); i++) {
            int[] at = MoveOperator.position(x, i);
            for (int j = 0; j < unitsOfGroup * w.dim(1) * w.dim(2); j++) {
                int unit = at[3] / w.dim(3) * unitsOfGroup + j % unitsOfGroup;
                int cell = j / unitsOfGroup;
                int row = at[1] * a.strideH() + cell / w.dim(2) * a.dilationH() - a.top();
                int column = at[2] * a.strideW() + cell % w.dim(2) * a.dilationW() - a.left();
                if (row >= 0 && row < a.height() && column >= 0 && column < a.width()) {
                    int target = MoveOperator.element(y, at[0], row, column, unit);
                    int filter = (unit * w.dim(1) * w.dim(2) + cell) * w.dim(3) + at[3] % w.dim(3);
                    sums[target] = sums[target].add(product(i, filter));
                }
            }
        }
        short[] result = new short[sums.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = scaled(sums[i], i % y.dim(3), productScale(i % y.dim(3)), a.activation());
        }
        return result;
    }

    /** The pixel of x under a cell of the window of element i of the result, −1 outside of the image. */
    private int pixel(Padding padding, int i, int cell, int strideH, int strideW, int dilationH, int dilationW) {
        int at = i / y.dim(3);
        int row = Int8Images.source(
                padding, true, at / y.dim(2) % y.dim(1), x.dim(1), w.dim(1), strideH, dilationH, cell / w.dim(2));
        int column = Int8Images.source(
                padding, false, at % y.dim(2), x.dim(2), w.dim(2), strideW, dilationW, cell % w.dim(2));
        int image = at / y.dim(2) / y.dim(1);
        return row < 0 || column < 0 ? -1 : (image * x.dim(1) + row) * x.dim(2) + column;
    }

    private BigInteger product(int inX, int inW) {
        return BigInteger.valueOf((long) reference.x(0)[inX] * weights[inW]);
    }

    private double productScale(int unit) {
        Quantization scales = reference.node.input(1).quantization();
        return (double) reference.scale(0) * (double) scales.scale(scales.isPerAxis() ? unit : 0);
    }

    /** Without a bias or with one of two words in 64 bits and a multiplier of 15, with a bias of one word in 32 bits and a multiplier of 31. */
    private short scaled(BigInteger products, int unit, double scale, Activation activation) {
        IntegerScaling scaling = IntegerScaling.of(scale / reference.result.scale());
        boolean words =
                reference.data.size() < 3 || reference.node.input(2).shape().rank() == 2;
        long steps;
        if (words) {
            BigInteger bias = BigInteger.ZERO;
            if (reference.data.size() > 2) {
                int[] halves = (int[]) reference.data.get(2);
                bias = BigInteger.valueOf(halves[2 * unit + 1])
                        .shiftLeft(32)
                        .add(BigInteger.valueOf(Integer.toUnsignedLong(halves[2 * unit])));
            }
            steps = wide(products.add(bias), scaling);
        } else {
            int sum = products.intValue() + ((int[]) reference.data.get(2))[unit];
            steps = scaling.apply(sum);
        }
        return (short) reference.within(steps, activation);
    }

    /** A 64-bit sum times the upper 15 bits of a mantissa. */
    static int wide(BigInteger sum, IntegerScaling scaling) {
        BigInteger reduced = scaling.mantissa()
                .add(BigInteger.ONE.shiftLeft(15))
                .shiftRight(16)
                .min(BigInteger.valueOf(0x7fff));
        int right = 15 - scaling.shift();
        return sum.multiply(reduced)
                .add(BigInteger.ONE.shiftLeft(right - 1))
                .shiftRight(right)
                .intValue();
    }
}
