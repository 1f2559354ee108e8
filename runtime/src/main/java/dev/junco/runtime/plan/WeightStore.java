package dev.junco.runtime.plan;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.kernel.Rescaling;
import dev.junco.runtime.op.PackedWeights;
import dev.junco.runtime.op.Packing;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The constants of a model in the forms that kernels read: decoded once, packed once, shared by all interpreters. When faster kernels take over,
 * products are packed for them in the background, then replaced one by one. Thread-safe.
 */
public final class WeightStore {
    private final KernelSource kernels;
    private final Map<Constant, Object> decoded = new IdentityHashMap<>();
    private final Map<Constant, Map<Packing, Entry>> packed = new IdentityHashMap<>();
    private final Map<Rescaling, Rescaling> rescalings = new HashMap<>();
    /** Held here because the kernel source holds it weakly. */
    private final Runnable repacking = new Repacking();
    /** A store for the kernels of {@code kernels}. */
    public WeightStore(KernelSource kernels) {
        this.kernels = kernels;
        kernels.onChange(repacking);
    }

    /** The kernels that packed weights are made for. */
    public KernelSource kernels() {
        return kernels;
    }

    /** The elements of a constant float32 value. */
    public synchronized float[] floats(Value value) {
        Object elements = decoded.get(value.constant());
        return (float[]) (elements == null ? kept(value, value.floats()) : elements);
    }

    /** The elements of a constant int8 or bool value. */
    public synchronized byte[] bytes(Value value) {
        Object elements = decoded.get(value.constant());
        return (byte[]) (elements == null ? kept(value, value.constant().array(1)) : elements);
    }

    /** The elements of a constant int16 value. */
    public synchronized short[] shorts(Value value) {
        Object elements = decoded.get(value.constant());
        return (short[]) (elements == null ? kept(value, value.constant().int16s()) : elements);
    }

    /** The elements of a constant int32 value. */
    public synchronized int[] ints(Value value) {
        Object elements = decoded.get(value.constant());
        return (int[]) (elements == null ? kept(value, value.constant().int32s()) : elements);
    }

    private Object kept(Value value, Object elements) {
        decoded.put(value.constant(), elements);
        return elements;
    }

    /** Constant weights as the right operand of a product. */
    public synchronized PackedWeights packed(Value value, Packing packing) {
        Map<Packing, Entry> entries = packed.get(value.constant());
        if (entries == null) {
            entries = new HashMap<>();
            packed.put(value.constant(), entries);
        }
        Entry entry = entries.get(packing);
        if (entry == null) {
            entry = new Entry(value, packing, kernels.kernels().gemm());
            entries.put(packing, entry);
        }
        return entry.weights;
    }

    /** {@code rescaling} or one that is equal, prepared for the kernels in use. */
    public synchronized Rescaling shared(Rescaling rescaling) {
        Rescaling known = rescalings.get(rescaling);
        if (known == null) {
            known = rescaling;
            rescalings.put(known, known);
            kernels.kernels().widened().prepare(known);
        }
        return known;
    }

    private static PackedMatrix pack(Value value, Packing packing, GemmKernels gemm) {
        // Not kept: a packed product needs the plain elements no more, and a repacking is rare.
        float[] elements = value.type() == DType.INT8 ? widen(value) : value.floats();
        PackedMatrix matrix = packing.bytes()
                ? gemm.allocateBytes(packing.k(), packing.n())
                : gemm.allocate(packing.k(), packing.n());
        matrix.pack(elements, packing.offset(), packing.rowStride(), packing.columnStride());
        return matrix;
    }

    /** int8 weights without their zero point, as floats that are integers. */
    private static float[] widen(Value value) {
        byte[] integers = value.constant().int8s();
        Quantization scales = value.quantization();
        int zeroPoint = scales.isQuantized() && !scales.isPerAxis() ? scales.zeroPoint() : 0;
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers[i] - zeroPoint;
        }
        return values;
    }

    private synchronized void repack() {
        Kernels wanted = kernels.kernels(); // which note what they are asked for
        for (Rescaling rescaling : rescalings.values()) {
            wanted.widened().prepare(rescaling);
        }
        for (Map<Packing, Entry> entries : packed.values()) {
            for (Map.Entry<Packing, Entry> entry : entries.entrySet()) {
                entry.getValue().serve(entry.getKey(), wanted.gemm());
            }
        }
    }

    private final class Repacking implements Runnable {
        @Override
        public void run() {
            repack();
        }
    }

    /** One packing of one constant and the kernels that it is made for. */
    private static final class Entry {
        private final Value value;
        private final PackedWeights weights;
        private GemmKernels packer;

        Entry(Value value, Packing packing, GemmKernels gemm) {
            this.value = value;
            this.weights = new PackedWeights(pack(value, packing, gemm));
            this.packer = gemm.packer(packing.bytes());
        }

        void serve(Packing packing, GemmKernels wanted) {
            GemmKernels wantedPacker = wanted.packer(packing.bytes());
            if (packer != wantedPacker) {
                weights.replace(pack(value, packing, wanted));
                packer = wantedPacker;
            }
        }
    }
}
