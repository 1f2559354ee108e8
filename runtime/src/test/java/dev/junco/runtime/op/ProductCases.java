package dev.junco.runtime.op;

import static dev.junco.runtime.graph.attributes.Activation.NONE;
import static dev.junco.runtime.graph.attributes.Activation.RELU;
import static dev.junco.runtime.graph.attributes.Activation.RELU6;
import static dev.junco.runtime.graph.attributes.Activation.RELU_N1_TO_1;
import static dev.junco.runtime.graph.attributes.Activation.SIGMOID;
import static dev.junco.runtime.graph.attributes.Activation.TANH;
import static dev.junco.runtime.graph.attributes.Padding.SAME;
import static dev.junco.runtime.graph.attributes.Padding.VALID;
import static dev.junco.runtime.op.Operand.bias;
import static dev.junco.runtime.op.Operand.biasOf;
import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.qNear;
import static dev.junco.runtime.op.Operand.qOf;
import static dev.junco.runtime.op.Operand.qw;
import static dev.junco.runtime.op.Operand.qwHalves;
import static dev.junco.runtime.op.Operand.qwOf;
import static dev.junco.runtime.op.Operand.qwOne;
import static dev.junco.runtime.op.Operand.w;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import java.util.ArrayList;
import java.util.List;

/** Dense layers and convolutions. */
final class ProductCases {
    private static final Padding ODD = Padding.explicit(2, 0, 1, 3);

