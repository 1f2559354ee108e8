package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.LookupTables;

/** Functions of one int8 value as tables of 256 results, with the rounding of TensorFlow Lite's kernels. */
final class Int8Tables {
    private Int8Tables() {}

    /** A clamp, or for {@link Activation#NONE} only a change of scale: fixed-point multiplication, then the bounds. */
    static byte[] clamp(Activation function, Quantization from, Quantization to) {
        double factor = (double) from.scale() / (double) to.scale();
        int multiplier = FixedPoint.multiplier(factor);
        int shift = FixedPoint.shift(factor);
        int lo = Int8Range.lower(function, to);
        int hi = Int8Range.upper(function, to);
        byte[] table = new byte[256];
        for (int x = -128; x < 128; x++) {
            int y = to.zeroPoint() + FixedPoint.multiply(x - from.zeroPoint(), multiplier, shift);
            table[x + 128] = (byte) Math.min(Math.max(y, lo), hi);
        }
        return table;
    }

    /** x for x ≥ 0, alpha · x below, with a fixed-point factor for each side. */
    static byte[] leakyRelu(float alpha, Quantization from, Quantization to) {
        double identity = (double) from.scale() / (double) to.scale();
        double slope = identity * Math.abs(alpha);
        byte[] table = new byte[256];
        for (int x = -128; x < 128; x++) {
            int value = x - from.zeroPoint();
            double factor = value >= 0 ? identity : slope;
            int scaled = FixedPoint.multiply(value, FixedPoint.multiplier(factor), FixedPoint.shift(factor));
            int y = to.zeroPoint() + (value < 0 && alpha < 0 ? -scaled : scaled);
            table[x + 128] = (byte) Math.min(Math.max(y, -128), 127);
        }
        return table;
    }

    /** Sigmoid or tanh. */
    static byte[] curve(Activation function, Quantization from, Quantization to) {
        LookupTables.Function curve = function == Activation.TANH ? LookupTables::tanh : LookupTables::logistic;
        return LookupTables.of(curve, from.scale(), from.zeroPoint(), to.scale(), to.zeroPoint());
    }

    /** zero point + value / scale, rounded half away from zero, within int8. */
    static byte quantize(float value, Quantization to) {
        float steps = value / to.scale();
        long rounded = (long) (steps < 0 ? Math.ceil(steps - 0.5) : Math.floor(steps + 0.5));
        return (byte) Math.min(Math.max(rounded + to.zeroPoint(), -128), 127);
    }
}
