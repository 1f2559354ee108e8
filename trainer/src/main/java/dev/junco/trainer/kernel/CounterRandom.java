package dev.junco.trainer.kernel;

/**
 * Random bits as a function of a position and a key: nothing is stored, and any part of a sequence can be made by any thread. Two rounds of
 * a 32-bit mixer with low bias ("triple32" family, constants of Chris Wellons' hash prospector).
 */
public final class CounterRandom {
    static final int GOLDEN = 0x9E3779B9;
    static final int FIRST = 0x21F0AAAD;
    static final int SECOND = 0x735A2D97;

    private CounterRandom() {}

    /** 32 random bits of element {@code index} of the sequence that both keys name. */
    public static int bits(int index, int key0, int key1) {
        return mix(mix(index * GOLDEN + key0) ^ key1);
    }

    private static int mix(int bits) {
        int x = bits;
        x ^= x >>> 16;
        x *= FIRST;
        x ^= x >>> 15;
        x *= SECOND;
        return x ^ x >>> 15;
    }

    /** 64 key bits of a step of a sequence (finaliser of SplitMix64). */
    public static long key(long sequence, long step) {
        return mix(sequence ^ mix(step + 0x9E3779B97F4A7C15L));
    }

    private static long mix(long bits) {
        long z = bits;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
