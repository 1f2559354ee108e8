package dev.junco.runtime;

/** Which kernels an interpreter uses. All give the same bits on a JVM with fused multiply-add. */
public enum KernelChoice {
    /** Plain kernels at once, vector kernels as soon as the JVM has compiled them and they have proved faster. */
    AUTO,
    /** Plain Java only. */
    PLAIN,
    /** Vector kernels from the first run on; slow until the JVM has compiled them. */
    VECTOR
}
