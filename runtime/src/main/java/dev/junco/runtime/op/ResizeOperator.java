package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import java.util.List;

/** {@link ResizeAttributes}. */
final class ResizeOperator extends MoveOperator<ResizeAttributes> {
    ResizeOperator() {
        super(ResizeAttributes.class, "Resize");
    }

    @Override
    public List<TensorSpec> infer(ResizeAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 1, 1);
        Value x = inputs.get(0);
        requireRank(x, "input", 4, "[batch, height, width, channels]");
        if (attributes.kind() == ResizeKind.LINEAR) {
            requireType(x, "input", DType.FLOAT32, DType.INT8, DType.INT16);
        } else if (attributes.kind() == ResizeKind.CUBIC) {
            requireType(x, "input", DType.FLOAT32);
        }
        boolean fits = attributes.height() > 0
                && attributes.width() > 0
                && attributes.height() <= Integer.MAX_VALUE / 4
                && attributes.width() <= Integer.MAX_VALUE / 4;
        boolean scaled = isScale(attributes.scaleH()) && isScale(attributes.scaleW());
        if (!fits || !scaled) {
            throw new GraphException("size is " + attributes.height() + "×" + attributes.width() + ", scale "
                    + attributes.scaleH() + " and " + attributes.scaleW()
                    + ", expected a size from 1 to 2^29 and a positive finite scale, or 0 for the quotient of sizes");
        }
        boolean plain = attributes.scaleH() == 0
                && attributes.scaleW() == 0
                && attributes.coordinates().compareTo(CoordinateKind.HALF_PIXEL_ONE) < 0;
        if (x.type() != DType.FLOAT32 && attributes.kind() == ResizeKind.LINEAR && !plain) {
            throw new GraphException((x.type() == DType.INT8 ? "int8" : "int16")
                    + " LINEAR is defined for HALF_PIXEL, ALIGN_CORNERS and ASYMMETRIC without" + " scales; found "
                    + attributes.coordinates() + ". Put a Dequantize node before");
        }
        if (attributes.kind() != ResizeKind.NEAREST) {
            long rows = (long) x.shape().elements(0, 2) * x.shape().dim(3);
            if (rows * attributes.width() > Integer.MAX_VALUE) {
                throw new GraphException("input '" + x.name() + "' of shape " + x.shape() + " and width "
                        + attributes.width() + " make " + rows * attributes.width()
                        + " elements between rows and columns, expected at most 2^31-1");
            }
        }
        Shape result = Shape.of(
                x.shape().dim(0),
                attributes.height(),
                attributes.width(),
                x.shape().dim(3));
        return List.of(new TensorSpec(x.type(), result, x.quantization()));
    }

    private static boolean isScale(float scale) {
        return scale >= 0 && !Float.isInfinite(scale) && (scale == 0 || !Float.isInfinite(1 / scale));
    }

    /** Float rows are first made narrower or wider, then mixed. */
    @Override
    public int[] scratch(ResizeAttributes attributes, Node node) {
        if (attributes.kind() == ResizeKind.NEAREST || node.output().type() != DType.FLOAT32) {
            return new int[0];
        }
        Shape x = node.input(0).shape();
        return new int[] {
            Shape.of(x.dim(0), x.dim(1), attributes.width(), x.dim(3)).elements()
        };
    }

    @Override
    public void bind(ResizeAttributes attributes, Node node, Binding binding) {
        Shape x = node.input(0).shape();
        Shape y = node.output().shape();
        if (attributes.kind() == ResizeKind.LINEAR && node.output().type() != DType.FLOAT32) {
            ArrayRef from = ArrayRef.of(binding, node.input(0));
            ArrayRef to = ArrayRef.of(binding, node.output());
            binding.add(new QuantizedResizeStep(attributes.coordinates(), x, from, y, to));
            return;
        }
        ResizeTable rows = ResizeTable.of(attributes, true, x.dim(1));
        ResizeTable columns = ResizeTable.of(attributes, false, x.dim(2));
        if (attributes.kind() == ResizeKind.NEAREST) {
            ArrayRef from = ArrayRef.of(binding, node.input(0));
            binding.add(
                    new NearestStep(rows.index(), columns.index(), x, from, y, ArrayRef.of(binding, node.output())));
            return;
        }
        FloatRef wide = binding.floatScratch(0);
        int channels = y.dim(3);
        binding.add(new ResizeColumnsStep(
                columns, x.dim(0) * x.dim(1), x.dim(2), channels, binding.floats(node.input(0)), wide));
        binding.add(new ResizeRowsStep(
                binding.kernels(), rows, x.dim(0), x.dim(1), y.dim(2) * channels, wide, binding.floats(node.output())));
    }

    /** A unit is a row of the result. */
    private static final class NearestStep extends Step {
        private final int[] rows;
        private final int[] columns;
        private final ArrayRef x;
        private final ArrayRef y;
        private final int units;
        private final int inputRows;
        private final int inputRow;
        private final int channels;

        NearestStep(int[] rows, int[] columns, Shape from, ArrayRef x, Shape to, ArrayRef y) {
            super(to.elements());
            this.rows = rows;
            this.columns = columns;
            this.x = x;
            this.y = y;
            units = to.dim(0) * to.dim(1);
            inputRows = from.dim(1);
            inputRow = from.dim(2) * from.dim(3);
            channels = to.dim(3);
        }

        @Override
        public int units() {
            return units;
        }

        @Override
        public void run(int from, int to, int worker) {
            int length = columns.length * channels;
            int last = -1;
            for (int unit = from; unit < to; unit++) {
                int source = x.offset() + (unit / rows.length * inputRows + rows[unit % rows.length]) * inputRow;
                int target = y.offset() + unit * length;
                if (source == last) {
                    System.arraycopy(y.array(), target - length, y.array(), target, length);
                    continue;
                }
                last = source;
                for (int column = 0; column < columns.length; column++) {
                    int at = source + columns[column] * channels;
                    System.arraycopy(x.array(), at, y.array(), target + column * channels, channels);
                }
            }
        }
    }

    @Override
    public void evaluate(ResizeAttributes attributes, Node node, Doubles values) {
        Shape from = node.input(0).shape();
        ResizeTable rows = ResizeTable.of(attributes, true, from.dim(1));
        ResizeTable columns = ResizeTable.of(attributes, false, from.dim(2));
        int taps = rows.taps();
        double[] x = values.of(node.input(0));
        double[] y = values.of(node.output());
        for (int i = 0; i < y.length; i++) {
            int[] at = position(node.output().shape(), i);
            double sum = 0;
            for (int tap = 0; tap < taps * taps; tap++) {
                int row = at[1] * taps + tap / taps;
                int column = at[2] * taps + tap % taps;
                double element = x[element(from, at[0], rows.index()[row], columns.index()[column], at[3])];
                sum += (double) rows.weight()[row] * columns.weight()[column] * element;
            }
            y[i] = sum;
        }
    }
}
