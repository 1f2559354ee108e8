package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole models on each set of kernels, each in a JVM of its own: the compiler's knowledge of one set does not spoil another. */
class RunAllocationTest {
    @Test
    void plainKernelsWithTwoRoundings() throws Exception {
        assertNothingAllocated("UNFUSED");
    }

    @Test
    void plainKernels() throws Exception {
        assertNothingAllocated("PLAIN");
    }

    @Test
    void vectorKernels() throws Exception {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no vector module");
        assertNothingAllocated("VECTOR", "--add-modules=jdk.incubator.vector");
    }

    /** Plain kernels that become vector kernels meanwhile. */
    @Test
    void automaticKernels() throws Exception {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no vector module");
        assertNothingAllocated("AUTO", "--add-modules=jdk.incubator.vector");
    }

    private static void assertNothingAllocated(String kernels, String... options) throws Exception {
        assertEquals(RunExercise.DONE, OwnJvm.run(RunExercise.class, List.of(options), kernels));
    }
}
