package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.runtime.OwnJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vector kernels allocate nothing, whatever the operator: in a JVM of their own, which knows vectors of one width. */
class OpCaseAllocationTest {
    @Test
    void noOperatorAllocatesOnVectorKernels() throws Exception {
        assumeTrue(KernelSets.VECTOR, "no vector module");
        String said = OwnJvm.run(OpCaseExercise.class, List.of("--add-modules=jdk.incubator.vector"));
        assertEquals(OpCaseExercise.DONE, said);
    }
}
