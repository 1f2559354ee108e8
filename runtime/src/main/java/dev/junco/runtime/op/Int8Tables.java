package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.LookupTables;

/** Functions of one int8 value as tables of 256 results, with the rounding of TensorFlow Lite's kernels. */
final class Int8Tables {
    private Int8Tables() {}

    /** A clamp: fixed-point multiplication, then the bounds. The ratio of the scales is a float32, as in TensorFlow Lite. */
    static byte[] clamp(Activation function, Quantization from, Quantization to) {
        double factor = from.scale() / to.scale();
        return linear(factor, from, to, Int8Range.lower(function, to), Int8Range.upper(function, to));
    }

    /** A change of scale: fixed-point multiplication. */
    static byte[] rescale(Quantization from, Quantization to) {
        return linear((double) from.scale() / (double) to.scale(), from, to, -128, 127);
    }

    private static byte[] linear(double factor, Quantization from, Quantization to, int lo, int hi) {
        int multiplier = FixedPoint.multiplier(factor);
        int shift = FixedPoint.shift(factor);
        byte[] table = new byte[256];
        for (int x = -128; x < 128; x++) {
            long y = (long) to.zeroPoint() + FixedPoint.multiply(x - from.zeroPoint(), multiplier, shift);
            table[x + 128] = (byte) Math.min(Math.max(y, lo), hi);
        }
        return table;
    }

    /** x for x ≥ 0, alpha · x below, with a fixed-point factor for each side; float32 makes the factors, as in TensorFlow Lite. */
    static byte[] leakyRelu(float alpha, Quantization from, Quantization to) {
        double identity = from.scale() / to.scale();
        double slope = from.scale() * alpha / to.scale();
        int slopeMultiplier = FixedPoint.multiplier(Math.abs(slope)) * (slope < 0 ? -1 : 1);
        int slopeShift = FixedPoint.shift(Math.abs(slope));
        byte[] table = new byte[256];
        for (int x = -128; x < 128; x++) {
            int value = x - from.zeroPoint();
            int scaled = value >= 0
                    ? FixedPoint.multiply(value, FixedPoint.multiplier(identity), FixedPoint.shift(identity))
                    : FixedPoint.multiply(value, slopeMultiplier, slopeShift);
            table[x + 128] = (byte) Math.min(Math.max((long) to.zeroPoint() + scaled, -128), 127);
        }
        return table;
    }

    /** Sigmoid or tanh. */
    static byte[] curve(Activation function, Quantization from, Quantization to) {
        LookupTables.Function curve = function == Activation.TANH ? LookupTables::tanh : LookupTables::logistic;
        return LookupTables.of(curve, from.scale(), from.zeroPoint(), to.scale(), to.zeroPoint());
    }
}
