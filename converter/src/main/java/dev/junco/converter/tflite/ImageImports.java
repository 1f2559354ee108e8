package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.DepthOrder;
import dev.junco.runtime.graph.attributes.DepthToSpaceAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.PadKind;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.RoundingKind;
import dev.junco.runtime.graph.attributes.SliceAttributes;
import dev.junco.runtime.graph.attributes.SpaceToDepthAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Operators on images that change their size or the place of their pixels. */
final class ImageImports {
    private ImageImports() {}

    static void register(Map<String, Translation> table) {
        table.put("RESIZE_BILINEAR", ImageImports::bilinear);
        table.put("RESIZE_NEAREST_NEIGHBOR", ImageImports::nearest);
        table.put("DEPTH_TO_SPACE", ImageImports::depthToSpace);
        table.put("SPACE_TO_DEPTH", op -> op.node(new SpaceToDepthAttributes(op.optionInt(0, 0)), op.value(0)));
        table.put("SPACE_TO_BATCH_ND", ImageImports::spaceToBatch);
        table.put("BATCH_TO_SPACE_ND", ImageImports::batchToSpace);
        table.put("MIRROR_PAD", ImageImports::mirrorPad);
        table.put("TRANSPOSE_CONV", ImageImports::transposeConv);
    }

    private static void depthToSpace(Operation op) {
        op.node(new DepthToSpaceAttributes(op.optionInt(0, 0), DepthOrder.DEPTH_LAST), op.value(0));
    }

    private static void bilinear(Operation op) {
        CoordinateKind coordinates = op.optionBool(2)
                ? CoordinateKind.ALIGN_CORNERS
                : op.optionBool(3) ? CoordinateKind.HALF_PIXEL : CoordinateKind.ASYMMETRIC;
        resize(op, ResizeKind.LINEAR, coordinates, RoundingKind.FLOOR);
    }

    private static void nearest(Operation op) {
        if (op.optionBool(0)) {
            resize(op, ResizeKind.NEAREST, CoordinateKind.ALIGN_CORNERS, RoundingKind.PREFER_CEIL);
        } else {
            resize(
                    op,
                    ResizeKind.NEAREST,
                    op.optionBool(1) ? CoordinateKind.HALF_PIXEL_FLOOR : CoordinateKind.ASYMMETRIC,
                    RoundingKind.FLOOR);
        }
    }

    private static void resize(Operation op, ResizeKind kind, CoordinateKind coordinates, RoundingKind rounding) {
        int[] size = op.ints(1, "size");
        if (size.length != 2) {
            throw new Untranslatable("size of " + size.length + " numbers");
        }
        op.node(new ResizeAttributes(kind, coordinates, rounding, size[0], size[1], 0, 0), op.value(0));
    }

