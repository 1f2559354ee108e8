package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The LSTM of TensorFlow Lite with 8-bit activations and 16-bit cells: one number after the other, after gemmlowp's fixedpoint.h. */
final class Int8Recurrent {
    private static final int[] POWERS = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};

    private final Int8Reference reference;

    Int8Recurrent(Int8Reference reference) {
        this.reference = reference;
    }

    Object[] lstm(LstmAttributes a) {
        Shape x = reference.node.input(0).shape();
        int units = reference.node.input(5).shape().dim(1);
        int outputs = reference.node.input(4).shape().dim(1);
        byte[] h = reference.x(4).clone();
        short[] c = ((short[]) reference.data.get(5)).clone();
        byte[] y = new byte[reference.shape.elements()];
        for (int sample = 0; sample < x.dim(0); sample++) {
            for (int i = 0; i < x.dim(1); i++) {
                int t = a.goBackwards() ? x.dim(1) - 1 - i : i;
                cell(a, sample, sample * x.dim(1) + t, units, outputs, h, c);
                int row = a.returnSequences() ? sample * x.dim(1) + t : sample;
                System.arraycopy(h, sample * outputs, y, row * outputs, outputs);
            }
        }
        List<Object> results = new ArrayList<>(List.of(y, h, c));
        if (reference.node.input(4).role() == Role.STATE) {
            results.add(h);
        }
        if (reference.node.input(5).role() == Role.STATE) {
            results.add(c);
        }
        return results.toArray();
    }

    Object[] svdf(SvdfAttributes a) {
        int features = reference.node.input(0).shape().dim(1);
        int filters = reference.node.input(1).shape().dim(0);
        int memory = reference.node.input(2).shape().dim(1);
        int units = filters / a.rank();
        short[] before = (short[]) reference.data.get(4);
        short[] after = new short[before.length];
        byte[] y = new byte[reference.shape.elements()];
        for (int i = 0; i < y.length; i++) {
            int sample = i / units;
            long sum = ((int[]) reference.data.get(3))[i % units];
            for (int filter = i % units * a.rank(); filter < (i % units + 1) * a.rank(); filter++) {
                int dot = 0;
                for (int k = 0; k < features; k++) {
                    dot += (reference.x(0)[sample * features + k] - reference.zeroPoint(0))
                            * reference.x(1)[filter * features + k];
                }
                float factor = reference.scale(0) * reference.scale(1) / reference.scale(4);
                int newest = clamp(IntegerScaling.of(factor).apply(dot), 32767);
                int at = (sample * filters + filter) * memory;
                for (int m = 0; m < memory; m++) {
                    after[at + m] = m < memory - 1 ? before[at + m + 1] : (short) newest;
                    sum += ((short[]) reference.data.get(2))[filter * memory + m] * after[at + m];
                }
            }
            float factor = reference.scale(4) * reference.scale(2) / reference.result.scale();
            // 32-bit sums wrap.
            y[i] = reference.within(IntegerScaling.of(factor).apply((int) sum), a.activation());
        }
        return new Object[] {y, after};
    }

    private void cell(LstmAttributes a, int sample, int position, int units, int outputs, byte[] h, short[] c) {
        float cells = reference.scale(5);
        int log = (int) Math.round(Math.log(cells) / Math.log(2));
        float hiddenScale = a.hiddenScale() > 0 ? a.hiddenScale() : reference.scale(4);
        int hiddenZero = a.hiddenScale() > 0 ? a.hiddenZeroPoint() : reference.zeroPoint(4);
        int[] hidden = new int[units];
        byte[] before = h.clone();
        int[] first = Arrays.copyOfRange(asInts(c), sample * units, (sample + 1) * units);
        int[] i = gate(a, 0, 0, sample, position, before, first);
        int[] f = gate(a, 1, 1, sample, position, before, first);
        int[] g = gate(a, 2, -1, sample, position, before, first);
        for (int u = 0; u < units; u++) {
            int at = sample * units + u;
            int keep = logistic(f[u]);
            int add = a.coupled() ? 32767 - keep : logistic(i[u]);
            int next = clamp(
                    IntegerScaling.roundedShift(keep * c[at], 15)
                            + IntegerScaling.roundedShift(add * tanh(g[u], 3), 30 + log),
                    32767);
            int bound = (int) Math.min(a.cellClip() / cells, 32767);
            c[at] = (short) (bound > 0 ? Math.max(-bound, Math.min(bound, next)) : next);
        }
        int[] last = Arrays.copyOfRange(asInts(c), sample * units, (sample + 1) * units);
        int[] o = gate(a, 3, 2, sample, position, before, last);
        for (int u = 0; u < units; u++) {
            float factor = (float) Math.pow(2, -15) / hiddenScale * (float) Math.pow(2, -15);
            long product = (long) logistic(o[u]) * tanh(last[u], 15 + log);
            hidden[u] = clamp(IntegerScaling.of(factor).apply(product) - hiddenZero, 127);
        }
        for (int j = 0; j < outputs; j++) {
            h[sample * outputs + j] =
                    (byte) (a.projection() ? project(a, j, hidden, hiddenScale, hiddenZero) : hidden[j]);
        }
    }

    private int project(LstmAttributes a, int j, int[] hidden, float hiddenScale, int hiddenZero) {
        int operand = a.projectionOperand();
        long sum = reference.data.size() > operand + 1 ? ((int[]) reference.data.get(operand + 1))[j] : 0;
        for (int u = 0; u < hidden.length; u++) {
            sum += (long) (hidden[u] + hiddenZero) * reference.x(operand)[j * hidden.length + u];
        }
        float factor = weightScale(operand, j) * hiddenScale / reference.scale(4);
        int value = clamp(IntegerScaling.of(factor).apply(sum) + reference.zeroPoint(4), 127);
        int bound = (int) Math.min(a.projectionClip() / reference.scale(4), 127);
        return bound > 0 ? Math.max(-bound, Math.min(bound, value)) : value;
    }

    private float weightScale(int operand, int row) {
        Quantization scales = reference.node.input(operand).quantization();
        return scales.scale(scales.isPerAxis() ? row : 0);
    }

    private static int[] asInts(short[] values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = values[i];
        }
        return ints;
    }

    /** What the function of a gate takes, for all units. */
    private int[] gate(LstmAttributes a, int gate, int peephole, int sample, int position, byte[] h, int[] c) {
        int units = c.length;
        int[] sums = new int[units];
        for (int u = 0; u < units; u++) {
            sums[u] = sum(a, gate, peephole, u, units, sample, position, h, c[u]);
        }
        if (a.normalization().isPresent()) {
            int operand = a.gammaOperand();
            Int8LayerNorm.apply(
                    sums,
                    (short[]) reference.data.get(operand),
                    (int[]) reference.data.get(3),
                    gate * units,
                    weightScale(operand, gate * units));
        }
        return sums;
    }

    private int sum(
            LstmAttributes a, int gate, int peephole, int u, int units, int sample, int position, byte[] h, int c) {
        int row = gate * units + u;
        float to = a.normalization().isPresent() ? a.normalization().scales()[gate] : (float) Math.pow(2, -12);
        int features = reference.node.input(0).shape().dim(2);
        int outputs = reference.node.input(4).shape().dim(1);
        long sum = a.normalization().isPresent() ? 0 : ((int[]) reference.data.get(3))[row];
        for (int k = 0; k < features; k++) {
            sum += (long) (reference.x(0)[position * features + k] - reference.zeroPoint(0))
                    * reference.x(1)[row * features + k];
        }
        int value = clamp(scaled(sum, weightScale(1, row) * reference.scale(0), to), 32767);
        long recurrent = 0;
        for (int k = 0; k < outputs; k++) {
            recurrent += (long) (h[sample * outputs + k] - reference.zeroPoint(4))
                    * reference.x(2)[row * outputs + k];
        }
        value = clamp(value + scaled(recurrent, weightScale(2, row) * reference.scale(4), to), 32767);
        if (a.peepholes() && peephole >= 0) {
            int index = peephole * units + u;
            int product = ((short[]) reference.data.get(6))[index] * c;
            value = clamp(value + scaled(product, weightScale(6, index) * reference.scale(5), to), 32767);
        }
        return value;
    }

    private static int scaled(long sum, float scale, float to) {
        return IntegerScaling.of(scale / to).apply(sum);
    }

    private static int clamp(int value, int most) {
        return Math.max(-most - 1, Math.min(most, value));
    }

    private static short logistic(int x) {
        short positive = (short) saturatingShift(reciprocal(exp((short) -Math.abs(x), 3)), 1);
        return x == 0 ? 16384 : x > 0 ? positive : (short) (32767 - positive);
    }

    private static short tanh(int x, int integerBits) {
        short e = exp((short) -Math.abs(x), integerBits + 1);
        short t = (short) saturatingShift((short) (reciprocal(e) - 8192), 2);
        return x == 0 ? 0 : x > 0 ? t : (short) -t;
    }

    /** e^a, a ≤ 0 with 15 − integerBits fractional bits, result with 15. */
    private static short exp(short a, int integerBits) {
        int fractionalBits = 15 - integerBits;
        short quarter = (short) (1 << (fractionalBits - 2));
        short part = (short) (Math.floorMod(a, quarter) - quarter);
        short x = (short) ((part << integerBits) + 4096);
        short x2 = product(x, x);
        short x3 = product(x2, x);
        short x4 = product(x2, x2);
        short third = product((short) (IntegerScaling.roundedShift(x4, 2) + x3), constant(715827883));
        short higher = (short) IntegerScaling.roundedShift(third + x2, 1);
        short near = product(constant(1895147668), (short) (x + higher));
        short result = (short) clamp(constant(1895147668) + near, 32767);
        int rest = part - a;
        for (int k = -2; k <= 4; k++) {
            if (integerBits > k && (rest >> (fractionalBits + k) & 1) == 1) {
                result = product(result, constant(POWERS[k + 2]));
            }
        }
        boolean tiny = integerBits > 5 && a < -32 * (1 << fractionalBits);
        return a == 0 ? Short.MAX_VALUE : tiny ? 0 : result;
    }

    /** 2 / (1 + a), 13 fractional bits, by Newton's method. */
    private static short reciprocal(short a) {
        short half = (short) ((a + 32767 + 1) / 2);
        short x = (short) (constant(1515870810) + product(half, constant(-1010580540)));
        for (int i = 0; i < 3; i++) {
            short error = (short) (8192 - product(half, x));
            x = (short) (x + saturatingShift(product(x, error), 2));
        }
        return x;
    }

    private static int saturatingShift(short x, int exponent) {
        return clamp(x << exponent, 32767);
    }

    private static short constant(int bits31) {
        return (short) IntegerScaling.roundedShift(bits31, 16);
    }

    private static short product(short a, short b) {
        return (short) Math.floorDiv(a * b + 16384, 32768);
    }
}
