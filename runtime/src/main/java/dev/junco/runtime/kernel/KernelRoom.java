package dev.junco.runtime.kernel;

import java.util.Optional;

/**
 * A package of kernels that not every platform can load. It is found by name, so that a platform without it, or a shrinker that
 * removed it, misses nothing.
 */
public interface KernelRoom {
    /**
     * All families, or empty where this JVM cannot run them well.
     *
     * @param bits width of the vectors, or 0 for what the processor prefers; without meaning where there are no vectors
     * @throws IllegalArgumentException for a width that no kernels exist for
     */
    Optional<Kernels> kernels(int bits);
}
