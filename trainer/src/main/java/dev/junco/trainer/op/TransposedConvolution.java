package dev.junco.trainer.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.PackStep;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import dev.junco.runtime.op.PadImageStep;
import dev.junco.runtime.op.WindowGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution run backwards, from its output's gradient to its input's: for each phase of the strides an implicit product over the (padded)
 * gradient with the filters' cells in reverse.
 */
final class TransposedConvolution {
    private final WindowGeometry g;
    private final int units;
    private final Phase[] vertical;
    private final Phase[] horizontal;
    private final WindowGeometry padding;

    /** The transposition of a convolution of geometry {@code g} with {@code units} output channels. */
    TransposedConvolution(WindowGeometry g, int units) {
        this.g = g;
        this.units = units;
        this.vertical = Phase.of(g.inputHeight(), g.kernelHeight(), g.strideH(), g.dilationH(), g.padTop());
        this.horizontal = Phase.of(g.inputWidth(), g.kernelWidth(), g.strideW(), g.dilationW(), g.padLeft());
        int top = Phase.before(vertical);
        int left = Phase.before(horizontal);
        // As windows of one pixel, so that the padded image has just the rows and columns that the phases read.
        this.padding = new WindowGeometry(
                g.batch(),
                g.outputHeight(),
                g.outputWidth(),
                units,
                1,
                1,
                1,
                1,
                1,
                1,
                top,
                left,
                top + Phase.end(vertical),
                left + Phase.end(horizontal));
    }

    /** Elements of the padded gradient, 0 if it needs no padding. */
    int paddedElements() {
        return padding.paddedElements();
    }

    /** Appends all steps of a node. */
    void bind(Conv2DInputGradient attributes, Node node, Binding binding) {
        FloatRef dz = binding.floats(node.input(0));
        FloatRef image = dz;
        if (padding.needsPadding()) {
            image = binding.floatScratch(1);
            binding.add(new PadImageStep(padding, dz, image));
        }
        int groups = attributes.convolution().groups();
        FloatRef filters = binding.floatScratch(0);
        binding.add(reversal(binding.floats(node.input(1)), filters, groups));
        FloatRef dx = binding.floats(node.output());
        FloatRef x = node.inputs().size() > 2 ? binding.floats(node.input(2)) : null;
        int channels = g.channels() / groups;
        int at = filters.offset();
        for (int group = 0; group < groups; group++) {
            for (Phase row : vertical) {
                for (Phase column : horizontal) {
                    int cells = row.cells().length * column.cells().length;
                    int depth = cells * units / groups;
                    PhaseTarget target =
                            new PhaseTarget(g, row, column, dx, group * channels, channels, x, attributes.through());
                    if (cells == 0) {
                        binding.add(new ZeroPhaseStep(target));
                        continue;
                    }
                    PackedWeights packed = pack(binding, filters.array(), at, depth, channels);
                    RowSource a = rows(image, row, column, group * units / groups, units / groups);
                    binding.add(new PhaseProductStep(binding, a, packed, target));
                    at += depth * channels;
                }
            }
        }
    }

    private static PackedWeights pack(Binding binding, float[] filters, int offset, int depth, int channels) {
        PackedWeights packed =
                new PackedWeights(binding.kernels().kernels().gemm().allocate(depth, channels));
        binding.add(new PackStep(
                packed.matrix(), new FloatRef(filters, offset), new Packing(depth, channels, 0, channels, 1)));
        return packed;
    }

    /** The step that lays the filters out as {@code [group][phase][cell][unit of the group][channel of the group]}. */
    private FilterReversalStep reversal(FloatRef w, FloatRef filters, int groups) {
        List<Integer> cells = new ArrayList<>();
        for (Phase row : vertical) {
            for (Phase column : horizontal) {
                for (int ky : row.cells()) {
                    for (int kx : column.cells()) {
                        cells.add(ky * g.kernelWidth() + kx);
                    }
                }
            }
        }
        int[] order = cells.stream().mapToInt(Integer::intValue).toArray();
        return new FilterReversalStep(
                w, filters, order, g.kernelHeight() * g.kernelWidth(), groups, units / groups, g.channels() / groups);
    }

    /** What the positions of a phase read: a row for each position, all images in turn. */
    private RowSource rows(FloatRef image, Phase row, Phase column, int firstUnit, int unitsOfGroup) {
        int pitch = padding.rowPixels();
        int[] starts = new int[g.batch() * row.count() * column.count()];
        for (int i = 0; i < starts.length; i++) {
            int line = i / column.count();
            int y = line / row.count() * padding.rowCount() + line % row.count();
            starts[i] = (y * pitch + i % column.count()) * units;
        }
        boolean runs = unitsOfGroup == units && column.isRun();
        int perRow = runs ? 1 : column.cells().length;
        int[] segments = new int[row.cells().length * perRow];
        for (int s = 0; s < segments.length; s++) {
            int y = row.offsets()[s / perRow] + padding.padTop();
            int x = column.offsets()[s % perRow] + padding.padLeft();
            segments[s] = (y * pitch + x) * units;
        }
        int length = runs ? column.cells().length * units : unitsOfGroup;
        return new RowSource(
                image.array(), image.offset() + firstUnit, starts, column.count(), units, segments, length);
    }
}
