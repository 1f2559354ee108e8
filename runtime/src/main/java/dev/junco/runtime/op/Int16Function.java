package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.kernel.Curves16;
import dev.junco.runtime.kernel.FixedPoint;

/** A function of one int16 value, in the integers of operand and result. */
abstract class Int16Function {
    /** The scale that the specification gives to results of sigmoid, tanh and softmax. */
    static final Quantization UNIT = Quantization.perTensor(0x1p-15f, 0);

    /** The result of one value, an int16. */
    abstract int of(int x);

    /** x for x ≥ 0 and x · alpha below, with a factor for each side, within bounds; float32 makes the factors. */
    static Int16Function leakyRelu(float alpha, Quantization from, Quantization to) {
        double slope = from.scale() * alpha / to.scale();
        return new Linear(from.scale() / to.scale(), slope, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** A clamp, or one of the curves, whose result has the scale {@link #UNIT}. */
    static Int16Function of(Activation function, Quantization from, Quantization to) {
        if (function.isClamp()) {
            double factor = from.scale() / to.scale();
            return new Linear(factor, factor, Int16.lower(function, to), Int16.upper(function, to));
        }
        if (!to.equals(UNIT)) {
            throw new IllegalArgumentException("the result of an int16 " + function + " has the scale " + UNIT.scale());
        }
        return new Curve(function == Activation.TANH ? Curves16.tanh(from.scale()) : Curves16.logistic(from.scale()));
    }

    private static final class Linear extends Int16Function {
        private final int multiplier;
        private final int shift;
        private final int slopeMultiplier;
        private final int slopeShift;
        private final boolean falls;
        private final int lo;
        private final int hi;

        Linear(double factor, double slope, int lo, int hi) {
            multiplier = FixedPoint.multiplier(factor);
            shift = FixedPoint.shift(factor);
            slopeMultiplier = FixedPoint.multiplier(Math.abs(slope));
            slopeShift = FixedPoint.shift(Math.abs(slope));
            falls = slope < 0;
            this.lo = lo;
            this.hi = hi;
        }

        @Override
        int of(int x) {
            int scaled = x >= 0
                    ? FixedPoint.multiply(x, multiplier, shift)
                    : FixedPoint.multiply(falls ? -x : x, slopeMultiplier, slopeShift);
            return Math.min(Math.max(scaled, lo), hi);
        }
    }

    private static final class Curve extends Int16Function {
        private final Curves16 curve;

        Curve(Curves16 curve) {
            this.curve = curve;
        }

        @Override
        int of(int x) {
            return curve.of(x);
        }
    }
}
