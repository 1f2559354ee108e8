package dev.junco.runtime.op;

import static dev.junco.runtime.kernel.FixedPoint.divideByPowerOfTwo;
import static dev.junco.runtime.kernel.FixedPoint16.logistic;
import static dev.junco.runtime.kernel.FixedPoint16.saturate;
import static dev.junco.runtime.kernel.FixedPoint16.tanh;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.WidenedKernels;

/**
 * The int8 form of {@link LstmAttributes} through time, with the bits of TensorFlow Lite's reference kernel. Gates are int16 with 12 fractional bits,
 * saturated after W x, after R h and after the peephole; their functions have 15. The reference subtracts the zero point of o ⊙ tanh(c) and adds it
 * again before the projection, so that it is the negative of what other tensors call zero point.
 */
final class QuantizedLstmStep extends RecurrentStep {
    private final LstmAttributes attributes;
    private final CarriedState c;
    private final int units;
    private final IntRef share;
    private final IntRef totals;
    private final byte[] state;
    private final int zeroPoint;
    private final short[] cell;
    private final int cellScale;
    private final int cellBound;
    private final FloatRef expanded;
    private final IntegerProduct recurrent;
    private final IntegerScales recurrentScales;
    private final ShortRef peepholes;
    private final IntegerScales peepholeScales;
    private final int hiddenZeroPoint;
    private final int hiddenMultiplier;
    private final int hiddenShift;
    private final FloatRef hidden;
    private final IntegerProduct projection;
    private final IntegerScales projectionScales;
    private final IntRef projectionBias;
    private final int outputBound;

    QuantizedLstmStep(Binding binding, Node node, LstmAttributes attributes) {
        super(
                binding,
                node,
                node.input(1).shape().dim(0),
                attributes.goBackwards(),
                attributes.returnSequences(),
                new CarriedState(binding, node, 4, 1));
        this.attributes = attributes;
        c = new CarriedState(binding, node, 5, 2);
        units = c.width();
        share = binding.intScratch(0);
        totals = binding.intScratch(1);
        state = (byte[]) h.array();
        Quantization outputs = node.input(4).quantization();
        zeroPoint = outputs.zeroPoint();
        cell = (short[]) c.array();
        cellScale = QuantizedLstm.cellScale(node.input(5));
        float cells = node.input(5).quantization().scale();
        cellBound = (int) Math.min(attributes.cellClip() / cells, Short.MAX_VALUE);
        int batch = node.input(0).shape().dim(0);
        expanded = binding.floatScratch(2);
        FloatRef sums = binding.floatScratch(1);
        Value r = node.input(2);
        recurrent = new IntegerProduct(binding, expanded, batch, r, sums);
        recurrentScales = new IntegerScales(r.quantization(), 4 * units, outputs.scale(), QuantizedLstm.GATE_SCALE);
        peepholes = attributes.peepholes() ? binding.shorts(node.input(6)) : null;
        peepholeScales = attributes.peepholes()
                ? new IntegerScales(node.input(6).quantization(), 3 * units, cells, QuantizedLstm.GATE_SCALE)
                : null;
        Quantization hiddenScale = QuantizedLstm.hidden(attributes, node.input(4));
        int[] factor = QuantizedLstm.hiddenFactor(hiddenScale);
        hiddenZeroPoint = hiddenScale.zeroPoint();
        hiddenMultiplier = factor[0];
        hiddenShift = factor[1];
        hidden = binding.floatScratch(3);
        int operand = attributes.peepholes() ? 7 : 6;
        boolean projects = attributes.projection();
        Value p = projects ? node.input(operand) : null;
        projection = projects ? new IntegerProduct(binding, hidden, batch, p, sums) : null;
        projectionScales =
                projects ? new IntegerScales(p.quantization(), h.width(), hiddenScale.scale(), outputs.scale()) : null;
        boolean biased = projects && node.inputs().size() > operand + 1;
        projectionBias = biased ? binding.ints(node.input(operand + 1)) : new IntRef(new int[h.width()], 0);
        outputBound = (int) Math.min(attributes.projectionClip() / outputs.scale(), Byte.MAX_VALUE);
    }

