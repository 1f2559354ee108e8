package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Convolutions of volumes {@code [batch, depth, height, width, channels]}, which become one two-dimensional convolution each: the slices of depth under a kernel are
 * channels of an image, or the slices that a kernel adds to are units of one. TensorFlow Lite defines both operators for float32 alone.
 */
final class VolumeImports {
    private static final int DEPTH = 1;

    /** Far more than any kernel reaches, so that a hostile file does not make nodes without end. */
    private static final int FARTHEST = 1 << 12;

    private VolumeImports() {}

    static void register(Map<String, Translation> table) {
        table.put("CONV_3D", VolumeImports::convolution);
        table.put("CONV_3D_TRANSPOSE", VolumeImports::transposed);
    }

    /** The options of both operators. */
    private record Window(Padding padding, int[] strides, int[] dilations, Activation activation) {
        static Window of(Operation op, int input, int filters) {
            for (int operand : new int[] {input, filters}) {
                if (op.shape(operand).rank() != 5) {
                    throw new Untranslatable("operand " + operand + " of shape " + op.shape(operand)
                            + ", expected five axes: an input [batch, depth, height, width, channels] and filters"
                            + " [depth, height, width, ·, ·]");
                }
            }
            if (op.type(input) != DType.FLOAT32) {
                throw new Untranslatable(
                        "input of type " + op.type(input) + ", expected FLOAT32. Put DEQUANTIZE before");
            }
            int[] strides = {op.optionInt(1, 0), op.optionInt(3, 0), op.optionInt(2, 0)};
            int[] dilations = {op.optionInt(5, 1), op.optionInt(7, 1), op.optionInt(6, 1)};
            for (int axis = 0; axis < 3; axis++) {
                ConvolutionImports.positive(strides[axis], "stride");
                ConvolutionImports.positive(dilations[axis], "dilation");
            }
            return new Window(ConvolutionImports.padding(op, 0), strides, dilations, op.fused(4));
        }

        /** Windows along an axis of so many elements. */
        int windows(int size, int kernel, int axis) {
            long free = padding.mode() == Padding.Mode.SAME ? size - 1L : size - reach(kernel, axis);
            if (free < 0) {
                throw new Untranslatable("a kernel that reaches " + reach(kernel, axis) + " along an axis of " + size);
            }
            return (int) (free / strides[axis] + 1);
        }

        /** Elements that lie before and after an axis in all. */
        int border(int size, int kernel, int axis) {
            long last = (windows(size, kernel, axis) - 1L) * strides[axis];
            return (int) Math.max(0, last + reach(kernel, axis) - size);
        }

        private long reach(int kernel, int axis) {
            long reach = (kernel - 1L) * dilations[axis] + 1;
            if (reach > FARTHEST) {
                throw new Untranslatable("a kernel that reaches " + reach + ", expected at most " + FARTHEST);
            }
            return reach;
        }
    }

    private static void convolution(Operation op) {
        Window window = Window.of(op, 0, 1);
        Shape x = op.shape(0);
        Shape w = op.shape(1);
        if (w.dim(3) != x.dim(4)) {
            throw new Untranslatable("filters " + w + " (DHWIO) of " + w.dim(3) + " channels, the input " + x
                    + " (NDHWC) has " + x.dim(4));
        }
        int slices = window.windows(x.dim(DEPTH), w.dim(0), 0);
        Value image = op.step(
                "image", shape(-1, x.dim(2), x.dim(3), w.dim(0) * x.dim(4)), underKernel(op, window, slices, w.dim(0)));
        Value weights = op.step("units_first", new TransposeAttributes(List.of(4, 1, 2, 0, 3)), op.real(1));
        weights = op.step("weights", shape(w.dim(4), w.dim(1), w.dim(2), w.dim(0) * w.dim(3)), weights);
        List<Value> operands = new ArrayList<>(List.of(image, weights));
        if (op.has(2)) {
            operands.add(op.value(2));
        }
        Attributes attributes = new Conv2DAttributes(
                window.strides[1],
                window.strides[2],
                window.dilations[1],
                window.dilations[2],
                window.padding,
                1,
                window.activation);
        Value y = op.step("product", attributes, operands.toArray(new Value[0]));
        op.node(shape(-1, slices, y.shape().dim(1), y.shape().dim(2), w.dim(4)), y);
    }

    /** For each slice of the result the slices of the input under the kernel, behind each other on the axis of channels. */
    private static Value underKernel(Operation op, Window window, int slices, int kernel) {
        Value x = op.value(0);
        int border = window.border(x.shape().dim(DEPTH), kernel, 0);
        if (border > 0) {
            x = op.step("padded", new PadAttributes(depth(border / 2, 0), depth(border - border / 2, 0), 0), x);
        }
        List<Value> parts = new ArrayList<>();
        for (int tap = 0; tap < kernel; tap++) {
            List<Integer> begin = depth(tap * window.dilations[0], 0);
            parts.add(op.step("slices", slice(begin, slices, window.strides[0]), x));
        }
        return parts.size() == 1
                ? parts.get(0)
                : op.step("under_kernel", new ConcatAttributes(4), parts.toArray(new Value[0]));
    }

