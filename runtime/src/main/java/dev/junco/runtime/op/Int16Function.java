package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.kernel.Curves16;
import dev.junco.runtime.kernel.FixedPoint;
import dev.junco.runtime.kernel.LookupTables;

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

    /** Whether TensorFlow Lite defines a function for int16. */
    static boolean has(Kind kind) {
        return kind == Kind.ABS || kind == Kind.EXP || kind == Kind.LOG || kind == Kind.SQRT || kind == Kind.RSQRT;
    }

    /**
     * One of the functions that {@link #has} knows. Logarithms of what is not positive are the least result, reciprocal roots the largest, roots 0.
     *
     * @throws IllegalArgumentException if the scales are too far apart
     */
    static Int16Function of(ScalarFunction function, Quantization from, Quantization to) {
        float result = to.scale();
        Kind kind = function.kind();
        if (kind == Kind.ABS) {
            double factor = from.scale() / result;
            return new Linear(factor, -factor, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        if (kind == Kind.SQRT) {
            return new Root(from.scale(), result);
        }
        if (kind == Kind.EXP) {
            return new Table(LookupTables.of16(x -> (float) function.apply(x), from.scale(), result));
        }
        float elsewhere = (kind == Kind.LOG ? Short.MIN_VALUE : Short.MAX_VALUE) * result;
        return new Table(LookupTables.of16(x -> x <= 0 ? elsewhere : (float) function.apply(x), from.scale(), result));
    }

    private static final class Table extends Int16Function {
        private final short[] table;

        Table(short[] table) {
            this.table = table;
        }

        @Override
        int of(int x) {
            return LookupTables.interpolated(table, x);
        }
    }

    /** The root in float32, cut off. */
    private static final class Root extends Int16Function {
        private final float from;
        private final float to;

        Root(float from, float to) {
            this.from = from;
            this.to = to;
        }

        @Override
        int of(int x) {
            return Math.min((int) ((float) Math.sqrt(from * x) / to), Short.MAX_VALUE); // 0 for NaN
        }
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
