package dev.junco.runtime.plan;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.ArenaSize;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Lays out the arenas of a graph: values whose lifetimes do not meet may share memory. Greedy by size: the largest buffer first, each at the lowest
 * offset that is free during its whole life. Inputs keep their memory for the whole run, so they survive it; outputs live to the end. The same
 * graph always gets the same layout.
 */
public final class MemoryPlanner {
    /** Changes whenever the same graph might get another layout. */
    public static final int VERSION = 4;

    /** Where a large array of floats begins a cache line under G1, whose arrays have 16 bytes of header; elsewhere as good as any offset. */
    private static final int FIRST_FLOAT = 12;

    /** Buffers are multiples of so many bytes apart: a cache line, and the longest vector. */
    private static final int ALIGNMENT = 64;

    private final Graph graph;
    private final OperatorCatalog catalog;
    private final WidenedValues widened;
    private final MemoryClasses classes;

    private MemoryPlanner(Graph graph, List<Graph> otherSizes, OperatorCatalog catalog) {
        this.graph = graph;
        this.catalog = catalog;
        this.widened = new WidenedValues(graph, catalog);
        this.classes = new MemoryClasses(graph, otherSizes, catalog, widened);
    }

    /**
     * Plans a graph. If sizes of its inputs may vary, everything is laid out for the largest, and the same offsets serve all others.
     *
     * @throws GraphException if an arena would exceed 2³¹−1 elements, or the graph cannot be computed at its largest size
     */
    public static Plan plan(Graph graph, OperatorCatalog catalog) {
        if (!graph.isResizable()) {
            return new MemoryPlanner(graph, List.of(), catalog).plan();
        }
        Graph largest = ShapeRewrite.largest(graph, catalog);
        List<Graph> otherSizes = new ArrayList<>();
        otherSizes.add(graph);
        addSmaller(graph, catalog, otherSizes);
        MemoryPlanner planner = new MemoryPlanner(largest, otherSizes, catalog);
        Plan plan = planner.plan();
        return new Plan(
                graph,
                plan.offsets(),
                plan.scratch(),
                plan.storage(),
                plan.size(),
                plan.buffers(),
                planner.reservation());
    }

    /**
     * The plan of a graph in another size.
     *
     * @param plan of the graph as it was declared
     * @param resized the graph for inputs within their bounds
     * @return a plan whose arenas are no larger
     * @throws GraphException if this size needs more memory than the largest
     */
    public static Plan resize(Plan plan, Graph resized, OperatorCatalog catalog) {
        if (plan.reservation() == null || plan.reservation().holds(resized, catalog, plan.storage())) {
            return new Plan(resized, plan.offsets(), plan.scratch(), plan.storage(), plan.size(), plan.buffers(), null);
        }
        // Operators that need more for less, or cannot share as they do at the largest size: a layout of its own, in
        // the arenas that are there.
        Plan own = new MemoryPlanner(resized, List.of(), catalog).plan();
        ArenaSize found = own.size();
        ArenaSize room = plan.size();
        if (found.float32Bytes() > room.float32Bytes()
                || found.int8Bytes() > room.int8Bytes()
                || found.int32Bytes() > room.int32Bytes()
                || found.int16Bytes() > room.int16Bytes()) {
            throw new GraphException("in this size graph '" + resized.name() + "' needs " + found
                    + ", more than at its largest, " + room);
        }
        return new Plan(resized, own.offsets(), own.scratch(), own.storage(), room, own.buffers(), null);
    }

    /** Adds the graph for the smallest size that it can be computed in, of a few that are likely. */
    private static void addSmaller(Graph graph, OperatorCatalog catalog, List<Graph> sizes) {
        for (int divisor : new int[] {Integer.MAX_VALUE, 4, 2}) {
            List<Shape> shapes = new ArrayList<>();
            for (Value input : graph.inputs()) {
                int[] dims = input.shape().dims();
                for (int axis = 0; axis < input.bounds().size(); axis++) {
                    int bound = input.bounds().get(axis);
                    dims[axis] = bound == 0 ? dims[axis] : Math.max(1, bound / divisor);
                }
                shapes.add(Shape.of(dims));
            }
            try {
                sizes.add(ShapeRewrite.withShapes(graph, catalog, shapes));
                return;
            } catch (GraphException tooSmall) {
                // A window that is larger than this image, for instance; the next size is larger.
                continue;
            }
        }
    }

    private Reservation reservation() {
        int[] elements = new int[graph.values().size()];
        for (Value value : graph.values()) {
            if (MemoryClasses.isPlanned(value)) {
                elements[value.id()] =
                        graph.values().get(classes.root(value.id())).shape().elements();
            }
        }
        int[][] scratch = new int[graph.nodes().size()][];
        for (int i = 0; i < scratch.length; i++) {
            Node node = graph.nodes().get(i);
            Operator<Attributes> operator = MemoryClasses.operator(catalog, node);
            int[] floats = operator.scratch(node.attributes(), node, widened);
            int[] ints = operator.intScratch(node.attributes(), node);
            scratch[i] = Arrays.copyOf(floats, floats.length + ints.length);
            System.arraycopy(ints, 0, scratch[i], floats.length, ints.length);
        }
        return new Reservation(elements, classes.joins(), scratch);
    }

