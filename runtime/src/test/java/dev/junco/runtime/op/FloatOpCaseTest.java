package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.fail;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.KernelSets.KernelSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every float32 case against the same operator in double precision. */
class FloatOpCaseTest {
    static List<OpCase> cases() {
        return OpCases.float32();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernelsAreAsExactAsTheirDepthAllows(OpCase opCase) {
        double[] exact = exact(opCase);
        double[] bound = Tolerance.of(opCase, exact);
        for (KernelSet set : KernelSets.all()) {
            float[] found = (float[])
                    new NodeBench(opCase, set.kernels(), -1).runWhole().result();
            for (int i = 0; i < exact.length; i++) {
                // A float may overflow where a double does not.
                double expected = (float) exact[i];
                boolean same = Double.compare(expected, found[i]) == 0 || expected == found[i];
                if (!same && !(Math.abs(exact[i] - found[i]) <= bound[i])) {
                    fail(opCase + " on " + set + " kernels, seed " + opCase.seed() + ": at " + i + " expected "
                            + exact[i] + " ± " + bound[i] + ", found " + found[i]);
                }
            }
        }
    }

    private static double[] exact(OpCase opCase) {
        Graph graph = opCase.graph();
        ReferenceExecutor executor = new ReferenceExecutor(graph, OperatorCatalog.standard());
        Node node = OpCase.node(graph);
        for (int i = 0; i < node.inputs().size(); i++) {
            float[] data = (float[]) opCase.data().get(i);
            double[] target = executor.of(node.input(i));
            for (int j = 0; j < data.length; j++) {
                target[j] = data[j];
            }
        }
        executor.run();
        return executor.of(node.output());
    }
}
