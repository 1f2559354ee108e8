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
import dev.junco.runtime.kernel.QuantizedLayerNorm;
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
    private final QuantizedLayerNorm[] norms;
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
        float[] gates = QuantizedLstm.gateScales(attributes);
        recurrentScales = new IntegerScales(r.quantization(), 4 * units, outputs.scale(), gates);
        peepholes = attributes.peepholes() ? binding.shorts(node.input(6)) : null;
        peepholeScales = attributes.peepholes()
                ? new IntegerScales(node.input(6).quantization(), 3 * units, cells, gates[0], gates[1], gates[3])
                : null;
        norms = norms(binding, node);
        Quantization hiddenScale = QuantizedLstm.hidden(attributes, node.input(4));
        int[] factor = QuantizedLstm.hiddenFactor(hiddenScale);
        hiddenZeroPoint = hiddenScale.zeroPoint();
        hiddenMultiplier = factor[0];
        hiddenShift = factor[1];
        hidden = binding.floatScratch(3);
        int operand = attributes.projectionOperand();
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
            remember(row, gates);
            answer(row, gates + 3 * units);
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

    /** The next c of all units. */
    private void remember(int row, int i) {
        int[] g = share.array();
        int f = i + units;
        int candidate = f + units;
        for (int unit = 0; unit < units; unit++) {
            int before = cell[c.row(row) + unit];
            g[i + unit] = withPeephole(g[i + unit], unit, before);
            g[f + unit] = withPeephole(g[f + unit], units + unit, before);
        }
        normalize(0, i);
        normalize(1, f);
        normalize(2, candidate);
        for (int unit = 0; unit < units; unit++) {
            int at = c.row(row) + unit;
            int keep = logistic(g[f + unit]);
            int add = attributes.coupled() ? Short.MAX_VALUE - keep : logistic(g[i + unit]);
            int kept = (short) divideByPowerOfTwo(keep * cell[at], 15);
            int added = (short) divideByPowerOfTwo(add * tanh(g[candidate + unit], 3), 30 + cellScale);
            int next = saturate(kept + added);
            if (cellBound > 0) {
                next = Math.max(Math.min(next, cellBound), -cellBound);
            }
            cell[at] = (short) next;
        }
    }

    /** o · tanh(c) of all units. */
    private void answer(int row, int o) {
        int[] g = share.array();
        int at = c.row(row);
        for (int unit = 0; unit < units; unit++) {
            g[o + unit] = withPeephole(g[o + unit], 2 * units + unit, cell[at + unit]);
        }
        normalize(3, o);
        for (int unit = 0; unit < units; unit++) {
            int product = logistic(g[o + unit]) * tanh(cell[at + unit], 15 + cellScale);
            int scaled = FixedPoint.multiply(product, hiddenMultiplier, hiddenShift) - hiddenZeroPoint;
            int value = Math.max(Math.min(scaled, Byte.MAX_VALUE), Byte.MIN_VALUE);
            if (projection == null) {
                state[h.row(row) + unit] = (byte) value;
            } else {
                hidden.array()[hidden.offset() + row * units + unit] = value + hiddenZeroPoint;
            }
        }
    }

    private void normalize(int gate, int at) {
        if (norms != null) {
            norms[gate].apply(share.array(), at, units);
        }
    }

    /** The normalisation of each gate, null for none. */
    private QuantizedLayerNorm[] norms(Binding binding, Node node) {
        if (!attributes.normalization().isPresent()) {
            return null;
        }
        Value gamma = node.input(attributes.gammaOperand());
        ShortRef weights = binding.shorts(gamma);
        IntRef bias = binding.ints(node.input(3));
        Quantization scales = gamma.quantization();
        QuantizedLayerNorm[] made = new QuantizedLayerNorm[4];
        for (int gate = 0; gate < made.length; gate++) {
            int first = gate * units;
            float scale = scales.scale(scales.isPerAxis() ? first : 0);
            made[gate] = new QuantizedLayerNorm(
                    scale, weights.array(), weights.offset() + first, bias.array(), bias.offset() + first);
        }
        return made;
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
