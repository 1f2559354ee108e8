package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.kernel.FixedPoint;

/** Rules of the int8 form of {@link LstmAttributes}: TensorFlow Lite's 8-bit activations with 16-bit cells. */
final class QuantizedLstm {
    /** Gates have 12 fractional bits before their function. */
    static final float GATE_SCALE = 0x1p-12f;

    private QuantizedLstm() {}

    /** log₂ of the scale of c. */
    static int cellScale(Value c) {
        return Math.getExponent(c.quantization().scale());
    }

    /** Scale and zero point of o ⊙ output(c). */
    static Quantization hidden(LstmAttributes attributes, Value h) {
        return attributes.hiddenScale() > 0
                ? Quantization.perTensor(attributes.hiddenScale(), attributes.hiddenZeroPoint())
                : h.quantization();
    }

    static void check(LstmAttributes a, Node node) {
        Value h = node.input(4);
        Value c = node.input(5);
        Operator.requireQuantization(node.input(0));
        Operator.requireQuantization(h);
        requireFunctions(a);
        Quantization cell = c.quantization();
        boolean power = cell.isQuantized()
                && !cell.isPerAxis()
                && cell.scale() == Math.scalb(1f, cellScale(c))
                && cell.zeroPoint() == 0;
        if (!power || cellScale(c) < -15 || cellScale(c) > -9) {
            throw new GraphException("c '" + c.name() + "' has quantisation " + cell
                    + ", expected zero point 0 and a power of two from 2^-15 to 2^-9 as its scale");
        }
        requireSame(node.output(0), h);
        requireSame(node.output(1), h);
        requireSame(node.output(2), c);
        float x = node.input(0).quantization().scale();
        float gate = leastGateScale(a);
        requireWeights(node.input(1), x / gate);
        requireWeights(node.input(2), h.quantization().scale() / gate);
        requireConstant(node.input(3));
        if (a.peepholes()) {
            requireWeights(node.input(6), cell.scale() / gate);
        }
        if (a.normalization().isPresent()) {
            // The result of the normalisation has 12 fractional bits.
            requireWeights(node.input(a.gammaOperand()), 1 / GATE_SCALE);
        }
        if (a.projection()) {
            int operand = a.projectionOperand();
            requireWeights(
                    node.input(operand), hidden(a, h).scale() / h.quantization().scale());
            for (int i = operand + 1; i < node.inputs().size(); i++) {
                requireConstant(node.input(i));
            }
        }
    }

    /** The scales of the gates' sums, in the order of gates. */
    static float[] gateScales(LstmAttributes a) {
        return a.normalization().isPresent()
                ? a.normalization().scales()
                : new float[] {GATE_SCALE, GATE_SCALE, GATE_SCALE, GATE_SCALE};
    }

    private static float leastGateScale(LstmAttributes a) {
        float least = Float.POSITIVE_INFINITY;
        for (float scale : gateScales(a)) {
            if (!(scale > 0)) {
                throw new GraphException("scales of the sums that are normalised are "
                        + java.util.Arrays.toString(gateScales(a)) + ", expected a positive number for each gate");
            }
            least = Math.min(least, scale);
        }
        return least;
    }

    private static void requireFunctions(LstmAttributes a) {
        boolean usual = a.gate().kind() == ScalarFunction.Kind.SIGMOID
                && a.candidate().kind() == ScalarFunction.Kind.TANH
                && a.output().kind() == ScalarFunction.Kind.TANH;
        if (!usual) {
            throw new GraphException("int8 cell has functions " + a.gate().kind() + ", "
                    + a.candidate().kind() + " and " + a.output().kind() + ", expected SIGMOID, TANH and TANH");
        }
    }

    static void requireConstant(Value value) {
        if (!value.isConstant()) {
            throw new GraphException(
                    "operand '" + value.name() + "' of an int8 node is computed; it has to be constant");
        }
    }

    static void requireWeights(Value weights, float factor) {
        requireConstant(weights);
        Quantization scales = weights.quantization();
        boolean symmetric = scales.isQuantized() && (scales.isPerAxis() ? scales.axis() == 0 : scales.zeroPoint() == 0);
        if (!symmetric) {
            throw new GraphException("weights '" + weights.name() + "' have quantisation " + scales
                    + ", expected one scale or one for each index of axis 0, and zero point 0");
        }
        for (int i = 0; i < scales.size(); i++) {
            float product = scales.scale(i) * factor;
            if (!(product < 0x1p30f)) {
                throw new GraphException("weights '" + weights.name() + "' have scale " + scales.scale(i)
                        + ", which is too far from that of the sums: their ratio is " + product);
            }
        }
    }

