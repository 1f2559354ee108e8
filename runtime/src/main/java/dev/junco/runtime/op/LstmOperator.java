package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import java.util.ArrayList;
import java.util.List;

/** {@link LstmAttributes}. */
final class LstmOperator extends RecurrentOperator<LstmAttributes> {
    LstmOperator() {
        super(LstmAttributes.class, "Lstm", 4);
    }

    @Override
    public List<TensorSpec> infer(LstmAttributes attributes, List<Value> inputs) {
        GateNormalization normalization = attributes.normalization();
        if (!(normalization.epsilon() >= 0)) {
            throw new GraphException("epsilon of the normalisation is " + normalization.epsilon()
                    + ", expected a positive number, or 0 for no normalisation");
        }
        int expected = attributes.projectionOperand() + (attributes.projection() ? 1 : 0);
        requireOperands(inputs, expected, attributes.projection() ? expected + 1 : expected);
        checkWeights(inputs, DType.FLOAT32, DType.INT8);
        checkFunctions(attributes);
        int units = units(inputs);
        int batch = inputs.get(0).shape().dim(0);
        int outputs = inputs.get(2).shape().dim(1);
        require(inputs.get(4), "h", type(attributes, inputs, 4), batch, outputs);
        require(inputs.get(5), "c", type(attributes, inputs, 5), batch, units);
        if (attributes.peepholes()) {
            require(inputs.get(6), "peepholes", type(attributes, inputs, 6), 3 * units);
        }
        if (normalization.isPresent()) {
            int gamma = attributes.gammaOperand();
            require(inputs.get(gamma), "gamma", type(attributes, inputs, gamma), 4 * units);
        }
        if (attributes.projection()) {
            require(inputs.get(expected - 1), "projection", type(attributes, inputs, expected - 1), outputs, units);
        } else if (outputs != units) {
            throw new GraphException("recurrent weights '" + inputs.get(2).name() + "' have shape "
                    + inputs.get(2).shape() + ", expected " + units + " columns, one a unit, without a projection");
        }
        if (inputs.size() > expected) {
            require(
                    inputs.get(expected),
                    "bias of the projection",
                    inputs.get(3).type(),
                    outputs);
        }
        List<TensorSpec> results = new ArrayList<>();
        TensorSpec y = result(inputs, attributes.returnSequences(), outputs);
        results.add(new TensorSpec(y.type(), y.shape(), inputs.get(4).quantization()));
        results.add(inputs.get(4).spec());
        results.add(inputs.get(5).spec());
        return results;
    }

    private static DType type(LstmAttributes attributes, List<Value> inputs, int operand) {
        return isInt8(inputs) ? QuantizedLstm.type(operand, attributes) : DType.FLOAT32;
    }

    private static boolean isInt8(List<Value> inputs) {
        return inputs.get(0).type() == DType.INT8;
    }

    @Override
    public void check(LstmAttributes attributes, Node node) {
        if (isInt8(node.inputs())) {
            QuantizedLstm.check(attributes, node);
        }
    }

    private static void checkFunctions(LstmAttributes attributes) {
        UnaryOperator.requireParameters(attributes.gate());
        UnaryOperator.requireParameters(attributes.candidate());
        UnaryOperator.requireParameters(attributes.output());
        checkClip(attributes.cellClip(), "c");
        checkClip(attributes.projectionClip(), "h");
    }

    private static void checkClip(float clip, String role) {
        if (!(clip >= 0)) {
            throw new GraphException(
                    "bound of " + role + " is " + clip + ", expected a positive number, or 0 for none");
        }
    }

    @Override
    public int[] scratch(LstmAttributes attributes, Node node) {
        if (isInt8(node.inputs())) {
            return QuantizedLstm.scratch(attributes, node);
        }
        int units = node.input(5).shape().elements();
        return new int[] {inputShare(node), 4 * units, attributes.peepholes() ? 2 * units : units};
    }

    @Override
    public int[] intScratch(LstmAttributes attributes, Node node) {
        return isInt8(node.inputs()) ? QuantizedLstm.intScratch(node) : new int[0];
    }

    @Override
    public void bind(LstmAttributes attributes, Node node, Binding binding) {
        if (isInt8(node.inputs())) {
            QuantizedLstm.bind(attributes, node, binding);
            return;
        }
        if (attributes.normalization().isPresent()) {
            // The bias comes after the normalisation.
            bindInput(
                    node, binding, new FloatRef(new float[node.input(1).shape().dim(0)], 0));
        } else {
            bindInput(node, binding);
        }
        binding.add(new LstmStep(binding, node, attributes));
    }