    private static void transposed(Operation op) {
        int[] result = op.ints(0, "output shape");
        Window window = Window.of(op, 2, 1);
        Shape x = op.shape(2);
        Shape w = op.shape(1);
        boolean fits = result.length == 5 && result[4] == w.dim(3) && x.dim(4) == w.dim(4);
        for (int axis = 0; fits && axis < 3; axis++) {
            fits = result[axis + 1] > 0 && window.windows(result[axis + 1], w.dim(axis), axis) == x.dim(axis + 1);
        }
        if (!fits) {
            throw new Untranslatable("an output of shape " + Arrays.toString(result) + " from the input " + x
                    + " and filters " + w + " (DHWOI)");
        }
        int units = w.dim(3);
        Value weights = op.step("units_first", new TransposeAttributes(List.of(0, 3, 1, 2, 4)), op.real(1));
        weights = op.step("weights", shape(w.dim(0) * units, w.dim(1), w.dim(2), w.dim(4)), weights);
        Attributes attributes = new TransposeConv2DAttributes(
                window.strides[1],
                window.strides[2],
                window.dilations[1],
                window.dilations[2],
                window.border(result[2], w.dim(1), 1) / 2,
                window.border(result[3], w.dim(2), 2) / 2,
                result[2],
                result[3],
                1,
                Activation.NONE);
        Value image = op.step("image", shape(-1, x.dim(2), x.dim(3), x.dim(4)), op.value(2));
        Value products = op.step("product", attributes, image, weights);
        products = op.step("parts", shape(-1, x.dim(1), result[2] * result[3], w.dim(0) * units), products);
        Value sum = null;
        for (int tap = 0; tap < w.dim(0); tap++) {
            int offset = tap * window.dilations[0] - window.border(result[1], w.dim(0), 0) / 2;
            Value part = op.step(
                    "part",
                    new SliceAttributes(List.of(0, 0, 0, tap * units), List.of(-1, -1, -1, units), ones(4)),
                    products);
            part = spread(op, part, window.strides[0], offset, result[1]);
            sum = sum == null ? part : op.step("sum", new BinaryAttributes(BinaryKind.ADD, Activation.NONE), sum, part);
        }
        Attributes volume = shape(-1, result[1], result[2], result[3], units);
        if (op.has(3)) {
            Value all = op.step("volume", volume, sum);
            op.node(new BinaryAttributes(BinaryKind.ADD, window.activation), all, op.value(3));
        } else if (window.activation != Activation.NONE) {
            op.define(0, op.activated(op.step("volume", volume, sum), window.activation));
        } else {
            op.node(volume, sum);
        }
    }

    /** {@code [batch, depth, pixels, units]} with slice d at d · stride + offset among {@code size} ones, zeros between. */
    private static Value spread(Operation op, Value part, int stride, int offset, int size) {
        int before = Math.max(0, offset);
        int from = part.shape().dim(1) * stride;
        int pixels = part.shape().dim(2);
        int units = part.shape().dim(3);
        Value all = part;
        if (stride > 1) {
            Value apart = op.step("apart", shape(-1, 1, pixels, units), part);
            List<Integer> zeros = List.of(0, stride - 1, 0, 0);
            apart = op.step("zeros", new PadAttributes(Collections.nCopies(4, 0), zeros, 0), apart);
            all = op.step("spread", shape(-1, from, pixels, units), apart);
        }
        int begin = Math.max(0, -offset);
        int after = Math.max(0, size + begin - before - from);
        if (before + after > 0) {
            PadAttributes around = new PadAttributes(List.of(0, before, 0, 0), List.of(0, after, 0, 0), 0);
            all = op.step("placed", around, all);
        }
        if (begin == 0 && all.shape().dim(1) == size) {
            return all;
        }
        SliceAttributes inside = new SliceAttributes(List.of(0, begin, 0, 0), List.of(-1, size, -1, -1), ones(4));
        return op.step("inside", inside, all);
    }

    private static ReshapeAttributes shape(Integer... dims) {
        return new ReshapeAttributes(List.of(dims));
    }

    /** One number for the axis of depth, another one for the other axes of a volume. */
    private static List<Integer> depth(int value, int others) {
        List<Integer> axes = new ArrayList<>(Collections.nCopies(5, others));
        axes.set(DEPTH, value);
        return axes;
    }

    private static SliceAttributes slice(List<Integer> begin, int count, int stride) {
        return new SliceAttributes(begin, depth(count, -1), depth(stride, 1));
    }

    private static List<Integer> ones(int rank) {
        return Collections.nCopies(rank, 1);
    }
}
