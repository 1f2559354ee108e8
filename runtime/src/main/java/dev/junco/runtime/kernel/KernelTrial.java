package dev.junco.runtime.kernel;

/**
 * One vector kernel on its way: tiny calls until it is compiled, moderate ones to compare it with the plain kernel.
 *
 * @param tiny the vector kernel on the smallest problem that takes every path; cheap even when interpreted
 * @param vector the vector kernel on a problem worth measuring
 * @param plain the plain kernel on the same problem
 */
record KernelTrial(Runnable tiny, Runnable vector, Runnable plain) {
    /** A problem in two sizes. */
    interface Problem {
        Runnable on(Kernels kernels, boolean tiny);
    }

    static KernelTrial of(Kernels plain, Kernels vector, Problem problem) {
        return new KernelTrial(problem.on(vector, true), problem.on(vector, false), problem.on(plain, false));
    }
}
