package dev.junco.runtime.kernel;

/**
 * The logistic function and tanh of int16 values by interpolation in one table, with the bits of TensorFlow Lite's reference kernels. The table holds the
 * logistic function of i / 24; tanh x = 2 · logistic(2x) − 1. Results have the scale 2⁻¹⁵.
 *
 * <p>Thread-safe; immutable.
 */
public final class Curves16 {
    private static final int ENTRIES = 256;

    /** TensorFlow Lite's table was made with less than double precision: bit i is set where it holds one more than the rounded exact value. */
    private static final long[] ONE_MORE = {0xc0467baefa7bd110L, 0x0011009020440005L, 0x80L, 1L << 63};

    /** 2¹⁶ · logistic(i / 24). */
    private final int[] table = new int[ENTRIES];

    private final boolean tanh;

    /** With {@link #shift}, what brings x to units of 2⁻¹² / 3. */
    private final int multiplier;

    private final int shift;
    private final int half;

    private Curves16(boolean tanh, int multiplier, int shift) {
        this.tanh = tanh;
        this.multiplier = multiplier;
        this.shift = shift;
        this.half = shift > 0 ? 1 << (shift - 1) : 0;
        for (int i = 0; i < ENTRIES; i++) {
            double exact = 65536 / (1 + StrictMath.exp(-i / 24.0));
            table[i] = (int) Math.floor(exact + 0.5) + (int) (ONE_MORE[i >> 6] >>> i & 1);
        }
    }

    /**
     * The logistic function of values of a scale.
     *
     * @throws IllegalArgumentException if the scale is too large for the multiplier's 15 bits
     */
    public static Curves16 logistic(float scale) {
        return of(false, scale, 0);
    }

    /**
     * tanh of values of a scale.
     *
     * @throws IllegalArgumentException if the scale is too large for the multiplier's 15 bits
     */
    public static Curves16 tanh(float scale) {
        return of(true, scale, 1);
    }

    /** The scales 2⁻¹² to 2^(mostPower − 12), to a thousandth of a power, have the exact factor; others one of 15 bits, cut off. */
    private static Curves16 of(boolean tanh, float scale, int mostPower) {
        double power = StrictMath.log(scale) / StrictMath.log(2.0);
        long nearest = Math.round(power);
        boolean exact = Math.abs(power - nearest) < 1e-3 && nearest >= -12 && nearest <= -12 + mostPower;
        if (exact) {
            return new Curves16(tanh, 3 << (nearest + 12), 0);
        }
        double factor = scale * 4096.0 * 3.0;
        int shift = 0;
        while (factor <= 32767.0 / 2 && shift <= 30) {
            shift++;
            factor *= 2;
        }
        if (factor > Short.MAX_VALUE) {
            throw new IllegalArgumentException("scale is " + scale + ", must be at most 32767 / 12288");
        }
        return new Curves16(tanh, (int) factor, shift);
    }

    /** The function of one int16. */
    public int of(int x) {
        int scaled = (x * multiplier + half) >> shift;
        return tanh ? tanhOf(scaled) : logisticOf(scaled);
    }

    private int logisticOf(int scaled) {
        int magnitude = Math.abs(scaled);
        int entry = magnitude >> 9;
        int result = 0x7fff << 10;
        if (entry < ENTRIES - 1) {
            result = (table[entry] << 9) + (magnitude & 0x1ff) * (table[entry + 1] - table[entry]);
        }
        return (scaled >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1) >> 10;
    }

    private int tanhOf(int scaled) {
        int magnitude = Math.abs(scaled);
        int entry = magnitude >> 8;
        int result = 0xffff << 8;
        if (entry < ENTRIES - 1) {
            result = (table[entry] << 8) + (magnitude & 0xff) * (table[entry + 1] - table[entry]);
        }
        int centred = result - (1 << 23);
        return ((scaled >= 0 ? centred : -centred - 1) + (1 << 7)) >> 8;
    }
}
