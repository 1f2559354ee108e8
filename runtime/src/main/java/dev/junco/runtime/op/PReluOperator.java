package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.kernel.FixedPoint;
import java.util.List;

/** {@link PReluAttributes}. */
final class PReluOperator extends Operator<PReluAttributes> {
    PReluOperator() {
        super(PReluAttributes.class, "PRelu");
    }

    @Override
    public List<TensorSpec> infer(PReluAttributes attributes, List<Value> inputs) {
        requireOperands(inputs, 2, 2);
        Value x = inputs.get(0);
        Value slope = inputs.get(1);
        requireType(x, "input", DType.FLOAT32, DType.INT8);
        requireType(slope, "slope", x.type());
        if (!Broadcast.result(x, slope).equals(x.shape())) {
            throw new GraphException("slope '" + slope.name() + "' has shape " + slope.shape()
                    + ", expected one that repeats to the input's, " + x.shape());
        }
        return List.of(new TensorSpec(x.type(), x.shape(), Quantization.NONE));
    }

    @Override
    public void check(PReluAttributes attributes, Node node) {
        super.check(attributes, node);
        requireQuantization(node.input(0));
        requireQuantization(node.input(1));
        if (node.output().type() == DType.INT8) {
            try {
                FixedPoint.multiplier(Math.max(ratio(node), ratio(node) * slopeScale(node)));
            } catch (IllegalArgumentException e) {
                throw tooFarApart(node.input(0).quantization(), node.output().quantization(), e);
            }
        }
    }

    /** The scale of the operand by that of the result, in float32 as TensorFlow Lite has it. */
    private static float ratio(Node node) {
        return node.input(0).quantization().scale()
                / node.output().quantization().scale();
    }

    private static float slopeScale(Node node) {
        return node.input(1).quantization().scale();
    }

    @Override
    public boolean canRunInPlace(PReluAttributes attributes, Node node, int operand) {
        return operand == 0;
    }

    @Override
    public void bind(PReluAttributes attributes, Node node, Binding binding) {
        binding.add(node.output().type() == DType.INT8 ? bytes(node, binding) : floats(node, binding));
    }

    private static Step floats(Node node, Binding binding) {
        FloatRef x = binding.floats(node.input(0));
        FloatRef slope = binding.floats(node.input(1));
        FloatRef z = binding.floats(node.output());
        return new BroadcastStep(
                1, node.output().shape(), node.input(0).shape(), node.input(1).shape()) {
            @Override
            void apply(int worker, int a, int b, int unused, int zAt, int n) {
                int from = x.offset() + a;
                int to = z.offset() + zAt;
                if (move(1) == 0) {
                    float alpha = slope.array()[slope.offset() + b];
                    binding.kernels().kernels().elementwise().leakyRelu(x.array(), from, z.array(), to, n, alpha);
                } else {
                    binding.kernels()
                            .kernels()
                            .function()
                            .prelu(x.array(), from, slope.array(), slope.offset() + b, z.array(), to, n);
                }
            }
        };
    }

    /** x · (x scale / scale) for x ≥ 0, x · slope · (x scale · slope scale / scale) below, each factor in fixed point. */
    private static Step bytes(Node node, Binding binding) {
        ByteRef x = binding.bytes(node.input(0));
        ByteRef slope = binding.bytes(node.input(1));
        ByteRef z = binding.bytes(node.output());
        int xZero = node.input(0).quantization().zeroPoint();
        int slopeZero = node.input(1).quantization().zeroPoint();
        int zZero = node.output().quantization().zeroPoint();
        double above = ratio(node);
        double below = node.input(0).quantization().scale()
                * slopeScale(node)
                / node.output().quantization().scale();
        int aboveMultiplier = FixedPoint.multiplier(above);
        int aboveShift = FixedPoint.shift(above);
        int belowMultiplier = FixedPoint.multiplier(below);
        int belowShift = FixedPoint.shift(below);
        return new BroadcastStep(
                4, node.output().shape(), node.input(0).shape(), node.input(1).shape()) {
            @Override
            void apply(int worker, int a, int b, int unused, int zAt, int n) {
                for (int i = 0; i < n; i++) {
                    int value = x.array()[x.offset() + a + i * move(0)] - xZero;
                    int result;
                    if (value >= 0) {
                        result = FixedPoint.multiply(value, aboveMultiplier, aboveShift);
                    } else {
                        int factor = slope.array()[slope.offset() + b + i * move(1)] - slopeZero;
                        result = FixedPoint.multiply(value * factor, belowMultiplier, belowShift);
                    }
                    z.array()[z.offset() + zAt + i] = (byte) Math.max(-128, Math.min(127, (long) result + zZero));
                }
            }
        };
    }

    @Override
    public void evaluate(PReluAttributes attributes, Node node, Doubles values) {
        Broadcast broadcast = Broadcast.of(node.input(0).shape(), node.input(1).shape());
        double[] x = values.of(node.input(0));
        double[] slope = values.of(node.input(1));
        double[] z = values.of(node.output());
        for (int i = 0; i < z.length; i++) {
            z[i] = x[i] >= 0 ? x[i] : slope[broadcast.position(broadcast.bVaries(), i)] * x[i];
        }
    }
}