    private static void mirrorPad(Operation op) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        ShapeImports.paddings(op, before, after);
        PadKind kind = op.optionByte(0, 0) == 0 ? PadKind.REFLECT : PadKind.SYMMETRIC;
        op.node(new PadAttributes(before, after, 0, kind), op.value(0));
    }

    /**
     * Pads {@code [batch, d₁, …, dₘ, rest]}, cuts each dᵢ into blocks, and moves the places inside a block in front of the batch: padding, then [batch, d₁/b₁, b₁, …,
     * rest] to [b₁, …, batch, d₁/b₁, …, rest].
     */
    private static void spaceToBatch(Operation op) {
        int[] block = op.ints(1, "block");
        int[] paddings = op.ints(2, "paddings");
        Value x = op.value(0);
        int rank = x.shape().rank();
        requireBlocks(block, paddings, rank);
        List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
        for (int i = 0; i < block.length; i++) {
            before.set(i + 1, paddings[2 * i]);
            after.set(i + 1, paddings[2 * i + 1]);
        }
        Value padded = op.step("padded", new PadAttributes(before, after, 0), scale(x), x);
        Shape from = padded.shape();
        int m = block.length;
        List<Integer> cut = new ArrayList<>(List.of(from.dim(0)));
        List<Integer> order = new ArrayList<>();
        List<Integer> result = new ArrayList<>();
        int batch = from.dim(0);
        for (int i = 0; i < m; i++) {
            if (block[i] < 1 || from.dim(i + 1) % block[i] != 0) {
                throw new Untranslatable("blocks of " + block[i] + " of an axis of " + from.dim(i + 1));
            }
            cut.add(from.dim(i + 1) / block[i]);
            cut.add(block[i]);
            order.add(2 * i + 2);
            result.add(from.dim(i + 1) / block[i]);
            batch *= block[i];
        }
        result.add(0, batch);
        order.add(0);
        for (int i = 0; i < m; i++) {
            order.add(2 * i + 1);
        }
        for (int axis = m + 1; axis < rank; axis++) {
            cut.add(from.dim(axis));
            order.add(axis + m);
            result.add(from.dim(axis));
        }
        Value blocks = op.step("blocks", ShapeImports.reshape(from, ShapeImports.ints(cut)), scale(x), padded);
        Value moved = op.step("moved", new TransposeAttributes(order), scale(x), blocks);
        op.node(ShapeImports.reshape(moved.shape(), ShapeImports.ints(result)), moved);
    }

    /** The way back of {@link #spaceToBatch}, with crops instead of paddings. */
    private static void batchToSpace(Operation op) {
        int[] block = op.ints(1, "block");
        int[] crops = op.ints(2, "crops");
        Value x = op.value(0);
        Shape from = x.shape();
        int rank = from.rank();
        requireBlocks(block, crops, rank);
        int m = block.length;
        int batch = from.dim(0);
        List<Integer> cut = new ArrayList<>();
        for (int size : block) {
            if (size < 1 || batch % size != 0) {
                throw new Untranslatable("blocks of " + size + " of a batch of " + from.dim(0));
            }
            cut.add(size);
            batch /= size;
        }
        cut.add(batch);
        List<Integer> order = new ArrayList<>(List.of(m));
        List<Integer> joined = new ArrayList<>(List.of(batch));
        for (int axis = 1; axis < rank; axis++) {
            cut.add(from.dim(axis));
            order.add(m + axis);
            if (axis <= m) {
                order.add(axis - 1);
            }
            joined.add(from.dim(axis) * (axis <= m ? block[axis - 1] : 1));
        }
        List<Integer> begin = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(rank, -1));
        for (int i = 0; i < m; i++) {
            begin.set(i + 1, crops[2 * i]);
            sizes.set(i + 1, joined.get(i + 1) - crops[2 * i] - crops[2 * i + 1]);
        }
        Value blocks = op.step("blocks", ShapeImports.reshape(from, ShapeImports.ints(cut)), scale(x), x);
        Value moved = op.step("moved", new TransposeAttributes(order), scale(x), blocks);
        Value image = op.step("image", ShapeImports.reshape(moved.shape(), ShapeImports.ints(joined)), scale(x), moved);
        op.node(new SliceAttributes(begin, sizes, Collections.nCopies(rank, 1)), image);
    }

    private static Quantization scale(Value x) {
        return x.quantization();
    }

    private static void requireBlocks(int[] block, int[] edges, int rank) {
        if (block.length + 1 > rank || edges.length != 2 * block.length) {
            throw new Untranslatable(block.length + " blocks and " + edges.length + " edges for " + rank + " axes");
        }
    }

    /**
     * Transposed convolution to the shape in operand 0. Where the forward convolution of that shape would pad by {@code total}, half of it is cut off.
     */
    private static void transposeConv(Operation op) {
        int[] shape = op.ints(0, "output shape");
        Shape w = op.shape(1);
        if (shape.length != 4 || w.rank() != 4) {
            throw new Untranslatable("output shape of " + shape.length + " axes, weights " + w);
        }
        Padding padding = ConvolutionImports.padding(op, 0);
        int strideW = ConvolutionImports.positive(op.optionInt(1, 0), "stride");
        int strideH = ConvolutionImports.positive(op.optionInt(2, 0), "stride");
        boolean real = op.type(2) == DType.FLOAT32;
        List<Value> operands = new ArrayList<>(List.of(op.value(2), real ? op.real(1) : op.value(1)));
        if (op.has(3)) {
            operands.add(op.value(3));
        }
        ConvolutionImports.addNarrowBias(op, operands, 4, w.dim(0));
        op.node(
                new TransposeConv2DAttributes(
                        strideH,
                        strideW,
                        1,
                        1,
                        cutOff(padding, shape[1], w.dim(1), strideH),
                        cutOff(padding, shape[2], w.dim(2), strideW),
                        shape[1],
                        shape[2],
                        1,
                        op.fused(3)),
                operands,
                op.scale(0));
    }

    private static int cutOff(Padding padding, int size, int window, int stride) {
        int forward =
                padding.mode() == Padding.Mode.SAME ? (size + stride - 1) / stride : (size - window + stride) / stride;
        return Math.max(0, (forward - 1) * stride + window - size) / 2;
    }
}
