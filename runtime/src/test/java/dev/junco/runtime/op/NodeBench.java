package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.Rescaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One node bound to arrays of its own, with guards around each; steps run in any split and order. */
final class NodeBench implements Binding {
    private static final int WORKERS = 3;

    /** Work that teams in the tests share; smaller than what pays, so that cases need not be large. */
    static final long WORTH_SPLITTING = 1 << 16;

    /** Elements before and behind each tensor; odd, so that nothing is aligned. */
    private static final int GUARD = 37;

    private static final float FLOAT_GUARD = Float.intBitsToFloat(0x7fc5a5a5);
    private static final byte BYTE_GUARD = 0x5a;
    private static final int INT_GUARD = 0x5a5a5a5a;

    private final OpCase opCase;
    private final Node node;
    private final KernelSource kernels;
    private final Widened widened;
    private final Map<Value, Object> arrays = new HashMap<>();
    private final List<Object> scratch = new ArrayList<>();
    private final int floatScratches;
    private final List<Step> steps = new ArrayList<>();
    private final float[][][] workspaces =
            new float[WORKERS][GemmKernels.WORKSPACE_ROWS][GemmKernels.WORKSPACE_COLUMNS];

    /** A bench; with {@code inPlace} at least 0 the result takes the place of that operand. */
    NodeBench(OpCase opCase, Kernels kernels, int inPlace) {
        this(opCase, OpCase.node(opCase.graph()), kernels, inPlace, Widened.NONE);
    }

    /** A bench for the case's node whose values lie in a certain way. */
    NodeBench(OpCase opCase, Node node, Kernels kernels, int inPlace, Widened widened) {
        this.opCase = opCase;
        this.node = node;
        this.kernels = KernelSource.fixed(kernels);
        this.widened = widened;
        List<Object> data = opCase.data();
        for (int i = 0; i < node.inputs().size(); i++) {
            arrays.put(node.input(i), guarded(widened.lay(node.input(i), data.get(i))));
        }
        for (Value y : node.outputs()) {
            boolean over = inPlace >= 0 && y == node.output();
            arrays.put(
                    y,
                    over
                            ? arrays.get(node.input(inPlace))
                            : garbage(
                                    isWidened(y) ? DType.FLOAT32 : y.type().arena(),
                                    y.shape().elements()));
        }
        Operator<Attributes> operator = operator(node.attributes());
        for (int elements : operator.scratch(node.attributes(), node, widened)) {
            scratch.add(garbage(DType.FLOAT32, elements));
        }
        floatScratches = scratch.size();
        for (int elements : operator.intScratch(node.attributes(), node)) {
            scratch.add(garbage(DType.INT32, elements));
        }
        operator.bind(node.attributes(), node, this);
    }

    @SuppressWarnings("unchecked") // the catalog finds the operator by the attributes' class
    static Operator<Attributes> operator(Attributes attributes) {
        return (Operator<Attributes>) (Operator<?>) OperatorCatalog.standard().of(attributes);
    }

    /** All units of a step in one call. */
    NodeBench runWhole() {
        restart();
        for (Step step : steps) {
            step.run(0, step.units(), 0);
        }
        return this;
    }

    /** Unit by unit, the last one first, each by another worker. */
    NodeBench runReversed() {
        restart();
        for (Step step : steps) {
            for (int unit = step.units() - 1; unit >= 0; unit--) {
                step.run(unit, unit + 1, unit % WORKERS);
            }
        }
        return this;
    }

    /** In two uneven parts. */
    NodeBench runSplit() {
        restart();
        for (Step step : steps) {
            int units = step.units();
            step.run(units / 3, units, 1);
            step.run(0, units / 3, 2);
        }
        return this;
    }

    /** Whether threads would share a step. */
    boolean worthSplitting() {
        return steps.stream().anyMatch(step -> step.work() >= WORTH_SPLITTING);
    }

    /** Puts states back to their start. */
    private void restart() {
        for (int i = 0; i < node.inputs().size(); i++) {
            if (node.input(i).role() == Role.STATE) {
                Object start = opCase.data().get(i);
                System.arraycopy(start, 0, arrays.get(node.input(i)), GUARD, length(start));
            }
        }
    }

    /** The results, then the states after the run; fails if anything else was written. */
    List<Object> result() {
        List<Object> data = opCase.data();
        List<Object> found = new ArrayList<>();
        Object first = node.outputs().isEmpty() ? null : arrays.get(node.output());
        for (Value y : node.outputs()) {
            requireGuards(arrays.get(y), "result");
            found.add(widened.read(y, content(arrays.get(y))));
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            Object array = arrays.get(node.input(i));
            requireGuards(array, "operand " + i);
            if (node.input(i).role() == Role.STATE) {
                found.add(content(array));
            } else if (array != first) {
                Object elements = widened.read(node.input(i), content(array));
                Bits.assertSame(data.get(i), elements, opCase + ": operand " + i + " was changed");
            }
        }
        for (Object array : scratch) {
            requireGuards(array, "scratch");
        }
        return found;
    }

