package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.op.KernelSets.KernelSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case gives the same bits on all kernels, however its steps are split, in place or not, and writes nothing else. */
class OpCaseBitsTest {
    static List<OpCase> cases() {
        return OpCases.all();
    }

    @Test
    void theVectorModuleDecidesWhichKernelsRun() {
        String run = System.getProperty("junco.test.vector");
        if (run != null) {
            assertEquals(Boolean.parseBoolean(run), KernelSets.VECTOR);
        }
        List<String> expected =
                KernelSets.VECTOR ? List.of("plain", "vector 128", "vector 256", "vector 512") : List.of("plain");
        assertEquals(expected, KernelSets.fused().stream().map(KernelSet::name).toList());
        for (KernelSet set : KernelSets.fused()) {
            String names = set.kernels().describe();
            assertEquals(set.name().startsWith("vector"), names.contains("Vector"), set + " is " + names);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allKernelsGiveTheSameBits(OpCase opCase) {
        List<Object> expected =
                run(opCase, KernelSets.fused().get(0)).runWhole().result();
        for (KernelSet set : KernelSets.fused()) {
            Bits.assertSame(expected, run(opCase, set).runWhole().result(), what(opCase, set));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neitherTheSplitOfAStepNorAnEarlierRunChangesABit(OpCase opCase) {
        for (KernelSet set : ends()) {
            NodeBench bench = run(opCase, set);
            List<Object> expected = bench.runWhole().result();
            Bits.assertSame(expected, bench.runWhole().result(), what(opCase, set) + ", second run");
            Bits.assertSame(expected, bench.runReversed().result(), what(opCase, set) + ", units reversed");
            Bits.assertSame(expected, bench.runSplit().result(), what(opCase, set) + ", in two parts");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inPlaceGivesTheSameBits(OpCase opCase) {
        Node node = OpCase.node(opCase.graph());
        Operator<?> operator = NodeBench.operator(opCase.attributes());
        for (KernelSet set : ends()) {
            List<Object> expected = run(opCase, set).runWhole().result();
            for (int operand = 0; operand < node.inputs().size(); operand++) {
                if (mayOverwrite(node, operand)) {
                    NodeBench bench = new NodeBench(opCase, set.kernels(), operand);
                    Bits.assertSame(
                            expected,
                            bench.runReversed().result(),
                            what(opCase, set) + ", " + operator.getClass().getSimpleName() + " over operand "
                                    + operand);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void widenedValuesGiveTheBitsOfBytes(OpCase opCase) {
        Node node = OpCase.node(opCase.graph());
        List<Object> expected =
                run(opCase, KernelSets.fused().get(0)).runWhole().result();
        for (Widened widened : Widened.of(node)) {
            for (KernelSet set : KernelSets.fused()) {
                NodeBench bench = new NodeBench(opCase, node, set.kernels(), -1, widened);
                Bits.assertSame(expected, bench.runWhole().result(), what(opCase, set));
                Bits.assertSame(expected, bench.runReversed().result(), what(opCase, set) + ", units reversed");
                Bits.assertSame(expected, bench.runSplit().result(), what(opCase, set) + ", in two parts");
            }
        }
    }

    @Test
    void manyCasesHaveWidenedValues() {
        long widened = cases().stream()
                .filter(opCase -> !Widened.of(OpCase.node(opCase.graph())).isEmpty())
                .count();
        assertTrue(widened >= 20, widened + " cases");
    }

    static boolean mayOverwrite(Node node, int operand) {
        return !node.input(operand).isConstant()
                && node.input(operand).type() == node.output().type()
                && node.input(operand).shape().elements()
                        == node.output().shape().elements()
                && NodeBench.operator(node.attributes()).canRunInPlace(node.attributes(), node, operand);
    }

    private static List<KernelSet> ends() {
        List<KernelSet> all = KernelSets.fused();
        return all.size() == 1 ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    private static NodeBench run(OpCase opCase, KernelSet set) {
        return new NodeBench(opCase, set.kernels(), -1);
    }

    private static String what(OpCase opCase, KernelSet set) {
        return opCase + " on " + set + " kernels, seed " + opCase.seed();
    }
}
