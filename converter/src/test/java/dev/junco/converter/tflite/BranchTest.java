package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.converter.ImportException;
import dev.junco.converter.tflite.FlatWriter.Table;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.kernel.KernelProviders;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IF with a condition that is known: the branch taken becomes part of the graph. */
class BranchTest {
    private static final int ADD = 0;
    private static final int MUL = 18;
    private static final int UNIQUE = 103;
    private static final int LOGICAL_NOT = 87;
    private static final int IF = 118;

    private final SmallFile file = new SmallFile();

    /** A subgraph that combines its two operands by an operator, and a constant 10 after that. */
    private int branch(int operator) {
        SmallFile branch = file.another();
        int a = branch.tensor("a", SmallFile.FLOAT32, 2);
        int b = branch.tensor("b", SmallFile.FLOAT32, 2);
        int c = branch.tensor("c", SmallFile.FLOAT32, 2);
        int ten = branch.floats("ten", new float[] {10, 10}, 2);
        int y = branch.tensor("y", SmallFile.FLOAT32, 2);
        return branch.operator(operator, new Table(), new int[] {a, b}, c)
                .operator(ADD, new Table(), new int[] {c, ten}, y)
                .branch(new int[] {a, b}, y);
    }

    private static Table branches(int then, int otherwise) {
        return new Table().int32(0, then).int32(1, otherwise);
    }

    /** x and a constant go through the branch that the negation of a constant chooses. */
    private byte[] network(boolean condition, Table branches) {
        int x = file.tensor("x", SmallFile.FLOAT32, 2);
        int five = file.floats("five", new float[] {5, 5}, 2);
        int not = file.constant("not", SmallFile.BOOL, new byte[] {(byte) (condition ? 0 : 1)}, 1);
        int is = file.tensor("is", SmallFile.BOOL, 1);
        int y = file.tensor("result", SmallFile.FLOAT32, 2);
        return file.operator(LOGICAL_NOT, null, new int[] {not}, is)
                .operator(IF, branches, new int[] {is, x, five}, y)
                .bytes(new int[] {x}, y);
    }

    private static Graph graph(byte[] bytes) {
        return TfliteImporter.read(ByteBuffer.wrap(bytes), "model").signatures().get(0);
    }

    private static String refusal(byte[] bytes) {
        return assertThrows(ImportException.class, () -> graph(bytes)).getMessage();
    }

    @Test
    void theBranchOfATrueConditionIsFollowed() {
        Graph graph = graph(network(true, branches(branch(ADD), branch(MUL))));
        assertEquals(2, graph.nodes().size());
        double[] y = new TypedRun(graph, KernelProviders.plain())
                .run(List.of(new double[] {1, 2}))
                .get(0);
        assertArrayEquals(new double[] {16, 17}, y);
    }

    @Test
    void theBranchOfAFalseConditionIsFollowed() {
        Graph graph = graph(network(false, branches(branch(ADD), branch(MUL))));
        double[] y = new TypedRun(graph, KernelProviders.plain())
                .run(List.of(new double[] {1, 2}))
                .get(0);
        assertArrayEquals(new double[] {15, 20}, y);
    }

    @Test
    void whatTheOtherBranchNeedsIsNotAsked() {
        assertEquals(
                2,
                graph(network(true, branches(branch(ADD), branch(UNIQUE))))
                        .nodes()
                        .size());
        BranchTest test = new BranchTest();
        String message = refusal(test.network(false, branches(test.branch(ADD), test.branch(UNIQUE))));
        assertTrue(message.contains("UNIQUE version 3 ('c')"), message);
    }

    @Test
    void aComputedConditionIsNamedAsUnsupported() {
        int is = file.tensor("is", SmallFile.BOOL, 1);
        int x = file.tensor("x", SmallFile.FLOAT32, 2);
        int y = file.tensor("y", SmallFile.FLOAT32, 2);
        Table branches = branches(branch(ADD), branch(MUL));
        byte[] bytes = file.operator(IF, branches, new int[] {is, x, x}, y).bytes(new int[] {is, x}, y);
        assertTrue(refusal(bytes).contains("IF version 3 'y': its condition 'is' is computed, expected a constant"));
    }

    @Test
    void damagedBranchesAreRefused() {
        assertTrue(refusal(network(true, branches(7, 7))).contains("IF version 3 names subgraph 7 of 1"));
        BranchTest test = new BranchTest();
        SmallFile branch = test.file.another();
        int a = branch.tensor("a", SmallFile.FLOAT32, 2);
        int one = branch.branch(new int[] {a}, a);
        String message = refusal(test.network(true, branches(one, one)));
        assertTrue(message.contains("has 2 operands and 1 results, its subgraph 'branch' has 1 and 1"), message);
    }

    /** A branch that calls itself twice would be without end. */
    @Test
    void branchesThatCallEachOtherComeToAnEnd() {
        SmallFile branch = file.another();
        int a = branch.tensor("a", SmallFile.FLOAT32, 2);
        int b = branch.tensor("b", SmallFile.FLOAT32, 2);
        int yes = branch.constant("yes", SmallFile.BOOL, new byte[] {1}, 1);
        int c = branch.tensor("c", SmallFile.FLOAT32, 2);
        int d = branch.tensor("d", SmallFile.FLOAT32, 2);
        int itself = branch.operator(IF, branches(1, 1), new int[] {yes, a, b}, c)
                .operator(IF, branches(1, 1), new int[] {yes, c, b}, d)
                .branch(new int[] {a, b}, d);
        assertTrue(refusal(network(true, branches(itself, itself))).contains("more than 256 branches, or 16 within"));
    }
}