    private static Object guarded(Object data) {
        DType type = data instanceof float[]
                ? DType.FLOAT32
                : data instanceof byte[] ? DType.INT8 : data instanceof short[] ? DType.INT16 : DType.INT32;
        Object array = garbage(type, length(data));
        System.arraycopy(data, 0, array, GUARD, length(data));
        return array;
    }

    private static Object garbage(DType type, int n) {
        if (type == DType.FLOAT32) {
            float[] array = new float[n + 2 * GUARD];
            Arrays.fill(array, FLOAT_GUARD);
            return array;
        }
        if (type == DType.INT8) {
            byte[] array = new byte[n + 2 * GUARD];
            Arrays.fill(array, BYTE_GUARD);
            return array;
        }
        if (type == DType.INT16) {
            short[] array = new short[n + 2 * GUARD];
            Arrays.fill(array, (short) INT_GUARD);
            return array;
        }
        int[] array = new int[n + 2 * GUARD];
        Arrays.fill(array, INT_GUARD);
        return array;
    }

    private static int length(Object array) {
        return java.lang.reflect.Array.getLength(array);
    }

    private static Object content(Object array) {
        int end = length(array) - GUARD;
        if (array instanceof float[] floats) {
            return Arrays.copyOfRange(floats, GUARD, end);
        }
        if (array instanceof short[] shorts) {
            return Arrays.copyOfRange(shorts, GUARD, end);
        }
        return array instanceof byte[] bytes
                ? Arrays.copyOfRange(bytes, GUARD, end)
                : Arrays.copyOfRange((int[]) array, GUARD, end);
    }

    private void requireGuards(Object array, String what) {
        for (int i = 0; i < GUARD; i++) {
            for (int at : new int[] {i, length(array) - 1 - i}) {
                if (!isGuard(array, at)) {
                    fail(opCase + ": wrote beside the " + what + ", at " + (at - GUARD));
                }
            }
        }
    }

    private static boolean isGuard(Object array, int at) {
        if (array instanceof float[] floats) {
            return Float.floatToRawIntBits(floats[at]) == Float.floatToRawIntBits(FLOAT_GUARD);
        }
        if (array instanceof short[] shorts) {
            return shorts[at] == (short) INT_GUARD;
        }
        return array instanceof byte[] bytes ? bytes[at] == BYTE_GUARD : ((int[]) array)[at] == INT_GUARD;
    }

    @Override
    public KernelSource kernels() {
        return kernels;
    }

    @Override
    public int workers() {
        return WORKERS;
    }

    @Override
    public float[][] workspace(int worker) {
        return workspaces[worker];
    }

    @Override
    public boolean isWidened(Value value) {
        return widened.isWidened(value);
    }

    @Override
    public FloatRef floats(Value value) {
        return new FloatRef((float[]) arrays.get(value), GUARD);
    }

    @Override
    public ByteRef bytes(Value value) {
        return new ByteRef((byte[]) arrays.get(value), GUARD);
    }

    @Override
    public IntRef ints(Value value) {
        return new IntRef((int[]) arrays.get(value), GUARD);
    }

    @Override
    public ShortRef shorts(Value value) {
        return new ShortRef((short[]) arrays.get(value), GUARD);
    }

    @Override
    public IntRef intScratch(int index) {
        return new IntRef((int[]) scratch.get(floatScratches + index), GUARD);
    }

    @Override
    public FloatRef floatScratch(int index) {
        return new FloatRef((float[]) scratch.get(index), GUARD);
    }

    @Override
    public PackedWeights packed(Value weights, Packing packing) {
        float[] elements = weights.type() == DType.FLOAT32 ? weights.floats() : widened(weights);
        GemmKernels gemm = kernels.kernels().gemm();
        PackedMatrix matrix = packing.bytes()
                ? gemm.allocateBytes(packing.k(), packing.n())
                : gemm.allocate(packing.k(), packing.n());
        matrix.pack(elements, packing.offset(), packing.rowStride(), packing.columnStride());
        return new PackedWeights(matrix);
    }

    private static float[] widened(Value weights) {
        byte[] bytes = weights.constant().int8s();
        float[] elements = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            elements[i] = bytes[i] - Products.weightsZeroPoint(weights);
        }
        return elements;
    }

    @Override
    public Rescaling shared(Rescaling rescaling) {
        kernels().kernels().widened().prepare(rescaling);
        return rescaling;
    }

    @Override
    public void add(Step step) {
        assertEquals(true, step.units() > 0, "a step has at least one unit");
        steps.add(step);
    }
}
