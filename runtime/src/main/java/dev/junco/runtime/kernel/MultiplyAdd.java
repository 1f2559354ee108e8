package dev.junco.runtime.kernel;

/**
 * The multiply-add of the plain kernels that every platform has. The build derives their fused flavour by putting
 * {@code Math.fma} in place of this call.
 */
final class MultiplyAdd {
    private MultiplyAdd() {}

    /** a · b + c, rounded twice. */
    static float of(float a, float b, float c) {
        return a * b + c;
    }
}
