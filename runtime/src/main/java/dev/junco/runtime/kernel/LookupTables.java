package dev.junco.runtime.kernel;

/**
 * Tables of functions of one int8 or int16 value. Those of int8 hold every result, for {@link QuantizedKernels#lookup}. TensorFlow Lite's reference kernels take
 * int8 logistic and tanh from such tables, computed in float; TensorFlow Lite Micro computes both in fixed point and
 * can differ in the last bit.
 */
public final class LookupTables {
    /** A function of a real number. */
    public interface Function {
        float of(float x);
    }

    private static final int PIECES = 512;

    private LookupTables() {}

    /** table[q + 128] = clamp(round(f(scaleX · (q − zeroPointX)) / scaleY) + zeroPointY), halves away from zero. */
    public static byte[] of(Function f, float scaleX, int zeroPointX, float scaleY, int zeroPointY) {
        byte[] table = new byte[256];
        float inverse = 1f / scaleY;
        for (int q = -128; q < 128; q++) {
            float scaled = f.of(scaleX * (q - zeroPointX)) * inverse;
            float bounded = Math.min(Math.max(scaled, -1000f), 1000f);
            double rounded = Math.floor(Math.abs((double) bounded) + 0.5);
            int value = (int) Math.copySign(rounded, bounded) + zeroPointY;
            table[q + 128] = (byte) Math.min(Math.max(value, -128), 127);
        }
        return table;
    }

    /**
     * The function of int16 values, both zero points 0, at every 128th one and behind the last, for {@link #interpolated}. Each entry is moved by half of what
     * interpolation errs in the middle of its piece. All is float32, rounded halves away from zero; with functions that change much within a piece
     * entries can leave the range, as in TensorFlow Lite.
     *
     * @throws IllegalArgumentException if results leave float32
     */
    public static short[] of16(Function f, float scaleX, float scaleY) {
        short[] table = new short[PIECES + 1];
        float first = scaleX * Short.MIN_VALUE;
        float last = scaleX * Short.MAX_VALUE;
        float step = (last - first) / PIECES;
        float inverse = 65536 / (scaleY * Short.MAX_VALUE - scaleY * Short.MIN_VALUE);
        for (int i = 0; i < PIECES; i++) {
            float here = round(f.of(first + i * step) * inverse);
            float middle = round(f.of(first + i * step + step / 2) * inverse);
            float next = f.of(first + (i + 1) * step) * inverse;
            float error = round((next + here) / 2) - middle;
            table[i] = saturated(here - round(error / 2));
        }
        table[PIECES] = saturated(round(f.of(last) * inverse));
        return table;
    }

    /** A table of 512 pieces at an int16, whose upper 9 bits are the entry and whose lower 7 bits lie between two. */
    public static short interpolated(short[] table, int x) {
        int entry = PIECES / 2 + (x >> 7);
        int slope = (short) (table[entry + 1] - table[entry]);
        return (short) (table[entry] + ((slope * (x & 0x7f) + 64) >> 7));
    }

    private static float round(float x) {
        return (float) Math.copySign(Math.floor(Math.abs((double) x) + 0.5), x);
    }

    private static short saturated(float x) {
        if (!Float.isFinite(x)) {
            throw new IllegalArgumentException("results are beyond the largest float32");
        }
        return (short) Math.max(Math.min(x, Short.MAX_VALUE), Short.MIN_VALUE);
    }

    /** 1 / (1 + e⁻ˣ). */
    public static float logistic(float x) {
        return 1f / (1f + (float) Math.exp(-x));
    }

    /** tanh x. */
    public static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
