package dev.junco.runtime.plan;

import dev.junco.runtime.DType;
import dev.junco.runtime.MemoryUse;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.kernel.RowSource;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.ByteRef;
import dev.junco.runtime.op.FloatRef;
import dev.junco.runtime.op.IntRef;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import dev.junco.runtime.op.ShortRef;
import dev.junco.runtime.op.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an execution of a plan would allocate. The operators are bound as ever, to arenas of no elements and to weights that are counted instead of
 * packed; what they make for themselves is counted in their steps.
 */
public final class Estimate implements Binding {
    private static final float[] NO_FLOATS = {};
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_INTS = {};
    private static final short[] NO_SHORTS = {};

    private final Plan plan;
    private final Kernels kernels;
    private final int workers;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Constant, Object> decoded = new IdentityHashMap<>();
    private final Map<Constant, Set<Packing>> packed = new IdentityHashMap<>();
    private final Map<Rescaling, Rescaling> rescalings = new HashMap<>();
    private long packedBytes;

    private Estimate(Plan plan, Kernels kernels, int workers) {
        this.plan = plan;
        this.kernels = kernels;
        this.workers = workers;
    }

    /** All that an interpreter of a plan would hold, with so many workers. */
    public static MemoryUse of(Plan plan, OperatorCatalog catalog, Kernels kernels, int workers) {
        Estimate estimate = new Estimate(plan, kernels, workers);
        for (Node node : plan.graph().nodes()) {
            Operator<Attributes> operator = MemoryClasses.operator(catalog, node);
            operator.bind(node.attributes(), node, estimate);
        }
        // Outputs that are constants are read where the kernels would read them.
        for (Value output : plan.graph().outputs()) {
            if (output.isConstant()) {
                estimate.decode(output);
            }
        }
        Footprint footprint = new Footprint(estimate.given());
        long shared = footprint.count(estimate.rescalings.keySet());
        long ownersOfSteps = (long) Integer.BYTES * estimate.steps.size();
        return new MemoryUse(
                plan.size().totalBytes(),
                Arenas.stateBytes(plan.graph()),
                ownersOfSteps + footprint.count(estimate.steps),
                Arenas.workspaceBytes(workers),
                estimate.weightBytes() + shared);
    }

    private List<Object> given() {
        List<Object> given = new ArrayList<>(decoded.values());
        Collections.addAll(given, NO_FLOATS, NO_BYTES, NO_INTS, NO_SHORTS);
        return given;
    }

    private long weightBytes() {
        long bytes = packedBytes;
        for (Object array : decoded.values()) {
            bytes += Footprint.bytes(array);
        }
        return bytes;
    }

    private Object decode(Value value) {
        return decoded.computeIfAbsent(
                value.constant(), constant -> value.type() == DType.FLOAT32 ? value.floats() : constant.array(1));
    }

    private int offset(Value value) {
        return value.role() == Role.STATE ? 0 : plan.offsets()[value.id()];
    }

    @Override
    public KernelSource kernels() {
        return KernelSource.fixed(kernels);
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public float[][] workspace(int worker) {
        return new float[0][];
    }

    @Override
    public boolean isWidened(Value value) {
        return plan.storage().isWidened(value);
    }

    @Override
    public FloatRef floats(Value value) {
        return value.isConstant() ? new FloatRef((float[]) decode(value), 0) : new FloatRef(NO_FLOATS, offset(value));
    }

    @Override
    public ByteRef bytes(Value value) {
        return value.isConstant() ? new ByteRef((byte[]) decode(value), 0) : new ByteRef(NO_BYTES, offset(value));
    }

    @Override
    public IntRef ints(Value value) {
        return value.isConstant() ? new IntRef((int[]) decode(value), 0) : new IntRef(NO_INTS, offset(value));
    }

    @Override
    public ShortRef shorts(Value value) {
        return value.isConstant() ? new ShortRef((short[]) decode(value), 0) : new ShortRef(NO_SHORTS, offset(value));
    }

    @Override
    public IntRef intScratch(int index) {
        return new IntRef(NO_INTS, 0);
    }

    @Override
    public FloatRef floatScratch(int index) {
        return new FloatRef(NO_FLOATS, 0);
    }

    @Override
    public PackedWeights packed(Value weights, Packing packing) {
        if (packed.computeIfAbsent(weights.constant(), ignored -> new HashSet<>())
                .add(packing)) {
            packedBytes += kernels.gemm().packedBytes(packing.k(), packing.n(), packing.bytes());
        }
        return new PackedWeights(new Unpacked(packing.k(), packing.n()));
    }

    @Override
    public Rescaling shared(Rescaling rescaling) {
        Rescaling known = rescalings.putIfAbsent(rescaling, rescaling);
        return known == null ? rescaling : known;
    }

    @Override
    public void add(Step step) {
        steps.add(step);
    }

    /** A matrix that has a size and no elements. */
    private static final class Unpacked extends PackedMatrix {
        Unpacked(int k, int n) {
            super(k, n);
        }

        @Override
        public int columnBlocks() {
            return 1;
        }

        @Override
        public int firstColumn(int block) {
            return block == 0 ? 0 : n();
        }

        @Override
        public void pack(float[] source, int offset, int rowStride, int columnStride, int fromBlock, int toBlock) {
            throw new IllegalStateException("an estimate packs nothing");
        }

        @Override
        public void multiply(
                RowSource a,
                int fromRow,
                int toRow,
                int fromBlock,
                int toBlock,
                float[] init,
                int initOffset,
                int initStride,
                float[] c,
                int cOffset,
                int cStride,
                float lo,
                float hi,
                float[][] workspace) {
            throw new IllegalStateException("an estimate computes nothing");
        }
    }
}
