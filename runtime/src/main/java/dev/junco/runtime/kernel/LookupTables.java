package dev.junco.runtime.kernel;

/**
 * Tables of functions of one int8 value, for {@link QuantizedKernels#lookup}. TensorFlow Lite's reference kernels take
 * int8 logistic and tanh from such tables, computed in float; TensorFlow Lite Micro computes both in fixed point and
 * can differ in the last bit.
 */
public final class LookupTables {
    /** A function of a real number. */
    public interface Function {
        float of(float x);
    }

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

    /** 1 / (1 + e⁻ˣ). */
    public static float logistic(float x) {
        return 1f / (1f + (float) Math.exp(-x));
    }

    /** tanh x. */
    public static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
