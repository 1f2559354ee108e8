package dev.junco.runtime.kernel;

/**
 * Junco's own exponential, logistic function and hyperbolic tangent: chains of multiply-adds in a fixed order, so that
 * every JVM with fused multiply-add gives the same bits at every vector width. On platforms without it, the same
 * chains round after each multiplication and after each addition.
 *
 * <p>NaN gives NaN. The bounds below are in units in the last place of the exact result, for fused and for separately
 * rounded chains.
 */
public final class Polynomials {
    /** Above this, eˣ is larger than every float. */
    public static final float EXP_HIGH = 88.8f;

    /** Below this, eˣ is less than half the smallest float. */
    public static final float EXP_LOW = -104f;

    public static final float LOG2_E = 1.44269504f;

    /**
     * 1.5 · 2²³ + 254: adding it rounds to an integer and leaves twice the exponent bias, plus that integer, in the
     * low bits.
     */
    public static final float EXP_MAGIC = 12582912f + 254f;

    /** ln 2 in two parts; the first has 9 bits, so that its product with an exponent is exact. */
    public static final float LN2_HIGH = 0.693359375f;

    public static final float LN2_LOW = -2.12194440e-4f;

    /** (eʳ − 1 − r) / r² on |r| ≤ ln 2 / 2, minimax for the relative error of eʳ (3·10⁻⁹). */
    public static final float EXP_2 = 0x1.fffffcp-2f;

    public static final float EXP_3 = 0x1.555492p-3f;
    public static final float EXP_4 = 0x1.5558f2p-5f;
    public static final float EXP_5 = 0x1.123a20p-7f;
    public static final float EXP_6 = 0x1.6a23d0p-10f;

    /** Above this, tanh is 1 in float and its chain says so. */
    public static final float TANH_HIGH = 10f;

    private Polynomials() {}

    /**
     * eˣ within 0.9 (1.2) ulp: 2ⁿ · eʳ with n = round(x · log₂ e) and r = x − n · ln 2. Overflow gives infinity,
     * underflow subnormal numbers, then 0.
     */
    public static float exp(float x) {
        float v = x > EXP_HIGH ? EXP_HIGH : x;
        v = v < EXP_LOW ? EXP_LOW : v;
        float t = MultiplyAdd.of(v, LOG2_E, EXP_MAGIC);
        float n = t - EXP_MAGIC;
        float r = MultiplyAdd.of(n, -LN2_HIGH, v);
        r = MultiplyAdd.of(n, -LN2_LOW, r);
        float p = MultiplyAdd.of(EXP_6, r, EXP_5);
        p = MultiplyAdd.of(p, r, EXP_4);
        p = MultiplyAdd.of(p, r, EXP_3);
        p = MultiplyAdd.of(p, r, EXP_2);
        p = MultiplyAdd.of(p, r, 1f);
        p = MultiplyAdd.of(p, r, 1f);
        // 2ⁿ as a product of two powers, because n reaches from −150 to 128 and an exponent only from −126 to 127
        int bits = Float.floatToRawIntBits(t);
        int half = bits >>> 1;
        return p * Float.intBitsToFloat(half << 23) * Float.intBitsToFloat((bits - half) << 23);
    }

    /** 1 / (1 + e⁻ˣ) within 2.5 ulp; 0 below −88.7, where e⁻ˣ overflows. */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /**
     * tanh x within 2.5 (2.6) ulp: m / (m + 2) with m = e²ˣ − 1, for |x|, with the sign of x; odd to the bit, never
     * beyond ±1. m is taken as 2ⁿ · (eʳ − 1) + (2ⁿ − 1), so that small arguments lose nothing.
     */
    public static float tanh(float x) {
        float v = Math.abs(x);
        v = v > TANH_HIGH ? TANH_HIGH : v;
        v = v + v;
        float t = MultiplyAdd.of(v, LOG2_E, EXP_MAGIC);
        float n = t - EXP_MAGIC;
        float r = MultiplyAdd.of(n, -LN2_HIGH, v);
        r = MultiplyAdd.of(n, -LN2_LOW, r);
        float p = MultiplyAdd.of(EXP_6, r, EXP_5);
        p = MultiplyAdd.of(p, r, EXP_4);
        p = MultiplyAdd.of(p, r, EXP_3);
        p = MultiplyAdd.of(p, r, EXP_2);
        p = MultiplyAdd.of(p * r, r, r);
        // the low bits of t are n + 254; n is from 0 to 29 here
        float s = Float.intBitsToFloat((Float.floatToRawIntBits(t) - 127) << 23);
        float m = MultiplyAdd.of(s, p, s - 1f);
        return Math.copySign(m / (m + 2f), x);
    }
}
