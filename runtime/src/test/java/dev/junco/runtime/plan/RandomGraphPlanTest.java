package dev.junco.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.OperatorCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties of every plan, over random graphs; a failure names the seed. */
class RandomGraphPlanTest {
    private static final int GRAPHS = 1000;
    private static final OperatorCatalog CATALOG = OperatorCatalog.standard();
    private static final WorkerTeam ALONE = new WorkerTeam(1);

    @Test
    void buffersThatLiveTogetherLieApart() {
        for (long seed = 0; seed < GRAPHS; seed++) {
            List<Buffer> buffers =
                    MemoryPlanner.plan(RandomGraphs.of(seed), CATALOG).buffers();
            for (int i = 0; i < buffers.size(); i++) {
                for (int j = 0; j < i; j++) {
                    Buffer a = buffers.get(i);
                    Buffer b = buffers.get(j);
                    boolean together = a.firstNode() <= b.lastNode() && b.firstNode() <= a.lastNode();
                    boolean overlap = a.offset() < b.offset() + b.elements() && b.offset() < a.offset() + a.elements();
                    if (a.type() == b.type() && together && overlap) {
                        fail("seed " + seed + ": " + a + " and " + b);
                    }
                }
            }
        }
    }

    /** Floats lie 16 bytes before a cache line, as the header of a large array lies behind one. */
    @Test
    void everyBufferStartsOnACacheLineAndTheArenaEndsWithTheLast() {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Plan plan = MemoryPlanner.plan(RandomGraphs.of(seed), CATALOG);
            long[] ends = new long[DType.values().length];
            for (Buffer buffer : plan.buffers()) {
                int bytes = buffer.type().bytes();
                int header = buffer.type() == DType.FLOAT32 ? 16 : 0;
                assertEquals(0, (header + buffer.offset() * bytes) % 64, "seed " + seed + ": " + buffer);
                int type = buffer.type().ordinal();
                ends[type] = Math.max(ends[type], (long) bytes * (buffer.offset() + buffer.elements()));
            }
            assertEquals(new ArenaSize(ends[0], ends[1], ends[2], 0), plan.size(), "seed " + seed);
        }
    }

    @Test
    void theSameGraphGetsTheSamePlan() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            Plan one = MemoryPlanner.plan(RandomGraphs.of(seed), CATALOG);
            Plan two = MemoryPlanner.plan(RandomGraphs.of(seed), CATALOG);
            assertEquals(one.buffers(), two.buffers(), "seed " + seed);
            assertTrue(Arrays.equals(one.offsets(), two.offsets()), "seed " + seed);
            assertTrue(Arrays.deepEquals(one.scratch(), two.scratch()), "seed " + seed);
        }
    }

    @Test
    void sharedMemoryGivesTheBitsOfMemoryForEachValue() {
        long shared = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            Graph graph = RandomGraphs.of(seed);
            Plan packed = MemoryPlanner.plan(graph, CATALOG);
            Plan apart = apart(packed);
            shared += packed.size().totalBytes() < apart.size().totalBytes() ? 1 : 0;
            Execution tight = execution(packed);
            Execution loose = execution(apart);
            for (int run = 0; run < 2; run++) {
                set(graph, tight, seed);
                set(graph, loose, seed);
                tight.run();
                loose.run();
                for (Value input : graph.inputs()) {
                    requireSame(loose, tight, input, "seed " + seed + ", input " + input.name());
                }
                for (Value output : graph.outputs()) {
                    requireSame(loose, tight, output, "seed " + seed + ", run " + run + ", output " + output.name());
                }
            }
        }
        assertTrue(shared > GRAPHS * 3 / 4, "only " + shared + " graphs share memory: they prove little");
    }

    /** The same graph with memory of its own for each value and each scratch. */
    private static Plan apart(Plan plan) {
        int[] offsets = new int[plan.offsets().length];
        int[] ends = new int[DType.values().length];
        for (Value value : plan.graph().values()) {
            int type = plan.storage().isWidened(value) ? 0 : value.type().ordinal();
            offsets[value.id()] = ends[type];
            ends[type] += value.shape().elements() + 16;
        }
        int[][] scratch = new int[plan.scratch().length][];
        for (int node = 0; node < scratch.length; node++) {
            Node owner = plan.graph().nodes().get(node);
            int[] sizes = MemoryClasses.operator(CATALOG, owner).scratch(owner.attributes(), owner, plan.storage());
            scratch[node] = new int[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                scratch[node][i] = ends[0];
                ends[0] += sizes[i];
            }
        }
        ArenaSize size = new ArenaSize(4L * ends[0], ends[1], 4L * ends[2], 0);
        return new Plan(plan.graph(), offsets, scratch, plan.storage(), size, List.of(), null);
    }

    private static Execution execution(Plan plan) {
        WeightStore weights = new WeightStore(KernelSource.fixed(KernelProviders.plain()));
        return new Execution(plan, CATALOG, weights, new States(plan.graph()), ALONE);
    }

    /** Fills the arenas with garbage, then sets the inputs. */
    private static void set(Graph graph, Execution execution, long seed) {
        for (Value value : graph.values()) {
            if (value.isConstant()) {
                continue;
            }
            if (value.type() == DType.FLOAT32 || execution.plan().storage().isWidened(value)) {
                FloatRef ref = execution.floats(value);
                Arrays.fill(
                        ref.array(), ref.offset(), ref.offset() + value.shape().elements(), Float.NaN);
            } else {
                ByteRef ref = execution.bytes(value);
                Arrays.fill(
                        ref.array(), ref.offset(), ref.offset() + value.shape().elements(), (byte) 99);
            }
        }
        Random random = new Random(seed);
        for (Value input : graph.inputs()) {
            for (int i = 0; i < input.shape().elements(); i++) {
                if (input.type() == DType.FLOAT32) {
                    FloatRef ref = execution.floats(input);
                    ref.array()[ref.offset() + i] = (float) random.nextGaussian();
                } else {
                    ByteRef ref = execution.bytes(input);
                    ref.array()[ref.offset() + i] = (byte) random.nextInt();
                }
            }
        }
    }

    private static void requireSame(Execution expected, Execution found, Value value, String what) {
        int n = value.shape().elements();
        boolean same;
        if (value.type() == DType.FLOAT32) {
            FloatRef a = expected.floats(value);
            FloatRef b = found.floats(value);
            same = Arrays.equals(a.array(), a.offset(), a.offset() + n, b.array(), b.offset(), b.offset() + n);
        } else {
            ByteRef a = expected.bytes(value);
            ByteRef b = found.bytes(value);
            same = Arrays.equals(a.array(), a.offset(), a.offset() + n, b.array(), b.offset(), b.offset() + n);
        }
        assertTrue(same, what + " differs");
    }
}
