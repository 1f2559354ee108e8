package dev.junco.runtime.op;

import static dev.junco.runtime.op.Operand.bias;
import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.q16;
import static dev.junco.runtime.op.Operand.qw;
import static dev.junco.runtime.op.Operand.qwOne;
import static dev.junco.runtime.op.Operand.w;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Operators that walk through time. */
final class RecurrentCases {
    static final ScalarFunction SIGMOID = ScalarFunction.SIGMOID;
    static final ScalarFunction TANH = ScalarFunction.TANH;
    static final ScalarFunction RELU = ScalarFunction.of(Kind.RELU);
    static final ScalarFunction HARD = new ScalarFunction(Kind.HARD_SIGMOID, 0.2f, 0.5f);
    static final ScalarFunction IDENTITY = ScalarFunction.of(Kind.IDENTITY);

    /** Those without an int8 form. */
    static final Set<Class<?>> FLOAT_ONLY =
            Set.of(GruAttributes.class, SimpleRnnAttributes.class, AttentionAttributes.class);

    /** Roundings of gates grow a little from time to time; results are below 1. */
    private static final double ERROR = 2e-5;

    private RecurrentCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        lstm(cases);
        lstmInt8(cases);
        cases.addAll(NormalizedLstmCases.all());
        gru(cases);
        simple(cases);
        svdf(cases);
        return cases;
    }

    static LstmAttributes lstm(boolean backwards, boolean sequences) {
        return new LstmAttributes(backwards, sequences, false, false, false, 0, 0, SIGMOID, TANH, TANH);
    }

    private static OpCase lstm(LstmAttributes a, int batch, int time, int features, int units, int outputs) {
        List<Operand> operands = new ArrayList<>(List.of(
                x(batch, time, features),
                w(4 * units, features),
                w(4 * units, outputs),
                w(4 * units),
                x(batch, outputs),
                x(batch, units)));
        if (a.peepholes()) {
            operands.add(w(3 * units));
        }
        if (a.projection()) {
            operands.add(w(outputs, units));
        }
        return OpCase.of(a, operands.toArray(new Operand[0])).within(0, ERROR);
    }

    private static void lstm(List<OpCase> cases) {
        for (boolean sequences : new boolean[] {false, true}) {
            cases.add(lstm(lstm(false, sequences), 1, 1, 1, 1, 1));
            cases.add(lstm(lstm(false, sequences), 2, 5, 3, 17, 17));
            cases.add(lstm(lstm(true, sequences), 3, 4, 7, 5, 5));
        }
        cases.add(lstm(lstm(false, true), 5, 7, 16, 33, 33));
        cases.add(lstm(with(true, false, false, 0, 0, SIGMOID, TANH, TANH), 2, 3, 4, 19, 19));
        cases.add(lstm(with(false, true, false, 0, 0, SIGMOID, TANH, TANH), 2, 3, 4, 18, 7));
        cases.add(lstm(with(false, true, false, 0.4f, 0.3f, SIGMOID, TANH, TANH), 3, 4, 4, 6, 9));
        cases.add(lstm(with(true, true, true, 0.5f, 0, SIGMOID, TANH, TANH), 2, 4, 5, 21, 11));
        cases.add(lstm(with(false, false, true, 0, 0.25f, SIGMOID, TANH, TANH), 1, 5, 3, 8, 8));
        cases.add(lstm(with(false, false, false, 0, 0, HARD, TANH, IDENTITY), 2, 2, 3, 5, 5));
        cases.add(lstm(with(true, false, false, 0.7f, 0, HARD, RELU, TANH), 2, 2, 3, 5, 5));
        // A bias of the projection; weights that a node computes; states.
        LstmAttributes projects = with(false, true, false, 0, 0, SIGMOID, TANH, TANH);
        cases.add(OpCase.of(projects, x(2, 3, 4), w(12, 4), w(12, 5), w(12), x(2, 5), x(2, 3), w(5, 3), w(5))
                .within(0, ERROR));
        cases.add(OpCase.of(lstm(false, true), x(2, 3, 4), x(12, 4), x(12, 3), x(12), x(2, 3), x(2, 3))
                .within(0, ERROR)
                .mixesSamples());
        cases.add(OpCase.of(
                        lstm(false, true), x(2, 3, 4), w(12, 4), w(12, 3), w(12), x(2, 3).asState(), x(2, 3).asState())
                .within(0, ERROR)
                .mixesSamples());
        cases.add(OpCase.of(
                        projects, x(1, 1, 4), w(24, 4), w(24, 2), w(24), x(1, 2).asState(), x(1, 6).asState(), w(2, 6))
                .within(0, ERROR)
                .mixesSamples());
    }

    private static OpCase lstmInt8(
            LstmAttributes a, int batch, int time, int features, int units, int outputs, boolean states) {
        Operand h = q(0.0078, a.projection() ? 9 : 0, batch, outputs);
        Operand c = q16(0x1p-11, batch, units);
        List<Operand> operands = new ArrayList<>(List.of(
                q(0.02, -7, batch, time, features),
                qw(0, 4 * units, features),
                qwOne(0.004, 4 * units, outputs),
                bias(4 * units),
                states ? h.asState() : h,
                states ? c.asState() : c));
        if (a.peepholes()) {
            operands.add(q16(0x1p-16, 3 * units).asConstant());
        }
        if (a.projection()) {
            operands.add(qw(0, outputs, units));
        }
        OpCase made = OpCase.of(a, operands.toArray(new Operand[0]));
        return states ? made.mixesSamples() : made;
    }

    private static LstmAttributes int8(
            boolean backwards,
            boolean sequences,
            boolean peepholes,
            boolean projection,
            boolean coupled,
            float cellClip,
            float clip,
            float hiddenScale,
            int hiddenZeroPoint) {
        return new LstmAttributes(
                backwards,
                sequences,
                peepholes,
                projection,
                coupled,
                cellClip,
                clip,
                SIGMOID,
                TANH,
                TANH,
                hiddenScale,
                hiddenZeroPoint,
                GateNormalization.NONE);
    }

    private static void lstmInt8(List<OpCase> cases) {
        cases.add(lstmInt8(int8(false, true, false, false, false, 10, 0, 0.0078f, 0), 2, 5, 28, 20, 20, true));
        cases.add(lstmInt8(int8(false, true, false, false, false, 0, 0, 0, 0), 1, 1, 1, 1, 1, false));
        cases.add(lstmInt8(int8(true, false, false, false, true, 3, 0, 0, 0), 3, 4, 5, 7, 7, false));
        cases.add(lstmInt8(int8(false, true, true, false, false, 0, 0, 0, 0), 2, 4, 9, 6, 6, false));
        cases.add(lstmInt8(int8(false, true, true, true, true, 0, 0.4f, 0.01f, 5), 2, 3, 9, 6, 11, false));
        cases.add(lstmInt8(int8(false, true, false, true, false, 0, 0, 0.006f, -3), 3, 3, 4, 16, 5, true));
        // A depth in several pieces, and enough work for threads.
        cases.add(lstmInt8(int8(false, true, false, false, false, 0, 0, 0, 0), 2, 2, 700, 9, 9, false));
        cases.add(lstmInt8(int8(false, true, false, false, false, 0, 0, 0, 0), 5, 7, 16, 33, 33, false));
        LstmAttributes projects = int8(false, true, false, true, false, 0, 0, 0.006f, 2);
        cases.add(OpCase.of(
                projects,
                q(0.02, 3, 2, 3, 4),
                qwOne(0.01, 12, 4),
                qw(0, 12, 530),
                bias(12),
                q(0.01, 5, 2, 530),
                q16(0x1p-15, 2, 3),
                qw(0, 530, 3),
                bias(530)));
    }

    private static LstmAttributes with(
            boolean peepholes,
            boolean projection,
            boolean coupled,
            float cellClip,
            float clip,
            ScalarFunction gate,
            ScalarFunction candidate,
            ScalarFunction output) {
        return new LstmAttributes(false, true, peepholes, projection, coupled, cellClip, clip, gate, candidate, output);
    }

    private static OpCase gru(GruAttributes a, int batch, int time, int features, int units) {
        return OpCase.of(
                        a,
                        x(batch, time, features),
                        w(3 * units, features),
                        w(3 * units, units),
                        w(3 * units),
                        w(3 * units),
                        x(batch, units))
                .within(0, ERROR);
    }

    private static void gru(List<OpCase> cases) {
        for (boolean after : new boolean[] {false, true}) {
            for (boolean sequences : new boolean[] {false, true}) {
                cases.add(gru(new GruAttributes(false, sequences, after, SIGMOID, TANH), 1, 1, 1, 1));
                cases.add(gru(new GruAttributes(false, sequences, after, SIGMOID, TANH), 2, 5, 3, 17));
                cases.add(gru(new GruAttributes(true, sequences, after, SIGMOID, TANH), 3, 4, 7, 5));
            }
            cases.add(gru(new GruAttributes(false, true, after, SIGMOID, TANH), 5, 7, 16, 33));
            cases.add(gru(new GruAttributes(false, true, after, HARD, RELU), 2, 2, 3, 4));
            cases.add(OpCase.of(
                            new GruAttributes(false, true, after, SIGMOID, TANH),
                            x(2, 3, 4),
                            w(9, 4),
                            w(9, 3),
                            w(9),
                            w(9),
                            x(2, 3).asState())
                    .within(0, ERROR)
                    .mixesSamples());
            cases.add(OpCase.of(
                            new GruAttributes(false, true, after, SIGMOID, TANH),
                            x(2, 3, 4),
                            x(9, 4),
                            x(9, 3),
                            x(9),
                            x(9),
                            x(2, 3))
                    .within(0, ERROR)
                    .mixesSamples());
        }
    }

    private static void svdf(List<OpCase> cases) {
        int[][] sizes = {{1, 1, 1, 1, 1}, {2, 7, 5, 3, 1}, {3, 17, 12, 10, 2}, {1, 40, 96, 8, 4}, {2, 40, 256, 130, 2}};
        for (int[] s : sizes) {
            Activation activation = s[0] == 2 ? Activation.RELU : s[0] == 3 ? Activation.TANH : Activation.NONE;
            cases.add(OpCase.of(
                            new SvdfAttributes(s[4], activation),
                            x(s[0], s[1]),
                            w(s[2], s[1]),
                            w(s[2], s[3]),
                            w(s[2] / s[4]),
                            x(s[0], s[2] * s[3]).asState())
                    .within(0, 2 * ERROR)
                    .mixesSamples());
            Activation clamp = activation.isClamp() ? activation : Activation.RELU6;
            cases.add(OpCase.of(
                            new SvdfAttributes(s[4], clamp),
                            q(0.02, 5, s[0], s[1]),
                            qwOne(0.01, s[2], s[1]),
                            q16(1e-4, s[2], s[3]).asConstant(),
                            bias(s[2] / s[4]),
                            q16(3e-4, s[0], s[2] * s[3]).asState())
                    .to(0.1, -20)
                    .mixesSamples());
        }
    }

    private static OpCase simple(SimpleRnnAttributes a, int batch, int time, int features, int units) {
        return OpCase.of(a, x(batch, time, features), w(units, features), w(units, units), w(units), x(batch, units))
                .within(0, 2 * ERROR);
    }

    private static void simple(List<OpCase> cases) {
        for (boolean sequences : new boolean[] {false, true}) {
            cases.add(simple(new SimpleRnnAttributes(false, sequences, TANH), 1, 1, 1, 1));
            cases.add(simple(new SimpleRnnAttributes(false, sequences, TANH), 2, 3, 3, 17));
            cases.add(simple(new SimpleRnnAttributes(true, sequences, SIGMOID), 3, 4, 7, 5));
        }
        cases.add(simple(new SimpleRnnAttributes(false, true, SIGMOID), 5, 30, 16, 33));
        cases.add(simple(new SimpleRnnAttributes(false, true, RELU), 2, 2, 3, 4));
        cases.add(simple(new SimpleRnnAttributes(false, true, IDENTITY), 2, 2, 3, 4));
        cases.add(simple(new SimpleRnnAttributes(false, true, ScalarFunction.of(Kind.SOFTSIGN)), 3, 4, 3, 18));
        cases.add(simple(new SimpleRnnAttributes(false, true, new ScalarFunction(Kind.ELU, 0.5f, 0)), 2, 3, 3, 18));
        cases.add(OpCase.of(
                        new SimpleRnnAttributes(false, true, TANH),
                        x(2, 3, 4),
                        w(3, 4),
                        w(3, 3),
                        w(3),
                        x(2, 3).asState())
                .within(0, ERROR)
                .mixesSamples());
    }
}
