package dev.junco.runtime.vector;

import static dev.junco.runtime.kernel.Polynomials.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The chains of {@code FmaPolynomials}, step by step, on 512-bit vectors. */
final class VectorPolynomials512 {
    private VectorPolynomials512() {}

    static FloatVector exp(FloatVector x) {
        FloatVector v = x.blend(EXP_HIGH, x.compare(VectorOperators.GT, EXP_HIGH));
        v = v.blend(EXP_LOW, v.compare(VectorOperators.LT, EXP_LOW));
        FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
        FloatVector n = t.sub(EXP_MAGIC);
        FloatVector r = n.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
        r = n.lanewise(VectorOperators.FMA, -LN2_LOW, r);
        FloatVector p = r.fma(EXP_6, EXP_5);
        p = p.lanewise(VectorOperators.FMA, r, EXP_4);
        p = p.lanewise(VectorOperators.FMA, r, EXP_3);
        p = p.lanewise(VectorOperators.FMA, r, EXP_2);
        p = p.lanewise(VectorOperators.FMA, r, 1f);
        p = p.lanewise(VectorOperators.FMA, r, 1f);
        IntVector bits = t.reinterpretAsInts();
        IntVector half = bits.lanewise(VectorOperators.LSHR, 1);
        FloatVector first = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector second = bits.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.mul(first).mul(second);
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector one = FloatVector.broadcast(FloatVector.SPECIES_512, 1f);
        return one.div(exp(x.neg()).add(1f));
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector v = x.abs();
        v = v.blend(TANH_HIGH, v.compare(VectorOperators.GT, TANH_HIGH));
        v = v.add(v);
        FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
        FloatVector n = t.sub(EXP_MAGIC);
        FloatVector r = n.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
        r = n.lanewise(VectorOperators.FMA, -LN2_LOW, r);
        FloatVector p = r.fma(EXP_6, EXP_5);
        p = p.lanewise(VectorOperators.FMA, r, EXP_4);
        p = p.lanewise(VectorOperators.FMA, r, EXP_3);
        p = p.lanewise(VectorOperators.FMA, r, EXP_2);
        p = p.mul(r).fma(r, r);
        IntVector power = t.reinterpretAsInts().sub(127).lanewise(VectorOperators.LSHL, 23);
        FloatVector s = power.reinterpretAsFloats();
        FloatVector m = s.fma(p, s.sub(1f));
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return m.div(m.add(2f)).reinterpretAsInts().or(sign).reinterpretAsFloats();
    }
}