    private static void requireSame(Value result, Value operand) {
        if (!result.quantization().equals(operand.quantization())) {
            throw new GraphException("result '" + result.name() + "' has quantisation " + result.quantization()
                    + ", expected that of '" + operand.name() + "', " + operand.quantization());
        }
    }

    static int[] scratch(LstmAttributes a, Node node) {
        int batch = node.input(4).shape().dim(0);
        int time = node.input(0).shape().dim(1);
        int units = node.input(5).shape().dim(1);
        int outputs = node.input(4).shape().dim(1);
        return new int[] {
            node.input(0).shape().elements(),
            batch * Math.max(time * 4 * units, outputs),
            batch * outputs,
            a.projection() ? batch * units : 1
        };
    }

    static int[] intScratch(Node node) {
        int batch = node.input(4).shape().dim(0);
        int width = node.input(1).shape().dim(0);
        return new int[] {
            batch * node.input(0).shape().dim(1) * width,
            batch * Math.max(width, node.input(4).shape().dim(1))
        };
    }

    /** The types of the operands after the bias. */
    static DType type(int operand, LstmAttributes a) {
        boolean short16 = operand == 5 || operand >= 6 && operand < a.projectionOperand();
        return short16 ? DType.INT16 : DType.INT8;
    }

    static void bind(LstmAttributes a, Node node, Binding binding) {
        binding.add(new Share(a, binding, node));
        binding.add(new QuantizedLstmStep(binding, node, a));
    }

    /** bias + W x of all gates at all times, within int16; a unit is a block of rows. With a normalisation the bias comes after it. */
    private static final class Share extends Step {
        private static final int BLOCK = 48;

        private final Binding binding;
        private final ByteRef x;
        private final int zeroPoint;
        private final FloatRef expanded;
        private final int rows;
        private final int features;
        private final int width;
        private final IntegerProduct product;
        private final IntegerScales scales;
        private final IntRef bias;
        private final IntRef share;

        Share(LstmAttributes a, Binding binding, Node node) {
            super((long) node.input(1).shape().elements()
                    * node.input(0).shape().dim(0)
                    * node.input(0).shape().dim(1));
            Value in = node.input(0);
            Value w = node.input(1);
            this.binding = binding;
            x = binding.bytes(in);
            zeroPoint = in.quantization().zeroPoint();
            expanded = binding.floatScratch(0);
            rows = in.shape().dim(0) * in.shape().dim(1);
            features = in.shape().dim(2);
            width = w.shape().dim(0);
            product = new IntegerProduct(binding, expanded, rows, w, binding.floatScratch(1));
            scales =
                    new IntegerScales(w.quantization(), width, in.quantization().scale(), gateScales(a));
            bias = a.normalization().isPresent() ? new IntRef(new int[width], 0) : binding.ints(node.input(3));
            share = binding.intScratch(0);
        }

        @Override
        public int units() {
            product.begin();
            return (rows - 1) / BLOCK + 1;
        }

        @Override
        public void run(int from, int to, int worker) {
            int first = from * BLOCK;
            int end = Math.min(rows, to * BLOCK);
            int at = first * features;
            binding.kernels()
                    .kernels()
                    .widened()
                    .expand(
                            x.array(),
                            x.offset() + at,
                            zeroPoint,
                            expanded.array(),
                            expanded.offset() + at,
                            (end - first) * features);
            int[] sums = share.array();
            product.run(first, end, sums, share.offset(), worker);
            for (int row = first; row < end; row++) {
                int start = share.offset() + row * width;
                for (int j = 0; j < width; j++) {
                    int sum = sums[start + j] + bias.array()[bias.offset() + j];
                    sums[start + j] = dev.junco.runtime.kernel.FixedPoint16.saturate(scales.apply(sum, j));
                }
            }
        }
    }

    /** Multiplier of o · output(c), which have 15 fractional bits each, and its shift. */
    static int[] hiddenFactor(Quantization hidden) {
        float factor = 0x1p-15f / hidden.scale() * 0x1p-15f;
        return new int[] {FixedPoint.multiplier(factor), FixedPoint.shift(factor)};
    }
}
