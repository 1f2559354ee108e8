package dev.junco.runtime.op;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.kernel.Kernels;

/**
 * {@link LstmAttributes} through time. Each gate is one chain of multiply-adds: bias, W x, R h, then the peephole; c = fma(i, g, f · c). With a normalisation the
 * chain begins at 0, and its end is normalised as in {@link RowNormStep}, with the bias as beta.
 */
final class LstmStep extends RecurrentStep {
    private final LstmAttributes attributes;
    private final FloatRef input;
    private final float[] state;
    private final CarriedState c;
    private final float[] cell;
    private final int units;
    private final RowProduct recurrent;
    private final FloatRef gates;
    private final FloatRef free;
    private final int freeStride;
    private final FloatRef peepholes;
    private final FloatRef gamma;
    private final FloatRef bias;
    private final RowProduct projection;
    private final FloatRef projectionBias;
    private final float projectionBound;

    LstmStep(Binding binding, Node node, LstmAttributes attributes) {
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
        input = binding.floatScratch(0);
        state = (float[]) h.array();
        cell = (float[]) c.array();
        gates = binding.floatScratch(1);
        free = binding.floatScratch(2);
        freeStride = attributes.peepholes() ? 2 * units : units;
        int batch = node.input(0).shape().dim(0);
        recurrent = RecurrentOperator.product(binding, node.input(2), 0, 4 * units, RecurrentOperator.rows(h, batch));
        peepholes = attributes.peepholes() ? binding.floats(node.input(6)) : null;
        boolean normalized = attributes.normalization().isPresent();
        gamma = normalized ? binding.floats(node.input(attributes.gammaOperand())) : null;
        bias = normalized ? binding.floats(node.input(3)) : null;
        int operand = attributes.projectionOperand();
        projectionBound = attributes.projectionClip() > 0 ? attributes.projectionClip() : Float.POSITIVE_INFINITY;
        if (attributes.projection()) {
            // o ⊙ output(c) takes the place of the candidate.
            FloatRef hidden = new FloatRef(gates.array(), gates.offset() + 2 * units);
            projection = RecurrentOperator.product(
                    binding,
                    node.input(operand),
                    0,
                    h.width(),
                    RecurrentOperator.rows(hidden, batch, units, 4 * units));
            projectionBias = node.inputs().size() > operand + 1
                    ? binding.floats(node.input(operand + 1))
                    : new FloatRef(new float[h.width()], 0);
        } else {
            projection = null;
            projectionBias = null;
        }
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
    void advance(int from, int to, int share, int worker) {
        float[] g = gates.array();
        recurrent.run(
                from,
                to,
                input.array(),
                input.offset() + share,
                shareStride,
                g,
                gates.offset(),
                4 * units,
                Float.POSITIVE_INFINITY,
                worker);
        Kernels kernels = binding.kernels().kernels();
        for (int row = from; row < to; row++) {
            int at = gates.offset() + row * 4 * units;
            cell(kernels, row, at);
            boolean projects = projection != null;
            float[] target = projects ? g : state;
            int targetAt = projects ? at + 2 * units : h.row(row);
            kernels.elementwise().multiply(g, at + 3 * units, free.array(), free(row), target, targetAt, units);
            if (!projects && projectionBound < Float.POSITIVE_INFINITY) {
                kernels.elementwise()
                        .clamp(target, targetAt, target, targetAt, units, -projectionBound, projectionBound);
            }
        }
        if (projection != null) {
            projection.run(
                    from,
                    to,
                    projectionBias.array(),
                    projectionBias.offset(),
                    0,
                    state,
                    h.row(0),
                    h.width(),
                    projectionBound,
                    worker);
        }
    }

    private int free(int row) {
        return free.offset() + row * freeStride;
    }

    /** Gates to c, o and, in the free place, output(c). */
    private void cell(Kernels kernels, int row, int i) {
        float[] g = gates.array();
        int f = i + units;
        int candidate = f + units;
        int o = candidate + units;
        inputAndForget(kernels, row, i);
        normalize(kernels, g, candidate, 2);
        FunctionStep.apply(kernels, attributes.candidate(), g, candidate, g, candidate, units);
        int at = c.row(row);
        kernels.elementwise().multiply(g, f, cell, at, cell, at, units);
        kernels.elementwise().scaleShift(g, i, g, i, 1, units, g, candidate, cell, at);
        System.arraycopy(g, i, cell, at, units);
        if (attributes.cellClip() > 0) {
            kernels.elementwise().clamp(cell, at, cell, at, units, -attributes.cellClip(), attributes.cellClip());
        }
        if (peepholes == null) {
            normalize(kernels, g, o, 3);
            FunctionStep.apply(kernels, attributes.gate(), g, o, g, o, units);
        } else {
            withPeephole(kernels, row, o, 2, free(row));
            normalize(kernels, free.array(), free(row), 3);
            FunctionStep.apply(kernels, attributes.gate(), free.array(), free(row), g, o, units);
        }
        FunctionStep.apply(kernels, attributes.output(), cell, at, free.array(), free(row), units);
    }

    private void inputAndForget(Kernels kernels, int row, int i) {
        float[] g = gates.array();
        float[] sums = g;
        int at = i;
        if (peepholes != null) {
            sums = free.array();
            at = free(row);
            withPeephole(kernels, row, i, 0, at);
            withPeephole(kernels, row, i + units, 1, at + units);
        }
        normalize(kernels, sums, at, 0);
        normalize(kernels, sums, at + units, 1);
        FunctionStep.apply(kernels, attributes.gate(), sums, at, g, i, 2 * units);
        if (attributes.coupled()) {
            kernels.elementwise().subtractFromScalar(1, g, i + units, g, i, units);
        }
    }

    /** The sums v of a gate as gamma ⊙ (v − mean) / √(variance + epsilon) + bias; as they are without a normalisation. */
    private void normalize(Kernels kernels, float[] v, int at, int gate) {
        if (gamma == null) {
            return;
        }
        float mean = kernels.reduction().sum(v, at, units) / units;
        kernels.elementwise().addScalar(v, at, -mean, v, at, units);
        float variance = kernels.reduction().dot(v, at, v, at, units) / units;
        float factor =
                1f / (float) Math.sqrt(variance + attributes.normalization().epsilon());
        kernels.elementwise().multiplyScalar(v, at, factor, v, at, units);
        int first = gate * units;
        kernels.elementwise()
                .scaleShift(
                        v,
                        at,
                        v,
                        at,
                        1,
                        units,
                        gamma.array(),
                        gamma.offset() + first,
                        bias.array(),
                        bias.offset() + first);
    }

    /** target = fma(c, peephole, sums). */
    private void withPeephole(Kernels kernels, int row, int sums, int gate, int target) {
        kernels.elementwise()
                .scaleShift(
                        cell,
                        c.row(row),
                        free.array(),
                        target,
                        1,
                        units,
                        peepholes.array(),
                        peepholes.offset() + gate * units,
                        gates.array(),
                        sums);
    }
}
