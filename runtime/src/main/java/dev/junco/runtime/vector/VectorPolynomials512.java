package dev.junco.runtime.vector;

import static dev.junco.runtime.kernel.Polynomials.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The chains of {@code FmaPolynomials}, step by step, on 512-bit vectors. Each method does as many elements as fill
 * vectors and returns their number; y may be x.
 *
 * <p>Two rules for all vector kernels. No vector is an argument or a result of a method of ours: C2 does not always
 * inline those, and a vector that crosses a call is an object. And what a loop carries is an argument of operations,
 * never their receiver: C2 does not know its class, and the class found in profiles is no help where several widths run
 * in one JVM; then every vector stays an object for good. What an operation on a fresh vector
 * returns has a known class.
 */
final class VectorPolynomials512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    private VectorPolynomials512() {}

    /** y = exp(beta · x − max), with one fma for the argument. */
    static int exponentials(float[] x, int xOffset, float[] y, int yOffset, int n, float beta, float max) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i).fma(beta, -max);
            v = v.blend(EXP_HIGH, v.compare(VectorOperators.GT, EXP_HIGH));
            v = v.blend(EXP_LOW, v.compare(VectorOperators.LT, EXP_LOW));
            FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
            FloatVector k = t.sub(EXP_MAGIC);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector p = r.fma(EXP_6, EXP_5);
            p = p.lanewise(VectorOperators.FMA, r, EXP_4);
            p = p.lanewise(VectorOperators.FMA, r, EXP_3);
            p = p.lanewise(VectorOperators.FMA, r, EXP_2);
            p = p.lanewise(VectorOperators.FMA, r, 1f);
            p = p.lanewise(VectorOperators.FMA, r, 1f);
            IntVector bits = t.reinterpretAsInts();
            IntVector half = bits.lanewise(VectorOperators.LSHR, 1);
            FloatVector first = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector second =
                    bits.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            p.mul(first).mul(second).intoArray(y, yOffset + i);
        }
        return end;
    }

    /** y = 1 / (1 + x). */
    static int reciprocals(float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector one = FloatVector.broadcast(F, 1f);
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            one.div(FloatVector.fromArray(F, x, xOffset + i).add(1f)).intoArray(y, yOffset + i);
        }
        return end;
    }

    /** y = tanh x. */
    static int tanh(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector signed = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector v = signed.abs();
            v = v.blend(TANH_HIGH, v.compare(VectorOperators.GT, TANH_HIGH));
            v = v.add(v);
            FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
            FloatVector k = t.sub(EXP_MAGIC);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector p = r.fma(EXP_6, EXP_5);
            p = p.lanewise(VectorOperators.FMA, r, EXP_4);
            p = p.lanewise(VectorOperators.FMA, r, EXP_3);
            p = p.lanewise(VectorOperators.FMA, r, EXP_2);
            p = p.mul(r).fma(r, r);
            IntVector power = t.reinterpretAsInts().sub(127).lanewise(VectorOperators.LSHL, 23);
            FloatVector s = power.reinterpretAsFloats();
            FloatVector m = s.fma(p, s.sub(1f));
            IntVector sign = signed.reinterpretAsInts().and(Integer.MIN_VALUE);
            IntVector result = m.div(m.add(2f)).reinterpretAsInts().or(sign);
            result.reinterpretAsFloats().intoArray(y, yOffset + i);
        }
        return end;
    }
}