    private ProductCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        dense(cases);
        denseInt8(cases);
        convolution(cases);
        convolutionInt8(cases);
        depthwise(cases);
        depthwiseInt8(cases);
        return cases;
    }

    private static OpCase dense(Activation activation, Operand... operands) {
        return OpCase.of(new FullyConnectedAttributes(activation), operands);
    }

    private static void dense(List<OpCase> cases) {
        cases.add(dense(NONE, x(1, 1), w(1, 1)));
        cases.add(dense(NONE, x(1, 7), w(3, 7), w(3)));
        cases.add(dense(RELU, x(1, 300), w(260, 300), w(260)));
        cases.add(dense(RELU6, x(3, 17), w(10, 17), w(10)));
        cases.add(dense(SIGMOID, x(2, 31), w(33, 31), w(33)));
        cases.add(dense(TANH, x(50, 5), w(2, 5), w(2)));
        cases.add(dense(RELU_N1_TO_1, x(97, 64), w(17, 64)));
        cases.add(dense(NONE, x(2, 3, 4, 5), w(8, 60), w(8)));
        cases.add(dense(NONE, x(5), w(4, 1), w(4)));
        // Weights and bias that a node computes.
        cases.add(dense(NONE, x(3, 9), x(35, 9), x(35)).mixesSamples());
    }

    private static void denseInt8(List<OpCase> cases) {
        cases.add(dense(NONE, q(0.02, 3, 1, 7), qw(0, 3, 7), bias(3)).to(0.05, -4));
        cases.add(dense(RELU, q(0.02, -128, 3, 33), qwOne(0.004, 17, 33), bias(17))
                .to(0.03, -128));
        cases.add(dense(RELU6, q(0.03, 127, 2, 64), qw(0, 33, 64), bias(33)).to(6.0 / 255, -128));
        cases.add(dense(RELU_N1_TO_1, q(0.02, 0, 60, 12), qwOne(0.01, 5, 12)).to(0.01, 10));
        cases.add(dense(NONE, q(0.5, 7, 2, 40), qwOne(0.5, 4, 40), bias(4)).to(0.01, 0));
        cases.add(dense(NONE, q(0.03, -7, 65, 64), qw(0, 33, 64), bias(33)).to(0.1, 5));
        // Weights that were unsigned bytes; the second has sums beyond 2²⁴.
        cases.add(dense(RELU, q(0.02, -9, 3, 33), Operand.qwOff(0.004, 23, 17, 33), bias(17))
                .to(0.05, -128));
        cases.add(dense(NONE, q(0.02, 127, 2, 900), Operand.qwOff(0.004, -128, 3, 900))
                .to(30, 2));
        // Sums far beyond 2²⁴, which float32 could not hold, that end near 0, so that each unit of a sum counts: by the
        // bias, and by later terms.
        for (int depth : new int[] {515, 600, 1031, 2000}) {
            int sum = depth * 255 * 127;
            cases.add(dense(
                            NONE,
                            qOf(-128, 0.1, 127, 2, depth),
                            qwOf(127, 0.1, 3, depth),
                            biasOf(sum - 7, sum + 1, sum + 100))
                    .to(0.01, 0));
            cases.add(dense(NONE, qOf(127, 0.1, -128, 1, depth), qwOf(-128, 0.1, 2, depth), biasOf(depth * 32640, 0))
                    .to(0.01, 3));
            cases.add(dense(NONE, qNear(-128, 0.1, 127, 3, depth), qwHalves(127, 0.1, 4, depth))
                    .to(0.5, 1));
            cases.add(dense(NONE, q(0.02, -100, 2, depth), qw(0, 5, depth), bias(5))
                    .to(0.2, 0));
        }
        denseScales(cases);
    }

    /** Sums that the float32 product of scales and the exact one bring to different results. */
    private static void denseScales(List<OpCase> cases) {
        float input = 0.1f;
        float weights = 0.7f;
        float result = 1e5f;
        IntegerScaling rounded = IntegerScaling.of((double) (input * weights) / result);
        double exactScale = (double) input * (double) weights / result;
        IntegerScaling exact = IntegerScaling.of(exactScale);
        int[] sums = new int[8];
        int found = 0;
        for (int y = 100; found < sums.length; y--) {
            int border = (int) Math.round((y + 0.5) / exactScale);
            for (int sum = border - 20; sum < border + 20 && found < sums.length; sum++) {
                if (rounded.apply(sum) != exact.apply(sum)) {
                    sums[found++] = sum;
                }
            }
        }
        Operand x = qOf(5, input, 5, 1, 2);
        cases.add(dense(NONE, x, qwOf(0, weights, 8, 2), biasOf(sums)).to(result, 0));
        // For each unit its own scale: the exact product.
        Operand perUnit = Operand.qwSame(0, weights, 0, 8, 2);
        cases.add(dense(NONE, x, perUnit, biasOf(sums)).to(result, 0));
        cases.add(conv(NONE, VALID, qOf(5, input, 5, 1, 1, 1, 2), qwOf(0, weights, 8, 1, 1, 2), biasOf(sums))
                .to(result, 0));
    }

    private static OpCase conv(int stride, int dilation, Padding padding, int groups, Operand... operands) {
        return OpCase.of(new Conv2DAttributes(stride, stride, dilation, dilation, padding, groups, NONE), operands);
    }

    private static OpCase conv(Activation activation, Padding padding, Operand... operands) {
        return OpCase.of(Conv2DAttributes.of(1, 1, padding, activation), operands);
    }

    private static void convolution(List<OpCase> cases) {
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(conv(stride, 1, padding, 1, x(1, 7, 9, 3), w(8, 3, 3, 3), w(8)));
                cases.add(conv(stride, 2, padding, 1, x(1, 9, 8, 2), w(3, 3, 2, 2), w(3)));
            }
        }
        for (int units : new int[] {1, 3, 8, 10, 17, 32, 33}) {
            cases.add(conv(RELU, SAME, x(3, 5, 6, 4), w(units, 3, 3, 4), w(units)));
            cases.add(conv(NONE, VALID, x(1, 5, 5, 5), w(units, 1, 1, 5), w(units)));
        }
        cases.add(conv(2, 1, SAME, 2, x(2, 5, 5, 6), w(4, 3, 3, 3), w(4)));
        cases.add(conv(1, 2, VALID, 3, x(1, 7, 7, 6), w(9, 2, 3, 2)));
        cases.add(conv(1, 1, VALID, 2, x(1, 4, 4, 4), w(6, 1, 1, 2), w(6)));
        cases.add(conv(2, 1, VALID, 1, x(3, 8, 8, 5), w(6, 1, 1, 5), w(6)));
        cases.add(conv(SIGMOID, SAME, x(1, 9, 9, 2), w(5, 2, 2, 2), w(5)));
        cases.add(conv(TANH, ODD, x(2, 3, 3, 1), w(2, 3, 1, 1), w(2)));
        cases.add(conv(RELU6, SAME, x(1, 1, 1, 7), w(4, 3, 3, 7), w(4)));
        cases.add(conv(RELU_N1_TO_1, VALID, x(1, 6, 4, 3), w(7, 6, 4, 3), w(7)));
        cases.add(OpCase.of(new Conv2DAttributes(3, 1, 1, 2, SAME, 1, NONE), x(2, 10, 7, 3), w(4, 2, 3, 3), w(4)));
        cases.add(OpCase.of(
                new Conv2DAttributes(1, 2, 2, 1, Padding.explicit(0, 5, 4, 0), 1, NONE), x(1, 4, 5, 3), w(4, 3, 2, 3)));
        cases.add(conv(1, 1, SAME, 1, x(1, 5, 5, 3), x(4, 3, 3, 3), x(4)).mixesSamples());
        // Enough work for threads.
        cases.add(conv(RELU, SAME, x(1, 12, 12, 16), w(32, 3, 3, 16), w(32)));
    }

    private static void convolutionInt8(List<OpCase> cases) {
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(conv(stride, 1, padding, 1, q(0.02, 11, 1, 7, 9, 3), qw(0, 8, 3, 3, 3), bias(8))
                        .to(0.06, -3));
                cases.add(conv(stride, 2, padding, 1, q(0.02, -9, 1, 9, 8, 2), qwOne(0.01, 3, 3, 2, 2))
                        .to(0.06, 5));
            }
        }
        for (int units : new int[] {1, 3, 8, 10, 17, 32, 33}) {
            cases.add(conv(RELU6, SAME, q(0.05, -128, 3, 5, 6, 4), qw(0, units, 3, 3, 4), bias(units))
                    .to(6.0 / 255, -128));
            cases.add(conv(RELU, VALID, q(0.03, 2, 1, 5, 5, 5), qw(0, units, 1, 1, 5), bias(units))
                    .to(0.02, -20));
        }
        cases.add(conv(2, 1, SAME, 1, q(0.02, 5, 2, 5, 5, 3), Operand.qwOff(0.01, -17, 4, 3, 3, 3), bias(4))
                .to(0.1, 9));
        cases.add(conv(2, 1, SAME, 2, q(0.02, 5, 2, 5, 5, 6), qw(0, 4, 3, 3, 3), bias(4))
                .to(0.05, 0));
        cases.add(
                conv(1, 2, VALID, 3, q(0.02, 5, 1, 7, 7, 6), qw(0, 9, 2, 3, 2)).to(0.05, 0));
        cases.add(conv(RELU, SAME, q(0.03, -7, 1, 12, 12, 16), qw(0, 32, 3, 3, 16), bias(32))
                .to(0.1, -128));
        // Cut within a row of the window, and with several groups.
        int sum = 720 * 255 * 127;
        cases.add(conv(
                        NONE,
                        SAME,
                        qOf(-128, 0.1, 127, 1, 4, 4, 80),
                        qwOf(127, 0.1, 2, 3, 3, 80),
                        biasOf(sum + 3, sum - 90))
                .to(0.01, 0));
        cases.add(conv(1, 2, VALID, 1, qNear(-128, 0.1, 127, 1, 6, 6, 150), qwHalves(-128, 0.1, 3, 3, 3, 150))
                .to(0.5, -10));
        cases.add(conv(1, 1, SAME, 2, qNear(126, 0.1, -128, 2, 3, 3, 280), qwHalves(127, 0.1, 4, 3, 3, 140))
                .to(0.5, 0));
        cases.add(conv(1, 1, VALID, 1, q(0.02, 100, 1, 3, 4, 700), qw(0, 5, 2, 1, 700), bias(5))
                .to(0.3, 0));
    }

    private static OpCase depthwise(int stride, int dilation, Padding padding, Activation activation, Operand... ops) {
        return OpCase.of(new DepthwiseConv2DAttributes(stride, stride, dilation, dilation, padding, activation), ops);
    }

    private static void depthwise(List<OpCase> cases) {
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(depthwise(stride, 1, padding, RELU, x(2, 7, 9, 5), w(1, 3, 3, 5), w(5)));
                cases.add(depthwise(stride, 2, padding, NONE, x(1, 9, 8, 3), w(1, 2, 3, 6), w(6)));
                // too many pixels for a frame
                cases.add(depthwise(stride, 1, padding, RELU, x(2, 12, 13, 17), w(1, 3, 3, 17), w(17)));
                cases.add(depthwise(stride, 2, padding, NONE, x(1, 16, 11, 3), w(1, 2, 3, 6), w(6)));
            }
        }
        for (int channels : new int[] {1, 8, 17, 32, 33}) {
            cases.add(depthwise(1, 1, SAME, RELU6, x(1, 5, 6, channels), w(1, 3, 3, channels), w(channels)));
            cases.add(depthwise(2, 1, SAME, NONE, x(1, 5, 6, channels), w(1, 3, 3, 2 * channels)));
        }
        cases.add(depthwise(1, 1, SAME, SIGMOID, x(1, 4, 5, 4), w(1, 5, 1, 4), w(4)));
        cases.add(depthwise(1, 1, VALID, TANH, x(3, 4, 4, 2), w(1, 4, 4, 2), w(2)));
        cases.add(
                depthwise(1, 1, SAME, NONE, x(1, 5, 5, 3), x(1, 3, 3, 3), x(3)).mixesSamples());
        cases.add(OpCase.of(new DepthwiseConv2DAttributes(2, 1, 1, 3, ODD, NONE), x(2, 9, 8, 4), w(1, 3, 3, 4), w(4)));
        cases.add(depthwise(1, 1, SAME, RELU, x(1, 24, 24, 16), w(1, 3, 3, 16), w(16)));
    }

    private static void depthwiseInt8(List<OpCase> cases) {
        cases.add(depthwise(1, 1, SAME, RELU, q(0.02, 9, 2, 7, 9, 5), Operand.qwOff(0.01, 100, 1, 3, 3, 5), bias(5))
                .to(0.05, -100));
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(depthwise(stride, 1, padding, RELU, q(0.02, 9, 2, 7, 9, 5), qw(3, 1, 3, 3, 5), bias(5))
                        .to(0.02, -100));
                cases.add(depthwise(stride, 2, padding, NONE, q(0.02, -9, 1, 9, 8, 3), qw(3, 1, 2, 3, 6))
                        .to(0.04, 1));
                cases.add(depthwise(stride, 1, padding, RELU, q(0.02, 9, 2, 12, 13, 17), qw(3, 1, 3, 3, 17), bias(17))
                        .to(0.02, -100));
                cases.add(depthwise(stride, 2, padding, NONE, q(0.02, -9, 1, 16, 11, 3), qw(3, 1, 2, 3, 6))
                        .to(0.04, 1));
            }
        }
        for (int channels : new int[] {1, 8, 17, 32, 33}) {
            cases.add(depthwise(1, 1, SAME, RELU6, q(0.02, 0, 1, 5, 6, channels), qwOne(0.01, 1, 3, 3, channels))
                    .to(6.0 / 255, -128));
        }
        cases.add(depthwise(1, 1, SAME, RELU, q(0.03, -7, 1, 24, 24, 16), qw(3, 1, 3, 3, 16), bias(16))
                .to(0.1, -128));
        cases.add(depthwise(1, 1, VALID, NONE, qOf(-128, 0.02, 127, 1, 20, 25, 2), qwOf(-128, 0.01, 1, 20, 25, 2))
                .to(20, 0));
    }
}
