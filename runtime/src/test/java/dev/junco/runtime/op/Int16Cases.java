package dev.junco.runtime.op;

import static dev.junco.runtime.op.Operand.bias;
import static dev.junco.runtime.op.Operand.extreme;
import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.q16;
import static dev.junco.runtime.op.Operand.qw;
import static dev.junco.runtime.op.Operand.qwOne;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import java.util.ArrayList;
import java.util.List;

/** Operators on int16 activations. */
final class Int16Cases {
    private static final double UNIT = 0x1p-15;

    private Int16Cases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        products(cases);
        sums(cases);
        elements(cases);
        types(cases);
        windows(cases);
        reductions(cases);
        cases.addAll(MoreInt16Cases.all());
        return cases;
    }

    /** A bias of 64 bits: [n, 2], low words first. */
    static Operand words(int n) {
        return new Operand(TensorSpec.int32(Shape.of(n, 2)), Role.CONSTANT, (random, count) -> {
            int[] words = new int[count];
            for (int i = 0; i < n; i++) {
                long value = random.nextLong() >> 24 + random.nextInt(20);
                words[2 * i] = (int) value;
                words[2 * i + 1] = (int) (value >> 32);
            }
            return words;
        });
    }

    private static void products(List<OpCase> cases) {
        for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU6}) {
            FullyConnectedAttributes dense = new FullyConnectedAttributes(activation);
            for (int depth : new int[] {1, 17, 255, 256, 257, 600}) {
                cases.add(OpCase.of(dense, q16(0.0003, 3, depth), qw(0, 5, depth), words(5))
                        .to(0.002, 0));
                cases.add(OpCase.of(dense, q16(0.0003, 3, depth), qwOne(0.004, 5, depth), bias(5))
                        .to(0.003, 0));
            }
            cases.add(
                    OpCase.of(dense, q16(0.0003, 3, 2, 20), qwOne(0.004, 7, 40)).to(0.0007, 0));
            for (Padding padding : new Padding[] {Padding.SAME, Padding.VALID, Padding.explicit(2, 0, 1, 3)}) {
                Conv2DAttributes plain = Conv2DAttributes.of(1, 1, padding, activation);
                Conv2DAttributes odd = new Conv2DAttributes(2, 1, 1, 2, padding, 2, activation);
                DepthwiseConv2DAttributes depthwise = new DepthwiseConv2DAttributes(1, 2, 2, 1, padding, activation);
                cases.add(OpCase.of(plain, q16(0.0003, 2, 7, 6, 3), qw(0, 5, 3, 3, 3), words(5))
                        .to(0.003, 0));
                cases.add(OpCase.of(odd, q16(0.0003, 2, 7, 8, 6), qw(0, 4, 3, 3, 3), bias(4))
                        .to(0.003, 0));
                cases.add(OpCase.of(depthwise, q16(0.0003, 2, 7, 6, 3), qw(3, 1, 3, 3, 6), words(6))
                        .to(0.001, 0));
                cases.add(OpCase.of(depthwise, q16(0.0003, 2, 7, 6, 3), qwOne(0.004, 1, 3, 3, 3), bias(3))
                        .to(0.001, 0));
            }
        }
        // All values saturate, hardly any counts, and sums that an int32 could not hold.
        FullyConnectedAttributes dense = new FullyConnectedAttributes(Activation.NONE);
        cases.add(OpCase.of(dense, q16(2, 3, 40), qw(0, 5, 40)).to(0.01, 0));
        cases.add(OpCase.of(dense, q16(1e-6, 3, 40), qw(0, 5, 40), bias(5)).to(3, 0));
        cases.add(OpCase.of(dense, q16(0.01, 2, 5000), qwOne(0.01, 3, 5000)).to(20, 0));
        cases.add(OpCase.of(
                        Conv2DAttributes.of(1, 1, Padding.SAME, Activation.RELU),
                        q16(0.0003, 1, 33, 32, 8),
                        qw(0, 8, 3, 3, 8),
                        words(8))
                .to(0.003, 0));
        cases.add(OpCase.of(
                        new DepthwiseConv2DAttributes(1, 1, 1, 1, Padding.SAME, Activation.RELU),
                        q16(0.0003, 1, 65, 64, 8),
                        qw(3, 1, 3, 3, 8),
                        words(8))
                .to(0.001, 0));
    }

    private static void sums(List<OpCase> cases) {
        for (BinaryKind kind : new BinaryKind[] {BinaryKind.ADD, BinaryKind.SUBTRACT, BinaryKind.MULTIPLY}) {
            for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU, Activation.RELU_N1_TO_1}) {
                double to = kind == BinaryKind.MULTIPLY ? 0.01 : 0.0004;
                BinaryAttributes attributes = new BinaryAttributes(kind, activation);
                cases.add(OpCase.of(attributes, q16(0.0003, 3, 5, 47), q16(0.0002, 3, 5, 47))
                        .to(to, 0));
                cases.add(OpCase.of(attributes, q16(0.0003, 3, 1, 7), q16(0.0007, 3, 5, 1))
                        .to(to, 0));
            }
            BinaryAttributes attributes = new BinaryAttributes(kind, Activation.NONE);
            // Scales of powers of two make ties; scales far apart; a result that saturates.
            cases.add(OpCase.of(attributes, q16(0x1p-10, 2, 999), q16(0x1p-13, 2, 999))
                    .to(0x1p-9, 0));
            cases.add(OpCase.of(attributes, q16(3e-5, 2, 99), q16(0.9, 2, 99)).to(0.9, 0));
            cases.add(OpCase.of(attributes, q16(0.01, 2, 99), q16(0.02, 2, 99)).to(0.0004, 0));
            cases.add(OpCase.of(attributes, q16(0.001, 2, 33000), q16(0.001, 2, 33000))
                    .to(0.002, 0));
        }
        for (BinaryKind kind : new BinaryKind[] {BinaryKind.MINIMUM, BinaryKind.MAXIMUM}) {
            cases.add(OpCase.of(new BinaryAttributes(kind, Activation.NONE), q16(0.1, 2, 3, 17), q16(0.1, 17))
                    .to(0.1, 0)
                    .mixesSamples());
        }
    }

    private static void elements(List<OpCase> cases) {
        for (Activation clamp :
                new Activation[] {Activation.NONE, Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1}) {
            cases.add(OpCase.of(new ActivationAttributes(clamp), q16(0.0004, 2, 333))
                    .to(0.0003, 0));
            cases.add(OpCase.of(new ActivationAttributes(clamp), q16(0.0004, 2, 333))
                    .to(0.0004, 0));
        }
        for (Activation curve : new Activation[] {Activation.SIGMOID, Activation.TANH}) {
            for (double scale : new double[] {0x1p-12, 0x1p-11, 0x1p-13, 0.0003, 0.00001, 0.01, 2.6, 1e-9}) {
                cases.add(OpCase.of(new ActivationAttributes(curve), q16(scale, 3, 999))
                        .to(UNIT, 0));
            }
        }
        cases.add(OpCase.of(new ActivationAttributes(Activation.TANH), q16(0.0003, 2, 33000))
                .to(UNIT, 0));
        for (float alpha : new float[] {0.01f, 0.2f, -0.5f, 3f, 0f}) {
            cases.add(
                    OpCase.of(new LeakyReluAttributes(alpha), q16(0.1, 4, 256)).to(0.1, 0));
            cases.add(
                    OpCase.of(new LeakyReluAttributes(alpha), q16(0.1, 4, 256)).to(0.07, 0));
        }
        for (int columns : new int[] {1, 2, 3, 17, 131, 1000}) {
            cases.add(
                    OpCase.of(new SoftmaxAttributes(1), q16(0.0003, 3, columns)).to(UNIT, 0));
        }
        for (double scale : new double[] {1e-7, 1e-5, 0.0001, 0.001, 0.02, 2.4}) {
            cases.add(OpCase.of(new SoftmaxAttributes(1), q16(scale, 5, 33)).to(UNIT, 0));
            cases.add(
                    OpCase.of(new SoftmaxAttributes(0.3f), q16(scale, 2, 4, 20)).to(UNIT, 0));
        }
        cases.add(OpCase.of(new SoftmaxAttributes(1), q16(0.0002, 60, 131)).to(UNIT, 0));
    }

    private static void types(List<OpCase> cases) {
        QuantizeAttributes shorts = new QuantizeAttributes(DType.INT16);
        cases.add(OpCase.of(shorts, x(3, 70)).to(0.0001, 0));
        cases.add(OpCase.of(shorts, extreme(3, 70)).to(0.001, 0));
        cases.add(OpCase.of(shorts, x(2, 33000)).to(0.00003, 0));
        cases.add(OpCase.of(shorts, q(0.1, 5, 2, 256)).to(0.0007, 0));
        cases.add(OpCase.of(shorts, q(0.1, -128, 2, 256)).to(0.3, 0));
        cases.add(OpCase.of(shorts, q16(0.1, 2, 256)).to(0.07, 0));
        cases.add(OpCase.of(shorts, q16(0.1, 2, 256)).to(0.2, 0));
        cases.add(OpCase.of(new QuantizeAttributes(), q16(0.0003, 2, 999)).to(0.1, 5));
        cases.add(OpCase.of(new QuantizeAttributes(), q16(0.0003, 2, 999)).to(0.01, -128));
        cases.add(OpCase.of(new DequantizeAttributes(), q16(0.0003, 4, 256)));
        cases.add(OpCase.of(new DequantizeAttributes(), q16(3.7, 2, 33000)));
    }

    private static void windows(List<OpCase> cases) {
        for (PoolKind kind : PoolKind.values()) {
            for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU6}) {
                cases.add(OpCase.of(
                                new Pool2DAttributes(kind, 3, 2, 2, 1, Padding.SAME, false, activation),
                                q16(0.0005, 2, 7, 6, 5))
                        .to(0.0005, 0));
                cases.add(OpCase.of(
                                new Pool2DAttributes(kind, 2, 3, 1, 2, Padding.VALID, false, activation),
                                q16(0.0005, 2, 7, 6, 5))
                        .to(0.0005, 0));
            }
            cases.add(OpCase.of(new GlobalPool2DAttributes(kind, true), q16(0.0005, 2, 7, 6, 5))
                    .to(0.0005, 0));
            cases.add(OpCase.of(
                            new Pool2DAttributes(kind, 3, 3, 1, 1, Padding.SAME, false, Activation.NONE),
                            q16(0.0005, 1, 40, 40, 16))
                    .to(0.0005, 0));
        }
    }

    private static void reductions(List<OpCase> cases) {
        for (ReduceKind kind : new ReduceKind[] {ReduceKind.SUM, ReduceKind.MEAN}) {
            for (double to : new double[] {0.001, 0.00037, 0.04}) {
                cases.add(OpCase.of(new ReduceAttributes(kind, List.of(1, 2), true), q16(0.001, 3, 4, 5, 7))
                        .to(to, 0));
                cases.add(OpCase.of(new ReduceAttributes(kind, List.of(1), false), q16(0.001, 3, 1000))
                        .to(to, 0));
                cases.add(OpCase.of(new ReduceAttributes(kind, List.of(2), false), q16(0.001, 2, 3, 1))
                        .to(to, 0));
            }
        }
        for (ReduceKind kind : new ReduceKind[] {ReduceKind.MAX, ReduceKind.MIN}) {
            cases.add(OpCase.of(new ReduceAttributes(kind, List.of(1), false), q16(0.001, 3, 37, 5))
                    .to(0.001, 0));
        }
        cases.add(OpCase.of(new ReduceAttributes(ReduceKind.PRODUCT, List.of(1), false), q16(0.00003, 30, 3))
                .to(0.00002, 0));
    }
}
