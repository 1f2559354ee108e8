package dev.junco.runtime.vector;

import static dev.junco.runtime.kernel.Polynomials.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of {@link VectorFunctionKernels512} whose chains are long, over as many elements as fill vectors of 512 bits; y may be x. The chain of
 * an exponential stands in each method that needs one, see {@link VectorPolynomials512}.
 */
final class VectorFunctions512 {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    private VectorFunctions512() {}

    /** y = ln x. */
    static void log(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
            VectorMask<Float> subnormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits =
                    v.blend(v.mul(NORMALIZE), subnormal).reinterpretAsInts().sub(SQRT_HALF_BITS);
            FloatVector k =
                    (FloatVector) bits.lanewise(VectorOperators.ASHR, 23).convertShape(VectorOperators.I2F, F, 0);
            k = k.blend(k.sub(23f), subnormal);
            FloatVector s =
                    bits.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
            FloatVector p = s.fma(LOG_7, LOG_6);
            p = p.lanewise(VectorOperators.FMA, s, LOG_5);
            p = p.lanewise(VectorOperators.FMA, s, LOG_4);
            p = p.lanewise(VectorOperators.FMA, s, LOG_3);
            p = p.lanewise(VectorOperators.FMA, s, LOG_2);
            p = p.lanewise(VectorOperators.FMA, s, LOG_1);
            p = p.lanewise(VectorOperators.FMA, s, LOG_0);
            p = p.lanewise(VectorOperators.FMA, s, -0.5f);
            p = p.fma(s.mul(s), s);
            p = k.lanewise(VectorOperators.FMA, LN2_LOW, p);
            p = k.lanewise(VectorOperators.FMA, LN2_HIGH, p);
            p = p.blend(
                    v, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
            p = p.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
            p.blend(Float.NaN, v.compare(VectorOperators.LT, 0f)).intoArray(y, yOffset + i);
        }
    }

