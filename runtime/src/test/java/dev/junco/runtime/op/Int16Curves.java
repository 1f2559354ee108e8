package dev.junco.runtime.op;

import java.util.Set;

/** Functions of int16 values by interpolation in tables, as TensorFlow Lite's reference kernels have them. */
final class Int16Curves {
    private static final int HALF = 1 << 15;

    /** Entries of the published table that are one above the nearest integer. */
    private static final Set<Integer> LARGER = Set.of(
            4, 8, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44, 45,
            46, 49, 50, 54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255);

    private final double scale;

    Int16Curves(float scale) {
        this.scale = scale;
    }

    /** 2¹⁶ · logistic(i / 24) as the published table has it. */
    private static long entry(int i) {
        return Math.round(65536 / (1 + Math.exp(-i / 24.0))) + (LARGER.contains(i) ? 1 : 0);
    }

    /** x in units of 2⁻¹² / 3: exactly where the scale is 2⁻¹² (for tanh also 2⁻¹¹), else by a factor of 15 bits that is cut off. */
    private long scaled(int x, boolean tanh) {
        if (scale == 0x1p-12 || tanh && scale == 0x1p-11) {
            return Math.round(3 * 4096 * scale * x);
        }
        double factor = 3 * 4096 * scale;
        int shift = 0;
        for (; factor <= 32767 / 2.0 && shift <= 30; factor *= 2) {
            shift++;
        }
        long product = x * (long) factor;
        return shift == 0 ? product : Math.floorDiv(product + (1L << (shift - 1)), 1L << shift);
    }

    long logistic(int x) {
        long at = scaled(x, false);
        long magnitude = Math.abs(at);
        int i = (int) (magnitude / 512);
        long value = i >= 255 ? 32767L << 10 : 512 * entry(i) + magnitude % 512 * (entry(i + 1) - entry(i));
        return at >= 0 ? (value + 512) / 1024 : ((1 << 25) - value + 511) / 1024;
    }

    long tanh(int x) {
        long at = scaled(x, true);
        long magnitude = Math.abs(at);
        int i = (int) (magnitude / 256);
        long value = i >= 255 ? 65535L << 8 : 256 * entry(i) + magnitude % 256 * (entry(i + 1) - entry(i));
        return at >= 0 ? Math.floorDiv(value - (1 << 23) + 128, 256L) : Math.floorDiv((1 << 23) - value + 127, 256L);
    }

    short[] softmax(short[] x, int columns, float beta) {
        IntegerScaling scaling = IntegerScaling.of(scale * beta / (10.0 / 65535.0));
        short[] y = new short[x.length];
        for (int row = 0; row < x.length; row += columns) {
            int largest = Short.MIN_VALUE;
            for (int i = row; i < row + columns; i++) {
                largest = Math.max(largest, x[i]);
            }
            long sum = 0;
            for (int i = row; i < row + columns; i++) {
                y[i] = (short) interpolated(true, scaling.apply(x[i] - largest) + 32767L);
                sum += y[i];
            }
            // sum = (1 + rest) · 2^power, rest in [0, 1) with 16 fractional bits, rounded.
            int power = 63 - Long.numberOfLeadingZeros(sum);
            long withOne = Math.floorDiv((sum << (30 - power)) + (1 << 13), 1L << 14);
            long reciprocal = interpolated(false, withOne - 65536 - HALF);
            for (int i = row; i < row + columns; i++) {
                long share = Math.floorDiv(y[i] * reciprocal + (1L << (power - 1)), 1L << power);
                y[i] = (short) Math.max(0, Math.min(32767, share));
            }
        }
        return y;
    }

    /** A function over the range of int16: 512 pieces of 128 integers. */
    private static long interpolated(boolean exponential, long at) {
        int bounded = (int) Math.max(-HALF, Math.min(HALF - 1, at)) + HALF;
        int piece = bounded / 128;
        long slope = sample(exponential, piece + 1) - sample(exponential, piece);
        return sample(exponential, piece) + Math.floorDiv(slope * (bounded % 128) + 64, 128L);
    }

    /** A sample, moved by half of the error in the middle of the piece that begins with it; the last one is as it is. */
    private static long sample(boolean exponential, int i) {
        double here = 32768 * function(exponential, i);
        long moved = 0;
        if (i < 512) {
            double middle = 32768 * function(exponential, i + 0.5);
            long interpolated = Math.round((32768 * function(exponential, i + 1) + Math.round(here)) / 2);
            long error = interpolated - Math.round(middle);
            moved = Math.round(Math.abs(error) / 2.0) * Long.signum(error);
        }
        return Math.min(32767, Math.round(here) - moved);
    }

    private static double function(boolean exponential, double piece) {
        return exponential ? Math.exp(-10 + piece * (10.0 / 512)) : 1 / (1 + piece / 512);
    }

    /** A function of a real number. */
    interface Real {
        float of(float x);
    }

    /** The table between whose 513 entries values lie, made for this one value. */
    short interpolated(float to, Real f, int x) {
        int piece = Math.floorDiv(x, 128) + 256;
        int left = entry(to, f, piece);
        int rise = (short) (entry(to, f, piece + 1) - left);
        return (short) (left + Math.floorDiv(rise * Math.floorMod(x, 128) + 64, 128));
    }

    private int entry(float to, Real f, int i) {
        float steps = 65536f / (32767 * to - -32768 * to);
        float start = -32768 * (float) scale;
        float end = 32767 * (float) scale;
        float width = (end - start) / 512;
        if (i == 512) {
            return clamped(nearest(f.of(end) * steps));
        }
        float value = nearest(f.of(start + i * width) * steps);
        float after = f.of(start + (i + 1) * width) * steps;
        float error = nearest((after + value) / 2) - nearest(f.of(start + i * width + width / 2) * steps);
        return clamped(value - nearest(error / 2));
    }

    private static float nearest(float x) {
        return (float) Math.copySign(Math.floor(Math.abs((double) x) + 0.5), x);
    }

    private static int clamped(float x) {
        return (int) Math.max(-32768, Math.min(32767, x));
    }
}
