package dev.junco.runtime.op;

import static dev.junco.runtime.op.Int16Cases.words;
import static dev.junco.runtime.op.Operand.bias;
import static dev.junco.runtime.op.Operand.q16;
import static dev.junco.runtime.op.Operand.qw;
import static dev.junco.runtime.op.Operand.qwOne;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.CoordinateKind;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.ResizeAttributes;
import dev.junco.runtime.graph.attributes.ResizeKind;
import dev.junco.runtime.graph.attributes.RoundingKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.TransposeConv2DAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.ArrayList;
import java.util.List;

/** Operators on int16 activations that mobile models have less often. */
final class MoreInt16Cases {
    private MoreInt16Cases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        functions(cases);
        comparisons(cases);
        matrices(cases);
        images(cases);
        return cases;
    }

    private static OpCase function(Kind kind, double from, double to, int n) {
        return OpCase.of(new UnaryAttributes(ScalarFunction.of(kind)), q16(from, 3, n))
                .to(to, 0);
    }

    private static void functions(List<OpCase> cases) {
        for (double to : new double[] {0.0003, 0.0002, 0.0011}) {
            cases.add(function(Kind.ABS, 0.0003, to, 999));
        }
        for (double from : new double[] {0.0001, 0.0003, 0.002}) {
            cases.add(function(Kind.EXP, from, 0.001, 999));
            cases.add(function(Kind.LOG, from, 0.0003, 999));
            cases.add(function(Kind.SQRT, from, 0.0002, 999));
            cases.add(function(Kind.RSQRT, from, 0.001, 999));
        }
        // Results that saturate, and entries between which the function runs far.
        cases.add(function(Kind.EXP, 0.0008, 1e-6, 999));
        cases.add(function(Kind.SQRT, 3, 1e-3, 999));
        cases.add(function(Kind.LOG, 1, 1e-5, 33000));
    }

    private static void comparisons(List<OpCase> cases) {
        for (CompareKind kind : CompareKind.values()) {
            CompareAttributes attributes = new CompareAttributes(kind);
            cases.add(OpCase.of(attributes, q16(0.1, 3, 5, 47), q16(0.1, 3, 1, 47)));
            cases.add(OpCase.of(attributes, q16(0.1, 3, 1), q16(0.1, 3, 7)));
        }
        // Every value beside itself.
        Operand same = q16(0.1, 1, 9).asConstant();
        cases.add(
                OpCase.of(new CompareAttributes(CompareKind.EQUAL), same, same).mixesSamples());
    }

    private static void matrices(List<OpCase> cases) {
        for (Activation activation : new Activation[] {Activation.NONE, Activation.RELU6}) {
            for (int depth : new int[] {1, 7, 300}) {
                MatMulAttributes plain = new MatMulAttributes(false, false, activation);
                cases.add(OpCase.of(plain, q16(0.0003, 2, 3, depth), q16(0.0002, 2, depth, 5))
                        .to(0.0005, 0));
                cases.add(OpCase.of(
                                new MatMulAttributes(true, true, activation),
                                q16(0.0003, 2, depth, 3),
                                q16(0.0002, 5, depth).asConstant())
                        .to(0.0005, 0));
            }
        }
        MatMulAttributes plain = new MatMulAttributes(false, true, Activation.NONE);
        cases.add(OpCase.of(
                        plain,
                        q16(0.0003, 2, 3, 4, 17),
                        q16(0.0002, 1, 3, 6, 17).asConstant())
                .to(0.0005, 0));
        // Sums beyond 32 bits that saturate; more than one thread's work.
        cases.add(OpCase.of(plain, q16(0.01, 2, 3, 2000), q16(0.01, 2, 4, 2000)).to(0.5, 0));
        cases.add(
                OpCase.of(plain, q16(0.0003, 1, 65, 64), q16(0.0003, 1, 33, 64)).to(0.001, 0));
    }

    private static void images(List<OpCase> cases) {
        for (CoordinateKind kind :
                new CoordinateKind[] {CoordinateKind.HALF_PIXEL, CoordinateKind.ALIGN_CORNERS, CoordinateKind.ASYMMETRIC
                }) {
            for (int[] size : new int[][] {{1, 1}, {3, 11}, {10, 7}}) {
                ResizeAttributes a =
                        new ResizeAttributes(ResizeKind.LINEAR, kind, RoundingKind.FLOOR, size[0], size[1], 0, 0);
                cases.add(OpCase.of(a, q16(0.1, 2, 5, 7, 3)).to(0.1, 0));
            }
        }
        for (int stride : new int[] {1, 2, 3}) {
            int reach = 4 * stride + 3;
            TransposeConv2DAttributes all =
                    new TransposeConv2DAttributes(stride, stride, 1, 1, 0, 0, reach, reach, 1, Activation.NONE);
            cases.add(OpCase.of(all, q16(0.0003, 2, 5, 5, 3), qw(0, 4, 3, 3, 3), words(4))
                    .to(0.002, 0));
            TransposeConv2DAttributes cut =
                    new TransposeConv2DAttributes(stride, 1, 1, 2, 1, 2, reach - 2, 5, 2, Activation.RELU_N1_TO_1);
            cases.add(OpCase.of(cut, q16(0.0003, 2, 5, 5, 6), qwOne(0.004, 4, 3, 3, 3), bias(4))
                    .to(0.001, 0));
        }
        TransposeConv2DAttributes gaps = new TransposeConv2DAttributes(3, 3, 1, 1, 0, 0, 15, 16, 1, Activation.NONE);
        cases.add(OpCase.of(gaps, q16(0.0003, 1, 5, 5, 2), qw(0, 3, 1, 2, 2)).to(0.001, 0));
        TransposeConv2DAttributes large = new TransposeConv2DAttributes(2, 2, 1, 1, 0, 0, 32, 32, 1, Activation.RELU);
        cases.add(OpCase.of(large, q16(0.0003, 1, 16, 16, 8), qw(0, 8, 3, 3, 8), bias(8))
                .to(0.003, 0));
    }
}
