package dev.junco.runtime.op;

import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;

/** Pooling and movement of int8 elements. */
final class Int8Images {
    private final Int8Reference reference;
    private final Shape x;
    private final Shape y;

    Int8Images(Int8Reference reference) {
        this.reference = reference;
        x = reference.node.input(0).shape();
        y = reference.shape;
    }

    /** The row or column of the image that a cell of a window meets, -1 outside. */
    static int source(
            Padding padding, boolean vertical, int output, int size, int window, int stride, int dilation, int cell) {
        int before;
        if (padding.mode() == Padding.Mode.SAME) {
            int outputs = (int) Math.ceil(size / (double) stride);
            before = Math.max(0, (outputs - 1) * stride + (window - 1) * dilation + 1 - size) / 2;
        } else {
            before = vertical ? padding.top() : padding.left();
        }
        int at = output * stride - before + cell * dilation;
        return at >= 0 && at < size ? at : -1;
    }

    byte[] pool(Pool2DAttributes a) {
        byte[] result = new byte[y.elements()];
        for (int i = 0; i < result.length; i++) {
            int pixel = i / y.dim(3);
            Cells cells = new Cells();
            for (int cell = 0; cell < a.windowH() * a.windowW(); cell++) {
                int oy = pixel / y.dim(2) % y.dim(1);
                int ox = pixel % y.dim(2);
                int row = source(a.padding(), true, oy, x.dim(1), a.windowH(), a.strideH(), 1, cell / a.windowW());
                int column = source(a.padding(), false, ox, x.dim(2), a.windowW(), a.strideW(), 1, cell % a.windowW());
                if (row >= 0 && column >= 0) {
                    int image = pixel / y.dim(2) / y.dim(1);
                    cells.add(reference.x(0)[((image * x.dim(1) + row) * x.dim(2) + column) * x.dim(3) + i % x.dim(3)]);
                }
            }
            result[i] = cells.result(a.kind(), a.activation());
        }
        return result;
    }

    byte[] globalPool(GlobalPool2DAttributes a) {
        byte[] result = new byte[y.elements()];
        int channels = x.dim(3);
        int pixels = x.dim(1) * x.dim(2);
        for (int i = 0; i < result.length; i++) {
            Cells cells = new Cells();
            for (int pixel = 0; pixel < pixels; pixel++) {
                cells.add(reference.x(0)[(i / channels * pixels + pixel) * channels + i % channels]);
            }
            result[i] = cells.result(a.kind(), Activation.NONE);
        }
        return result;
    }

    /** The cells of a window inside the image. */
    private final class Cells {
        private int sum;
        private int count;
        private int largest = -128;

        void add(byte value) {
            sum += value;
            count++;
            largest = Math.max(largest, value);
        }

        byte result(PoolKind kind, Activation activation) {
            int mean = (int) Math.copySign(Math.floor((Math.abs(sum) + count / 2) / (double) count), sum);
            return reference.within((kind == PoolKind.MAX ? largest : mean) - reference.result.zeroPoint(), activation);
        }
    }

    byte[] concat(int axis) {
        byte[] result = new byte[y.elements()];
        int inner = y.elements(axis + 1, y.rank());
        for (int i = 0; i < result.length; i++) {
            int outer = i / inner / y.dim(axis);
            int position = i / inner % y.dim(axis);
            int operand = 0;
            while (position >= size(operand, axis)) {
                position -= size(operand++, axis);
            }
            result[i] = reference.x(operand)[(outer * size(operand, axis) + position) * inner + i % inner];
        }
        return result;
    }

    private int size(int operand, int axis) {
        return reference.node.input(operand).shape().dim(axis);
    }

    byte[] pad(PadAttributes attributes) {
        byte[] result = new byte[y.elements()];
        for (int i = 0; i < result.length; i++) {
            int rest = i;
            int at = 0;
            int stride = 1;
            boolean inside = true;
            for (int axis = y.rank() - 1; axis >= 0; axis--) {
                int position = rest % y.dim(axis) - attributes.before().get(axis);
                rest /= y.dim(axis);
                inside &= position >= 0 && position < x.dim(axis);
                at += position * stride;
                stride *= x.dim(axis);
            }
            result[i] = inside ? reference.x(0)[at] : reference.quantized(attributes.value());
        }
        return result;
    }
}