    /** y = erf x. */
    static void erf(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector a = x0.abs();
            a = a.blend(ERF_HIGH, a.compare(VectorOperators.GT, ERF_HIGH));
            FloatVector q = a.fma(ERF_8, ERF_7);
            q = q.lanewise(VectorOperators.FMA, a, ERF_6);
            q = q.lanewise(VectorOperators.FMA, a, ERF_5);
            q = q.lanewise(VectorOperators.FMA, a, ERF_4);
            q = q.lanewise(VectorOperators.FMA, a, ERF_3);
            q = q.lanewise(VectorOperators.FMA, a, ERF_2);
            q = q.lanewise(VectorOperators.FMA, a, ERF_1);
            q = q.lanewise(VectorOperators.FMA, a, ERF_0);
            FloatVector v = q.mul(a).neg();
            v = v.blend(EXPM1_LOW, v.compare(VectorOperators.LT, EXPM1_LOW));
            FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
            FloatVector k = t.sub(EXP_MAGIC);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector p = r.fma(EXP_6, EXP_5);
            p = p.lanewise(VectorOperators.FMA, r, EXP_4);
            p = p.lanewise(VectorOperators.FMA, r, EXP_3);
            p = p.lanewise(VectorOperators.FMA, r, EXP_2);
            p = p.mul(r).fma(r, r);
            FloatVector s = t.reinterpretAsInts()
                    .sub(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector m = s.fma(p, s.sub(1f));
            IntVector sign = x0.reinterpretAsInts().and(Integer.MIN_VALUE);
            m.abs().reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yOffset + i);
        }
    }

    /** y = x · Φ(x). */
    static void gelu(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector a = x0.mul(SQRT_HALF).abs();
            a = a.blend(ERF_HIGH, a.compare(VectorOperators.GT, ERF_HIGH));
            FloatVector q = a.fma(ERF_8, ERF_7);
            q = q.lanewise(VectorOperators.FMA, a, ERF_6);
            q = q.lanewise(VectorOperators.FMA, a, ERF_5);
            q = q.lanewise(VectorOperators.FMA, a, ERF_4);
            q = q.lanewise(VectorOperators.FMA, a, ERF_3);
            q = q.lanewise(VectorOperators.FMA, a, ERF_2);
            q = q.lanewise(VectorOperators.FMA, a, ERF_1);
            q = q.lanewise(VectorOperators.FMA, a, ERF_0);
            FloatVector v = q.mul(a).neg();
            v = v.blend(EXPM1_LOW, v.compare(VectorOperators.LT, EXPM1_LOW));
            FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
            FloatVector k = t.sub(EXP_MAGIC);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector p = r.fma(EXP_6, EXP_5);
            p = p.lanewise(VectorOperators.FMA, r, EXP_4);
            p = p.lanewise(VectorOperators.FMA, r, EXP_3);
            p = p.lanewise(VectorOperators.FMA, r, EXP_2);
            p = p.mul(r).fma(r, r);
            FloatVector s = t.reinterpretAsInts()
                    .sub(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector m = s.fma(p, s.sub(1f));
            IntVector sign = x0.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector erf = m.abs().reinterpretAsInts().or(sign).reinterpretAsFloats();
            FloatVector h = x0.mul(0.5f);
            h.fma(erf, h).intoArray(y, yOffset + i);
        }
    }

    /** y = x · sigmoid(linear · x + cubic · x³). */
    static void gate(float[] x, int xOffset, float[] y, int yOffset, int n, float linear, float cubic) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector v = x0.mul(x0).min(Float.MAX_VALUE).fma(cubic, linear);
            v = x0.neg().mul(v);
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
            FloatVector w = p.mul(first).mul(second);
            x0.div(w.add(1f)).intoArray(y, yOffset + i);
        }
    }

    /** y = positive · x where x &gt; 0, else negative · (exp(inner · x) − 1). */
    static void elu(
            float[] x, int xOffset, float[] y, int yOffset, int n, float positive, float negative, float inner) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector v = x0.mul(inner);
            v = v.blend(EXPM1_LOW, v.compare(VectorOperators.LT, EXPM1_LOW));
            FloatVector t = v.fma(LOG2_E, EXP_MAGIC);
            FloatVector k = t.sub(EXP_MAGIC);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, v);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector p = r.fma(EXP_6, EXP_5);
            p = p.lanewise(VectorOperators.FMA, r, EXP_4);
            p = p.lanewise(VectorOperators.FMA, r, EXP_3);
            p = p.lanewise(VectorOperators.FMA, r, EXP_2);
            p = p.mul(r).fma(r, r);
            FloatVector s = t.reinterpretAsInts()
                    .sub(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector m = s.fma(p, s.sub(1f));
            m.mul(negative)
                    .blend(x0.mul(positive), x0.compare(VectorOperators.GT, 0f))
                    .intoArray(y, yOffset + i);
        }
    }

    /** y = x · tanh(ln(1 + exp x)). */
    static void mish(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector v = x0.min(MISH_HIGH);
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
            FloatVector w = p.mul(first).mul(second);
            FloatVector m = w.mul(w.add(2f));
            x0.mul(m.div(m.add(2f))).intoArray(y, yOffset + i);
        }
    }

    /** y = ln(1 + exp x). */
    static void softplus(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int end = n - n % LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector x0 = FloatVector.fromArray(F, x, xOffset + i);
            FloatVector v = x0.abs().neg();
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
            FloatVector w = p.mul(first).mul(second);
            FloatVector z = w.div(w.add(2f));
            FloatVector z2 = z.mul(z);
            FloatVector q = z2.fma(ARTANH_3, ARTANH_2);
            q = q.lanewise(VectorOperators.FMA, z2, ARTANH_1);
            q = q.lanewise(VectorOperators.FMA, z2, ARTANH_0);
            q = q.fma(z2.mul(z), z.add(z));
            q.add(x0.max(0f)).intoArray(y, yOffset + i);
        }
    }
}
