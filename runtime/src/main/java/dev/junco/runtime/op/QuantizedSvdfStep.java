package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.FixedPoint16;

/** The int8 form of {@link SvdfAttributes} behind {@link Share}: int16 memories, int32 sums. A unit is one of a sample. */
final class QuantizedSvdfStep extends Step {
    private final int rank;
    private final IntRef newest;
    private final ShortRef time;
    private final IntRef bias;
    private final ShortRef state;
    private final ByteRef y;
    private final int size;
    private final int columns;
    private final int results;
    private final int multiplier;
    private final int shift;
    private final int zeroPoint;
    private final int lo;
    private final int hi;

    QuantizedSvdfStep(Binding binding, Node node, SvdfAttributes attributes) {
        super((long) node.input(4).shape().elements());
        rank = attributes.rank();
        newest = binding.intScratch(0);
        time = binding.shorts(node.input(2));
        bias = binding.ints(node.input(3));
        state = binding.shorts(node.input(4));
        y = binding.bytes(node.output());
        size = node.input(2).shape().dim(1);
        columns = node.output().shape().dim(1);
        results = node.output().shape().elements();
        Quantization result = node.output().quantization();
        float factor = node.input(4).quantization().scale()
                * node.input(2).quantization().scale()
                / result.scale();
        multiplier = FixedPoint.multiplier(factor);
        shift = FixedPoint.shift(factor);
        zeroPoint = result.zeroPoint();
        lo = Int8Range.lower(attributes.activation(), result);
        hi = Int8Range.upper(attributes.activation(), result);
    }

    @Override
    public int units() {
        return results;
    }

    @Override
    public void run(int from, int to, int worker) {
        short[] memory = state.array();
        for (int unit = from; unit < to; unit++) {
            int sum = bias.array()[bias.offset() + unit % columns];
            for (int r = 0; r < rank; r++) {
                int filter = unit * rank + r;
                int at = state.offset() + filter * size;
                System.arraycopy(memory, at + 1, memory, at, size - 1);
                memory[at + size - 1] = (short) newest.array()[newest.offset() + filter];
                int weights = time.offset() + (unit % columns * rank + r) * size;
                for (int i = 0; i < size; i++) {
                    sum += time.array()[weights + i] * memory[at + i];
                }
            }
            int value = FixedPoint.multiply(sum, multiplier, shift) + zeroPoint;
            y.array()[y.offset() + unit] = (byte) Math.min(Math.max(value, lo), hi);
        }
    }

    /** w · x of each filter in the scale of the memory, within int16; a unit is a sample. */
    static final class Share extends Step {
        private final Binding binding;
        private final ByteRef x;
        private final int zeroPoint;
        private final FloatRef expanded;
        private final int batch;
        private final int features;
        private final int filters;
        private final IntegerProduct product;
        private final IntegerScales scales;
        private final IntRef newest;

        Share(Binding binding, Node node) {
            super((long) node.input(0).shape().dim(0) * node.input(1).shape().elements());
            Value in = node.input(0);
            this.binding = binding;
            x = binding.bytes(in);
            zeroPoint = in.quantization().zeroPoint();
            expanded = binding.floatScratch(1);
            batch = in.shape().dim(0);
            features = in.shape().dim(1);
            filters = node.input(1).shape().dim(0);
            product = new IntegerProduct(binding, expanded, batch, node.input(1), binding.floatScratch(0));
            scales = new IntegerScales(
                    node.input(1).quantization(),
                    filters,
                    in.quantization().scale(),
                    node.input(4).quantization().scale());
            newest = binding.intScratch(0);
        }

        @Override
        public int units() {
            product.begin();
            return batch;
        }

        @Override
        public void run(int from, int to, int worker) {
            int at = from * features;
            binding.kernels()
                    .kernels()
                    .widened()
                    .expand(
                            x.array(),
                            x.offset() + at,
                            zeroPoint,
                            expanded.array(),
                            expanded.offset() + at,
                            (to - from) * features);
            product.run(from, to, newest.array(), newest.offset(), worker);
            for (int i = from * filters; i < to * filters; i++) {
                int index = newest.offset() + i;
                newest.array()[index] = FixedPoint16.saturate(scales.apply(newest.array()[index], i % filters));
            }
        }
    }
}