    @Override
    public void evaluate(LstmAttributes a, Node node, Doubles values) {
        Shape shape = node.input(0).shape();
        double[] h = start(node, 4, values);
        double[] c = start(node, 5, values);
        for (int sample = 0; sample < shape.dim(0); sample++) {
            for (int i = 0; i < shape.dim(1); i++) {
                int t = a.goBackwards() ? shape.dim(1) - 1 - i : i;
                cell(a, node, values, sample, t, h, c);
                write(node, values, sample, t, a.returnSequences(), h);
            }
        }
        finish(node, 4, 1, values, h);
        finish(node, 5, 2, values, c);
    }

    private void cell(LstmAttributes a, Node node, Doubles values, int sample, int t, double[] h, double[] c) {
        int units = units(node.inputs());
        int outputs = node.input(2).shape().dim(1);
        double[] hidden = new double[units];
        double[] i = sums(a, node, values, 0, sample, t, h, c);
        double[] f = sums(a, node, values, 1, sample, t, h, c);
        double[] g = sums(a, node, values, 2, sample, t, h, c);
        for (int u = 0; u < units; u++) {
            int at = sample * units + u;
            double kept = a.gate().apply(f[u]);
            double added = a.coupled() ? 1 - kept : a.gate().apply(i[u]);
            c[at] = clip(kept * c[at] + added * a.candidate().apply(g[u]), a.cellClip());
        }
        double[] o = sums(a, node, values, 3, sample, t, h, c);
        for (int u = 0; u < units; u++) {
            hidden[u] = a.gate().apply(o[u]) * a.output().apply(c[sample * units + u]);
        }
        int projection = a.projectionOperand();
        for (int j = 0; j < outputs; j++) {
            double value = hidden[j % units];
            if (a.projection()) {
                boolean biased = node.inputs().size() > projection + 1;
                value = dot(values.of(node.input(projection)), j, hidden, 0, units)
                        + (biased ? values.of(node.input(projection + 1))[j] : 0);
            }
            h[sample * outputs + j] = clip(value, a.projectionClip());
        }
    }

    /** What the function of a gate takes, for all units. */
    private double[] sums(
            LstmAttributes a, Node node, Doubles values, int gate, int sample, int t, double[] h, double[] c) {
        int units = units(node.inputs());
        double[] bias = values.of(node.input(3));
        double[] sums = new double[units];
        double mean = 0;
        for (int u = 0; u < units; u++) {
            sums[u] = sum(node, values, gate, u, sample, t, h)
                    + peephole(a, node, values, gate, u) * c[sample * units + u];
            mean += sums[u] / units;
        }
        double variance = 0;
        for (double sum : sums) {
            variance += (sum - mean) * (sum - mean) / units;
        }
        double[] gamma = a.normalization().isPresent() ? values.of(node.input(a.gammaOperand())) : null;
        double deviation = Math.sqrt(variance + a.normalization().epsilon());
        for (int u = 0; u < units; u++) {
            int row = gate * units + u;
            sums[u] = (gamma == null ? sums[u] : gamma[row] * (sums[u] - mean) / deviation) + bias[row];
        }
        return sums;
    }

    /** W x + R h of one gate of one unit. */
    private double sum(Node node, Doubles values, int gate, int unit, int sample, int t, double[] h) {
        int row = gate * units(node.inputs()) + unit;
        int features = node.input(0).shape().dim(2);
        int outputs = node.input(2).shape().dim(1);
        int at = (sample * node.input(0).shape().dim(1) + t) * features;
        return dot(values.of(node.input(1)), row, values.of(node.input(0)), at, features)
                + dot(values.of(node.input(2)), row, h, sample * outputs, outputs);
    }

    private double peephole(LstmAttributes a, Node node, Doubles values, int gate, int unit) {
        int index = gate == 3 ? 2 : gate;
        return a.peepholes() && gate != 2 ? values.of(node.input(6))[index * units(node.inputs()) + unit] : 0;
    }

    private static double clip(double value, double bound) {
        return bound > 0 ? Math.min(Math.max(value, -bound), bound) : value;
    }
}
