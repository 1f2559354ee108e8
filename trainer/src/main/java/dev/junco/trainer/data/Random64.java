package dev.junco.trainer.data;

/**
 * Pseudo-random numbers that are the same on every JVM: xoshiro256** (Blackman and Vigna, 2018), its 256 bits of
 * state filled from a seed by SplitMix64 (Steele, Lea and Flood, 2014).
 *
 * <p>Everything that is random in training draws from here, so that a seed decides every bit of a result. {@link
 * #state()} goes into a checkpoint and {@link #ofState} continues from it. Not for cryptography. Not thread-safe.
 */
public final class Random64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** The generator of a seed; every seed is good, 0 included. */
    public Random64(long seed) {
        s0 = mix(seed + GOLDEN_GAMMA);
        s1 = mix(seed + 2 * GOLDEN_GAMMA);
        s2 = mix(seed + 3 * GOLDEN_GAMMA);
        s3 = mix(seed + 4 * GOLDEN_GAMMA);
    }

    /**
     * The generator of stream {@code stream} of a seed: for example one for each epoch, so that an epoch's numbers
     * do not depend on what earlier epochs drew.
     */
    public static Random64 ofStream(long seed, long stream) {
        return new Random64(mix(seed ^ mix(stream + GOLDEN_GAMMA)));
    }

    /**
     * The generator that continues from a recorded state.
     *
     * @param state what {@link #state()} gave: four numbers, not all 0
     * @throws IllegalArgumentException if the state is not one
     */
    public static Random64 ofState(long[] state) {
        if (state.length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0) {
            throw new IllegalArgumentException("A random state is four numbers that are not all 0; found "
                    + (state.length == 4 ? "only zeros." : state.length + " numbers."));
        }
        Random64 random = new Random64(0);
        random.s0 = state[0];
        random.s1 = state[1];
        random.s2 = state[2];
        random.s3 = state[3];
        return random;
    }

    /** The whole state: four numbers. */
    public long[] state() {
        return new long[] {s0, s1, s2, s3};
    }

    /** 64 random bits. */
    public long nextLong() {
        long result = Long.rotateLeft(s1 * 5, 7) * 9;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /**
     * A whole number in {@code [0, bound)}, all equally likely (multiplication with rejection; Lemire, 2019).
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("The bound of a random number must be positive; found " + bound + ".");
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /** A number in {@code [0, 1)}: one of the 2^24 multiples of 2^-24. */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /** A number in {@code [0, 1)}: one of the 2^53 multiples of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /**
     * A number from the normal distribution of mean 0 and variance 1 (Marsaglia's polar method, over {@link
     * StrictMath}; the second number of each pair is dropped, so that the state stays four numbers).
     */
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** Reorders {@code values}: every order is equally likely (Fisher and Yates, from the last element down). */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
