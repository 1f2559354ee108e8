package dev.junco.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * One vector kernel on its way.
 *
 * @param idle the vector kernel with nothing to do, or hardly anything: compilers count calls
 * @param tiny the vector kernel on the smallest problem that takes every path: compilers want to know which are taken
 * @param plainTiny the plain kernel on that problem
 * @param vector the vector kernel on a problem worth measuring
 * @param plain the plain kernel on the same problem
 */
record KernelTrial(Calls idle, Calls tiny, Calls plainTiny, Calls vector, Calls plain) {
    /** Calls of a kernel, from a loop: what is called for each call is compiled too, with the kernel inside, for nothing. */
    interface Calls {
        void run(int times);
    }

    /** How large a problem is. */
    enum Size {
        /** No elements in the innermost loop. */
        IDLE,
        TINY,
        MODERATE
    }

    /** A problem in all sizes. */
    interface Problem {
        Calls on(Kernels kernels, Size size);
    }

    /** A trial of each problem. */
    static List<KernelTrial> all(Kernels plain, Kernels vector, List<Problem> problems) {
        List<KernelTrial> trials = new ArrayList<>();
        for (Problem problem : problems) {
            trials.add(new KernelTrial(
                    problem.on(vector, Size.IDLE),
                    problem.on(vector, Size.TINY),
                    problem.on(plain, Size.TINY),
                    problem.on(vector, Size.MODERATE),
                    problem.on(plain, Size.MODERATE)));
        }
        return trials;
    }
}
