package dev.junco.runtime.kernel;

/**
 * A family of small kernels by two providers: a network need not wait until those are warm that it does not use. A kernel's number is that of its problem in
 * {@link KernelFamily#problems}.
 *
 * @param <K> the family
 */
abstract class Split<K> {
    private final KernelFamily family;
    private final K plain;
    private final K vector;
    private final int ready;
    private final Demand demand;

    /** The kernels in {@code ready}, a bit each, by {@code vector}, the others by {@code plain}. */
    Split(KernelFamily family, K plain, K vector, int ready, Demand demand) {
        this.family = family;
        this.plain = plain;
        this.vector = vector;
        this.ready = ready;
        this.demand = demand;
    }

    /** The provider of a kernel that is asked for. */
    final K by(int kernel) {
        demand.note(family, kernel);
        return (ready & 1 << kernel) == 0 ? plain : vector;
    }

    final K plain() {
        return plain;
    }

    final int ready() {
        return ready;
    }

    final Demand demand() {
        return demand;
    }

    /** The provider of all kernels that were asked for, if it is one, else of those that are not warm yet. */
    final K provider() {
        int asked = demand.asked(family);
        return asked != 0 && (asked & ~ready) == 0 ? vector : plain;
    }
}