    @Override
    void choose() {
        recurrent.begin();
        if (projection != null) {
            projection.begin();
        }
    }

    @Override
    void begin(int from, int to) {
        super.begin(from, to);
        c.begin(from, to);
    }

    @Override
    void end(int from, int to) {
        super.end(from, to);
        c.end(from, to);
    }

    @Override
    void advance(int from, int to, int at, int worker) {
        int n = h.width();
        WidenedKernels kernels = binding.kernels().kernels().widened();
        kernels.expand(state, h.row(from), zeroPoint, expanded.array(), expanded.offset() + from * n, (to - from) * n);
        recurrent.run(from, to, totals.array(), totals.offset(), worker);
        for (int row = from; row < to; row++) {
            int gates = share.offset() + at + row * shareStride;
            recurrentShare(row, gates);
            for (int unit = 0; unit < units; unit++) {
                cell(row, unit, gates + unit);
            }
        }
        if (projection != null) {
            projection.run(from, to, totals.array(), totals.offset(), worker);
            for (int row = from; row < to; row++) {
                project(row);
            }
        }
    }

    private void recurrentShare(int row, int gates) {
        int[] g = share.array();
        int total = totals.offset() + row * 4 * units;
        for (int j = 0; j < 4 * units; j++) {
            g[gates + j] = saturate(g[gates + j] + recurrentScales.apply(totals.array()[total + j], j));
        }
    }

    /** One unit: its gates, c, and o · tanh(c). */
    private void cell(int row, int unit, int gate) {
        int[] g = share.array();
        int at = c.row(row) + unit;
        int f = logistic(withPeephole(g[gate + units], units + unit, cell[at]));
        int i = attributes.coupled() ? Short.MAX_VALUE - f : logistic(withPeephole(g[gate], unit, cell[at]));
        int candidate = tanh(g[gate + 2 * units], 3);
        int kept = (short) divideByPowerOfTwo(f * cell[at], 15);
        int added = (short) divideByPowerOfTwo(i * candidate, 30 + cellScale);
        int next = saturate(kept + added);
        if (cellBound > 0) {
            next = Math.max(Math.min(next, cellBound), -cellBound);
        }
        cell[at] = (short) next;
        int o = logistic(withPeephole(g[gate + 3 * units], 2 * units + unit, next));
        int product = o * tanh(next, 15 + cellScale);
        int scaled = FixedPoint.multiply(product, hiddenMultiplier, hiddenShift) - hiddenZeroPoint;
        int value = Math.max(Math.min(scaled, Byte.MAX_VALUE), Byte.MIN_VALUE);
        if (projection == null) {
            state[h.row(row) + unit] = (byte) value;
        } else {
            hidden.array()[hidden.offset() + row * units + unit] = value + hiddenZeroPoint;
        }
    }

    private int withPeephole(int sum, int index, int c) {
        if (peepholes == null) {
            return sum;
        }
        int product = peepholes.array()[peepholes.offset() + index] * c;
        return saturate(sum + peepholeScales.apply(product, index));
    }

    private void project(int row) {
        int n = h.width();
        for (int j = 0; j < n; j++) {
            int sum = totals.array()[totals.offset() + row * n + j]
                    + projectionBias.array()[projectionBias.offset() + j];
            int value = projectionScales.apply(sum, j) + zeroPoint;
            value = Math.max(Math.min(value, Byte.MAX_VALUE), Byte.MIN_VALUE);
            if (outputBound > 0) {
                value = Math.max(Math.min(value, outputBound), -outputBound);
            }
            state[h.row(row) + j] = (byte) value;
        }
    }
}
