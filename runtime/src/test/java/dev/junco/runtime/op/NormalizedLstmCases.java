package dev.junco.runtime.op;

import static dev.junco.runtime.op.Operand.q;
import static dev.junco.runtime.op.Operand.q16;
import static dev.junco.runtime.op.Operand.qw;
import static dev.junco.runtime.op.Operand.qwOne;
import static dev.junco.runtime.op.Operand.w;
import static dev.junco.runtime.op.Operand.x;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long short-term memories whose gates are normalised. */
final class NormalizedLstmCases {
    static final GateNormalization BYTES = new GateNormalization(1e-8f, 0.001f, 0.0013f, 0.0008f, 0.002f);

    /** A small deviation of a gate makes the error of its sums larger. */
    private static final double ERROR = 1e-4;

    private NormalizedLstmCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        for (int units : new int[] {1, 2, 16, 17, 33}) {
            cases.add(real(false, false, false, 2, 4, 3, units, units, false));
        }
        cases.add(real(true, false, false, 2, 3, 4, 19, 19, false));
        cases.add(real(false, true, false, 2, 3, 4, 18, 7, false));
        cases.add(real(true, true, true, 3, 4, 5, 21, 11, false));
        cases.add(real(true, true, false, 1, 4, 5, 6, 9, true));
        cases.add(real(false, false, false, 5, 7, 16, 33, 33, false));
        for (int units : new int[] {1, 2, 16, 20}) {
            cases.add(bytes(false, false, false, 2, 4, 9, units, units, false));
        }
        cases.add(bytes(true, false, true, 3, 4, 5, 7, 7, false));
        cases.add(bytes(true, true, false, 2, 3, 9, 6, 11, false));
        cases.add(bytes(false, true, true, 3, 3, 4, 16, 5, true));
        cases.add(bytes(false, false, false, 5, 7, 16, 33, 33, false));
        return cases;
    }

    static LstmAttributes attributes(
            boolean peepholes, boolean projection, boolean coupled, GateNormalization normalization) {
        return new LstmAttributes(
                coupled,
                true,
                peepholes,
                projection,
                coupled,
                0,
                0,
                ScalarFunction.SIGMOID,
                ScalarFunction.TANH,
                ScalarFunction.TANH,
                0,
                0,
                normalization);
    }

    private static OpCase real(
            boolean peepholes,
            boolean projection,
            boolean coupled,
            int batch,
            int time,
            int features,
            int units,
            int outputs,
            boolean states) {
        LstmAttributes a = attributes(peepholes, projection, coupled, GateNormalization.of(1e-3f));
        List<Operand> operands = new ArrayList<>(List.of(
                x(batch, time, features),
                w(4 * units, features),
                w(4 * units, outputs),
                w(4 * units),
                states ? x(batch, outputs).asState() : x(batch, outputs),
                states ? x(batch, units).asState() : x(batch, units)));
        if (peepholes) {
            operands.add(w(3 * units));
        }
        operands.add(w(4 * units));
        if (projection) {
            operands.add(w(outputs, units));
        }
        OpCase made = OpCase.of(a, operands.toArray(new Operand[0])).within(0, ERROR);
        return states ? made.mixesSamples() : made;
    }

    private static OpCase bytes(
            boolean peepholes,
            boolean projection,
            boolean coupled,
            int batch,
            int time,
            int features,
            int units,
            int outputs,
            boolean states) {
        LstmAttributes a = attributes(peepholes, projection, coupled, BYTES);
        Operand h = q(0.0078, projection ? 9 : 0, batch, outputs);
        Operand c = q16(0x1p-11, batch, units);
        List<Operand> operands = new ArrayList<>(List.of(
                q(0.02, -7, batch, time, features),
                qwOne(0.005, 4 * units, features),
                qw(0, 4 * units, outputs),
                bias(4 * units),
                states ? h.asState() : h,
                states ? c.asState() : c));
        if (peepholes) {
            operands.add(q16(0x1p-16, 3 * units).asConstant());
        }
        operands.add(gamma(units));
        if (projection) {
            operands.add(qw(0, outputs, units));
        }
        OpCase made = OpCase.of(a, operands.toArray(new Operand[0]));
        return states ? made.mixesSamples() : made;
    }

    /** In steps of 2⁻¹⁰ · 2⁻¹⁵: some of them are larger than 1. */
    private static Operand bias(int n) {
        return new Operand(
                TensorSpec.int32(Shape.of(n)),
                Role.CONSTANT,
                (random, count) -> random.ints(count, -50_000_000, 50_000_000).toArray());
    }

    /** Weights of each gate with a scale of its own. */
    private static Operand gamma(int units) {
        float[] scales = new float[4 * units];
        for (int gate = 0; gate < 4; gate++) {
            Arrays.fill(scales, gate * units, (gate + 1) * units, 0x1p-15f * (1 + 0.3f * gate));
        }
        TensorSpec spec = TensorSpec.int16(Shape.of(4 * units), Quantization.perAxis(scales, 0));
        return new Operand(spec, Role.CONSTANT, (random, n) -> {
            short[] values = new short[n];
            for (int i = 0; i < n; i++) {
                values[i] = (short) random.nextInt();
            }
            return values;
        });
    }
}
