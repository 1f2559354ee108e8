package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.plan.WorkerTeam;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of bytes as Android runs them: planned, on several threads, without allocation; {@link Int8OpCaseTest} holds them to the specification. */
class AndroidProductTest {
    private static final Kernels KERNELS = KernelSets.android().kernels();
    private static final WorkerTeam ONE = new WorkerTeam(1);
    private static final List<WorkerTeam> TEAMS =
            List.of(ONE, new WorkerTeam(2, NodeBench.WORTH_SPLITTING), new WorkerTeam(3, NodeBench.WORTH_SPLITTING));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** All whose only step multiplies bytes. */
    static List<OpCase> cases() {
        return OpCases.int8().stream()
                .filter(opCase -> "DotMatrix".equals(kernelOf(opCase)))
                .toList();
    }

    private static String kernelOf(OpCase opCase) {
        PlannedRun run = PlannedRun.of(opCase, opCase.graph(), KERNELS, ONE);
        Node node = OpCase.node(run.graph);
        return run.execution.kernels(run.graph.nodes().indexOf(node));
    }

    @Test
    void denseLayersAndPointwiseConvolutionsAreSuchProducts() {
        List<String> names = cases().stream()
                .map(opCase -> opCase.attributes().getClass().getSimpleName())
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of("Conv2DAttributes", "FullyConnectedAttributes"), names);
        assertTrue(cases().size() >= 10, cases()::toString);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfThreadsGivesTheBitsOfThePlainKernels(OpCase opCase) {
        List<Object> expected = new NodeBench(opCase, KernelSets.fused().get(0).kernels(), -1)
                .runWhole()
                .result();
        for (WorkerTeam team : TEAMS) {
            PlannedRun run = PlannedRun.of(opCase, opCase.graph(), KERNELS, team);
            String what = opCase + " on " + team.workers() + " threads, seed " + opCase.seed();
            Bits.assertSame(expected, run.run(), what);
            Bits.assertSame(expected, run.run(), what + ", second run");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void runningAllocatesNothing(OpCase opCase) {
        PlannedRun run = PlannedRun.of(opCase, opCase.graph(), KERNELS, ONE);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run.execution.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
