package dev.junco.runtime.op;

import static dev.junco.runtime.graph.attributes.Activation.NONE;
import static dev.junco.runtime.graph.attributes.Activation.RELU;
import static dev.junco.runtime.graph.attributes.Activation.RELU6;
import static dev.junco.runtime.graph.attributes.Activation.RELU_N1_TO_1;
import static dev.junco.runtime.graph.attributes.Activation.TANH;
import static dev.junco.runtime.graph.attributes.Padding.SAME;
import static dev.junco.runtime.graph.attributes.Padding.VALID;
import static dev.junco.runtime.op.Operand.extreme;
import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.ArrayList;
import java.util.List;

/** Pooling, and what only moves elements. */
final class ImageCases {
    private static final Padding ODD = Padding.explicit(1, 0, 2, 1);

    private ImageCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        for (PoolKind kind : PoolKind.values()) {
            pooling(kind, cases);
            poolingInt8(kind, cases);
        }
        concat(cases);
        pad(cases);
        shapes(cases);
        large(cases);
        return cases;
    }

    private static OpCase pool(
            PoolKind kind, int window, int stride, Padding padding, boolean count, Activation activation, Operand x) {
        return OpCase.of(new Pool2DAttributes(kind, window, window, stride, stride, padding, count, activation), x);
    }

    private static void pooling(PoolKind kind, List<OpCase> cases) {
        boolean mean = kind == PoolKind.AVERAGE;
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(pool(kind, 3, stride, padding, false, NONE, x(2, 7, 8, 5)));
                cases.add(pool(kind, 3, stride, padding, mean, RELU, x(1, 5, 9, 3)));
            }
        }
        for (int channels : new int[] {1, 8, 16, 17, 33}) {
            cases.add(pool(kind, 2, 2, VALID, false, NONE, x(3, 6, 4, channels)));
        }
        cases.add(pool(kind, 2, 2, SAME, mean, RELU6, x(1, 5, 5, 4)));
        cases.add(pool(kind, 3, 1, SAME, false, TANH, x(2, 4, 4, 3)));
        cases.add(pool(kind, 3, 2, SAME, false, RELU_N1_TO_1, x(1, 9, 9, 2)));
        cases.add(pool(kind, 2, 1, SAME, mean, NONE, extreme(1, 6, 6, 3)));
        cases.add(OpCase.of(new Pool2DAttributes(kind, 1, 3, 2, 1, SAME, mean, NONE), x(1, 5, 7, 6)));
        cases.add(OpCase.of(new Pool2DAttributes(kind, 4, 2, 1, 3, VALID, false, NONE), x(2, 6, 8, 4)));
        cases.add(pool(kind, 3, 2, SAME, false, NONE, x(1, 32, 32, 40)));
        cases.add(OpCase.of(new GlobalPool2DAttributes(kind, false), x(3, 5, 7, 6)));
        cases.add(OpCase.of(new GlobalPool2DAttributes(kind, true), x(1, 1, 9, 17)));
    }

    private static void poolingInt8(PoolKind kind, List<OpCase> cases) {
        for (Padding padding : List.of(SAME, VALID, ODD)) {
            for (int stride = 1; stride <= 3; stride++) {
                cases.add(pool(kind, 3, stride, padding, false, NONE, q(0.1, 5, 2, 7, 8, 5))
                        .to(0.1, 5));
            }
        }
        for (int channels : new int[] {1, 8, 16, 17, 33}) {
            cases.add(pool(kind, 2, 2, VALID, false, RELU, q(0.1, -20, 3, 6, 4, channels))
                    .to(0.1, -20));
        }
        cases.add(pool(kind, 3, 1, SAME, false, RELU6, q(0.1, -100, 1, 5, 5, 4)).to(0.1, -100));
        cases.add(pool(kind, 2, 1, SAME, false, RELU_N1_TO_1, q(0.1, 127, 1, 5, 5, 4))
                .to(0.1, 127));
        cases.add(OpCase.of(new GlobalPool2DAttributes(kind, false), q(0.1, 5, 3, 5, 7, 6))
                .to(0.1, 5));
        cases.add(OpCase.of(new GlobalPool2DAttributes(kind, true), q(0.1, -5, 1, 8, 9, 3))
                .to(0.1, -5));
    }

    private static void concat(List<OpCase> cases) {
        for (int axis = 0; axis < 4; axis++) {
            int[] other = {2, 3, 4, 5};
            other[axis] = 7;
            OpCase floats = OpCase.of(new ConcatAttributes(axis), x(2, 3, 4, 5), extreme(other), x(2, 3, 4, 5));
            OpCase bytes = OpCase.of(new ConcatAttributes(axis), q(0.1, 3, 2, 3, 4, 5), q(0.1, 3, other))
                    .to(0.1, 3);
            cases.add(axis == 0 ? floats.mixesSamples() : floats);
            cases.add(axis == 0 ? bytes.mixesSamples() : bytes);
        }
        cases.add(OpCase.of(new ConcatAttributes(0), x(3)).mixesSamples());
        cases.add(OpCase.of(new ConcatAttributes(0), x(3), x(1), x(4)).mixesSamples());
    }

    private static void pad(List<OpCase> cases) {
        List<Integer> before = List.of(0, 1, 2, 3);
        List<Integer> after = List.of(0, 2, 0, 1);
        cases.add(OpCase.of(new PadAttributes(before, after, 0), x(2, 3, 4, 5)));
        cases.add(OpCase.of(new PadAttributes(before, after, -2.5f), x(1, 2, 2, 1)));
        cases.add(OpCase.of(new PadAttributes(after, before, Float.NEGATIVE_INFINITY), extreme(3, 4, 4, 2)));
        cases.add(OpCase.of(new PadAttributes(List.of(2), List.of(3), 1), x(4)).mixesSamples());
        cases.add(OpCase.of(new PadAttributes(List.of(1, 0), List.of(2, 1), 1), x(3, 2))
                .mixesSamples());
        cases.add(OpCase.of(new PadAttributes(List.of(0, 0), List.of(0, 0), 1), x(3, 2)));
        cases.add(OpCase.of(new PadAttributes(before, after, 0), q(0.1, 9, 2, 3, 4, 5))
                .to(0.1, 9));
        cases.add(OpCase.of(new PadAttributes(before, after, -1.25f), q(0.1, 9, 2, 3, 4, 5))
                .to(0.1, 9));
        cases.add(OpCase.of(new PadAttributes(before, after, Float.NaN), q(0.1, 9, 1, 3, 4, 5))
                .to(0.1, 9));
        cases.add(OpCase.of(new PadAttributes(before, after, Float.POSITIVE_INFINITY), q(0.1, 9, 1, 3, 4, 5))
                .to(0.1, 9));
        cases.add(OpCase.of(new PadAttributes(before, after, 1e30f), q(1e-5, 9, 1, 3, 4, 5))
                .to(1e-5, 9));
        cases.add(OpCase.of(new PadAttributes(List.of(0, 9, 9, 0), List.of(0, 9, 9, 0), 0), x(1, 64, 64, 11)));
    }

    private static void large(List<OpCase> cases) {
        PadAttributes pad = new PadAttributes(List.of(0, 9, 9, 0), List.of(0, 9, 9, 0), 0);
        cases.add(OpCase.of(pad, q(0.1, 9, 1, 64, 64, 11)).to(0.1, 9));
        cases.add(OpCase.of(new ConcatAttributes(2), x(1, 41, 60, 30), x(1, 41, 2, 30)));
        cases.add(OpCase.of(new ConcatAttributes(2), q(0.1, 9, 1, 41, 60, 30), q(0.1, 9, 1, 41, 2, 30))
                .to(0.1, 9));
        for (PoolKind kind : PoolKind.values()) {
            cases.add(pool(kind, 3, 2, SAME, false, NONE, q(0.1, 9, 1, 32, 32, 40))
                    .to(0.1, 9));
        }
    }

    private static void shapes(List<OpCase> cases) {
        cases.add(OpCase.of(ReshapeAttributes.FLATTEN, x(3, 4, 5, 2)));
        cases.add(OpCase.of(new ReshapeAttributes(List.of(0, 5, -1)), x(2, 4, 5)));
        cases.add(OpCase.of(new ReshapeAttributes(List.of(4, 3)), x(2, 6)).mixesSamples());
        cases.add(OpCase.of(new ReshapeAttributes(List.of()), x(1)).mixesSamples());
        cases.add(OpCase.of(ReshapeAttributes.FLATTEN, q(0.1, 9, 3, 4, 5, 2)).to(0.1, 9));
        cases.add(OpCase.of(new DropoutAttributes(0.5f), x(3, 4)));
        cases.add(OpCase.of(new DropoutAttributes(0), q(0.1, 9, 3, 70)).to(0.1, 9));
    }
}