    private Plan plan() {
        List<Placement> placements = new ArrayList<>();
        Placement[] byClass = new Placement[graph.values().size()];
        for (Value value : graph.values()) {
            if (!MemoryClasses.isPlanned(value)) {
                continue;
            }
            int root = classes.root(value.id());
            if (byClass[root] == null) {
                Value first = graph.values().get(root);
                byClass[root] = new Placement(
                        first.name(),
                        widened.arena(first),
                        first.shape().elements(),
                        classes.firstNode(root),
                        classes.lastNode(root));
                placements.add(byClass[root]);
            }
        }
        Placement[][] scratch = placeScratch(placements);
        long[] ends = place(placements);
        int[] offsets = new int[graph.values().size()];
        for (Value value : graph.values()) {
            offsets[value.id()] = MemoryClasses.isPlanned(value) ? (int) byClass[classes.root(value.id())].offset : -1;
        }
        int[][] scratchOffsets = new int[scratch.length][];
        for (int node = 0; node < scratch.length; node++) {
            scratchOffsets[node] = new int[scratch[node].length];
            for (int i = 0; i < scratch[node].length; i++) {
                scratchOffsets[node][i] = (int) scratch[node][i].offset;
            }
        }
        List<Buffer> buffers = new ArrayList<>();
        for (Placement p : placements) {
            buffers.add(new Buffer(p.name, p.type, (int) p.offset, p.elements, p.first, p.last));
        }
        ArenaSize size = new ArenaSize(
                ends[DType.FLOAT32.ordinal()] * DType.FLOAT32.bytes(),
                ends[DType.INT8.ordinal()] * DType.INT8.bytes(),
                ends[DType.INT32.ordinal()] * DType.INT32.bytes(),
                ends[DType.INT16.ordinal()] * DType.INT16.bytes());
        return new Plan(graph, offsets, scratchOffsets, widened, size, List.copyOf(buffers), null);
    }

    private Placement[][] placeScratch(List<Placement> placements) {
        List<Node> nodes = graph.nodes();
        Placement[][] scratch = new Placement[nodes.size()][];
        for (int i = 0; i < scratch.length; i++) {
            Node node = nodes.get(i);
            Operator<Attributes> operator = MemoryClasses.operator(catalog, node);
            int[] floats = operator.scratch(node.attributes(), node, widened);
            int[] ints = operator.intScratch(node.attributes(), node);
            scratch[i] = new Placement[floats.length + ints.length];
            for (int j = 0; j < scratch[i].length; j++) {
                boolean real = j < floats.length;
                scratch[i][j] = new Placement(
                        node.name() + " (scratch)",
                        real ? DType.FLOAT32 : DType.INT32,
                        real ? floats[j] : ints[j - floats.length],
                        i,
                        i);
                placements.add(scratch[i][j]);
            }
        }
        return scratch;
    }

    /** Gives every placement its offset; returns the end of each arena in elements, by type. */
    private static long[] place(List<Placement> placements) {
        List<Placement> order = new ArrayList<>(placements);
        // A stable sort: equal sizes stay in the order of the graph.
        Collections.sort(order);
        List<List<Placement>> placed = new ArrayList<>();
        for (int i = 0; i < DType.values().length; i++) {
            placed.add(new ArrayList<>());
        }
        long[] ends = new long[DType.values().length];
        for (Placement p : order) {
            List<Placement> others = placed.get(p.type.ordinal());
            long aligned = ALIGNMENT / p.type.bytes();
            long base = p.type == DType.FLOAT32 ? FIRST_FLOAT : 0;
            long offset = base;
            // others is sorted by offset, so the first gap that is wide enough is the lowest.
            for (Placement other : others) {
                boolean meet = other.first <= p.last && p.first <= other.last;
                if (meet && offset + p.elements > other.offset && other.offset + other.elements > offset) {
                    offset = (other.offset + other.elements - base + aligned - 1) / aligned * aligned + base;
                }
            }
            p.offset = offset;
            long end = offset + p.elements;
            if (end > Integer.MAX_VALUE - 64) {
                throw new GraphException("the graph needs an arena of more than 2^31 elements of type " + p.type);
            }
            ends[p.type.ordinal()] = Math.max(ends[p.type.ordinal()], end);
            int at = 0;
            while (at < others.size() && others.get(at).offset <= offset) {
                at++;
            }
            others.add(at, p);
        }
        return ends;
    }

    /** Ordered by size, the largest first. */
    private static final class Placement implements Comparable<Placement> {
        private final String name;
        private final DType type;
        private final int elements;
        private final int first;
        private final int last;
        private long offset;

        Placement(String name, DType type, int elements, int first, int last) {
            this.name = name;
            this.type = type;
            this.elements = elements;
            this.first = first;
            this.last = last;
        }

        private long bytes() {
            return (long) elements * type.bytes();
        }

        @Override
        public int compareTo(Placement other) {
            return Long.compare(other.bytes(), bytes());
        }
    }
}
