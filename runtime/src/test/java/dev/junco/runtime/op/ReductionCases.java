package dev.junco.runtime.op;

import static dev.junco.runtime.op.Operand.between;
import static dev.junco.runtime.op.Operand.bool;
import static dev.junco.runtime.op.Operand.extreme;
import static dev.junco.runtime.op.Operand.i;
import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import java.util.ArrayList;
import java.util.List;

/** What combines or orders the elements along axes. */
final class ReductionCases {
    private static final int[] SHAPE = {3, 4, 5, 37};
    private static final List<List<Integer>> AXES = List.of(
            List.of(),
            List.of(3),
            List.of(1, 2),
            List.of(2),
            List.of(0),
            List.of(0, 3),
            List.of(1, 3),
            List.of(0, 2),
            List.of(0, 1, 2),
            List.of(1, 2, 3),
            List.of(0, 1, 2, 3));

    private ReductionCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        for (ReduceKind kind : ReduceKind.values()) {
            floats(kind, cases);
        }
        integers(cases);
        bytes(cases);
        order(cases);
        logSoftmax(cases);
        for (Operand x :
                List.of(x(3, 70), between(2, 3, 3, 71), between(-3, -2, 3, 72), between(0, 0, 3), x(2, 33000))) {
            cases.add(OpCase.of(new DynamicQuantizeAttributes(), x).mixesSamples());
        }
        cases.add(OpCase.of(new DynamicQuantizeAttributes(), x()).mixesSamples());
        return cases;
    }

    private static OpCase reduce(ReduceKind kind, List<Integer> axes, Operand x) {
        OpCase c = OpCase.of(new ReduceAttributes(kind, axes, axes.size() % 2 == 0), x);
        return axes.contains(0) || axes.isEmpty() ? c.mixesSamples() : c;
    }

    private static void floats(ReduceKind kind, List<OpCase> cases) {
        if (kind == ReduceKind.ANY || kind == ReduceKind.ALL) {
            AXES.forEach(axes -> cases.add(reduce(kind, axes, bool(SHAPE)).exactly()));
            cases.add(reduce(kind, List.of(1), bool(20, 8000)).exactly());
            return;
        }
        boolean positive = kind == ReduceKind.LOG_SUM;
        boolean picks = kind == ReduceKind.MAX || kind == ReduceKind.MIN;
        for (List<Integer> axes : AXES) {
            Operand x = positive
                    ? between(0.1, 2, SHAPE)
                    : kind == ReduceKind.PRODUCT ? between(0.9, 1.1, SHAPE) : x(SHAPE);
            OpCase c = reduce(kind, axes, x);
            // The elements of a sum are below 5, so that each of up to 2220 roundings stays below 2⁻²⁴ of 3000.
            cases.add(picks ? c.exactly() : c.within(64, kind == ReduceKind.SUM ? 1e-4 : 1e-6));
        }
        cases.add(reduce(kind, List.of(1), x(1, 7, 1, 1)).within(64, 1e-6));
        cases.add(reduce(kind, List.of(0), between(0.5, 1.5, 70, 1111)).within(64, picks ? 0 : 1e-6));
        cases.add(reduce(kind, List.of(0, 1), between(0.5, 1.5, 7, 9, 3)).within(64, picks ? 0 : 1e-6));
        if (picks) {
            cases.add(reduce(kind, List.of(1), extreme(9, 70)).exactly());
            cases.add(reduce(kind, List.of(1), extreme(9, 70, 3)).exactly());
        }
    }

    private static void integers(List<OpCase> cases) {
        for (ReduceKind kind : List.of(
                ReduceKind.SUM,
                ReduceKind.MEAN,
                ReduceKind.MAX,
                ReduceKind.MIN,
                ReduceKind.L1,
                ReduceKind.SUM_OF_SQUARES)) {
            for (List<Integer> axes : List.of(List.of(1), List.of(0, 2), List.<Integer>of())) {
                cases.add(reduce(kind, axes, i(-99, 99, 3, 7, 5)).exactly());
            }
        }
        cases.add(reduce(ReduceKind.PRODUCT, List.of(1), i(-5, 5, 3, 7, 5)).exactly());
    }

    private static void bytes(List<OpCase> cases) {
        for (List<Integer> axes : AXES) {
            cases.add(reduce(ReduceKind.SUM, axes, q(0.1, 5, SHAPE)).to(0.9, -3));
            cases.add(reduce(ReduceKind.MEAN, axes, q(0.1, 5, SHAPE)).to(0.05, -3));
            cases.add(reduce(ReduceKind.MAX, axes, q(0.1, 5, SHAPE)).to(0.1, 5));
            cases.add(reduce(ReduceKind.MIN, axes, q(0.1, 5, SHAPE)).to(0.1, 5));
            cases.add(reduce(ReduceKind.PRODUCT, axes, q(0.01, 5, SHAPE)).to(0.02, -7));
        }
        cases.add(reduce(ReduceKind.MEAN, List.of(1, 2), q(0.1, 5, 2, 7, 7, 9)).to(0.1, 5));
        cases.add(reduce(ReduceKind.PRODUCT, List.of(1), q(0.02, -100, 50, 4)).to(0.5, 10));
        cases.add(reduce(ReduceKind.SUM, List.of(1), q(0.1, 5, 20, 8000)).to(3, 0));
    }

    private static void order(List<OpCase> cases) {
        for (ExtremeKind kind : ExtremeKind.values()) {
            for (boolean last : new boolean[] {false, true}) {
                Attributes middle = new ArgAttributes(kind, 1, last, last);
                cases.add(OpCase.of(middle, x(3, 37, 5)).exactly());
                cases.add(OpCase.of(middle, extreme(5, 9)).exactly());
                cases.add(OpCase.of(middle, i(-3, 3, 4, 9)).exactly());
                cases.add(OpCase.of(middle, q(0.1, 5, 4, 300)));
            }
            for (int k : new int[] {1, 3, 9}) {
                Attributes top = new TopKAttributes(kind, k);
                cases.add(OpCase.of(top, x(2, 3, 9)).exactly());
                cases.add(OpCase.of(top, extreme(5, 20)).exactly());
                cases.add(OpCase.of(top, i(-3, 3, 4, 9)).exactly());
                cases.add(OpCase.of(top, q(0.1, 5, 4, 300)).toAll(Quantization.perTensor(0.1f, 5), Quantization.NONE));
            }
        }
        cases.add(OpCase.of(new ArgAttributes(ExtremeKind.MAX, 0, false, false), x(7))
                .exactly()
                .mixesSamples());
        cases.add(OpCase.of(new ArgAttributes(ExtremeKind.MAX, 1, false, false), x(9, 8000))
                .exactly());
        cases.add(OpCase.of(new ArgAttributes(ExtremeKind.MAX, 1, false, false), q(0.1, 5, 9, 8000)));
        cases.add(OpCase.of(new TopKAttributes(ExtremeKind.MAX, 5), x(9, 8000)).exactly());
        cases.add(OpCase.of(new TopKAttributes(ExtremeKind.MAX, 5), q(0.1, 5, 9, 8000))
                .toAll(Quantization.perTensor(0.1f, 5), Quantization.NONE));
        for (boolean exclusive : new boolean[] {false, true}) {
            for (boolean reverse : new boolean[] {false, true}) {
                Attributes sums = new CumSumAttributes(1, exclusive, reverse);
                cases.add(OpCase.of(sums, x(3, 37, 5)).within(0, 2e-5));
                cases.add(OpCase.of(sums, i(-99, 99, 3, 37)).exactly());
            }
        }
        cases.add(OpCase.of(new CumSumAttributes(1, false, false), between(-1, 1, 40, 2000))
                .within(0, 1e-3));
    }

    private static void logSoftmax(List<OpCase> cases) {
        for (int columns : new int[] {1, 2, 15, 16, 17, 131}) {
            cases.add(OpCase.of(new SoftmaxAttributes(1, true), x(3, columns)).within(8, 2e-6));
        }
        cases.add(OpCase.of(new SoftmaxAttributes(2.5f, true), x(2, 3, 4, 5)).within(8, 4e-6));
        cases.add(OpCase.of(new SoftmaxAttributes(1, true), between(-90, 90, 4, 60))
                .within(8, 2e-5));
        cases.add(OpCase.of(new SoftmaxAttributes(1, true), x(9, 1000)).within(8, 4e-6));
        for (int columns : new int[] {1, 2, 15, 17, 131, 3000}) {
            cases.add(OpCase.of(new SoftmaxAttributes(1, true), q(0.1, 5, 3, columns))
                    .to(1.0 / 16, 127));
        }
        for (double scale : new double[] {3e-7, 0.003, 0.5, 3, 8}) {
            cases.add(OpCase.of(new SoftmaxAttributes(1.5f, true), q(scale, -3, 2, 4, 33))
                    .to(1.0 / 16, 127));
        }
    }
}
