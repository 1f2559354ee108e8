package dev.junco.runtime.op;

import dev.junco.runtime.kernel.DotGemmKernels;
import dev.junco.runtime.kernel.GemmKernels;
import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PlainDepthwiseKernels;
import dev.junco.runtime.kernel.PlainElementwiseKernels;
import dev.junco.runtime.kernel.PlainFunctionKernels;
import dev.junco.runtime.kernel.PlainGemmKernels;
import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.PlainReductionKernels;
import dev.junco.runtime.kernel.PlainWidenedKernels;
import java.util.ArrayList;
import java.util.List;

/** All kernels that this JVM can run. */
final class KernelSets {
    /** The kernels of one provider. */
    record KernelSet(String name, Kernels kernels) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private static final List<KernelSet> ALL = make();

    private KernelSets() {}

    /** Those that round once per multiply-add, which all give the same bits; the first is plain. */
    static List<KernelSet> fused() {
        return ALL.subList(2, ALL.size());
    }

    /** The plain ones of Android. */
    static KernelSet android() {
        return ALL.get(1);
    }

    /** All, the plain ones of platforms without fused multiply-add first. */
    static List<KernelSet> all() {
        return ALL;
    }

    private static List<KernelSet> make() {
        List<KernelSet> sets = new ArrayList<>();
        sets.add(new KernelSet("unfused", unfused(new PlainGemmKernels())));
        sets.add(new KernelSet("android", unfused(new DotGemmKernels())));
        sets.add(new KernelSet("plain", KernelProviders.plain()));
        for (int bits : new int[] {128, 256, 512}) {
            KernelProviders.vector(bits).ifPresent(kernels -> sets.add(new KernelSet("vector " + bits, kernels)));
        }
        return List.copyOf(sets);
    }

    private static Kernels unfused(GemmKernels products) {
        return new Kernels(
                products,
                new PlainDepthwiseKernels(),
                new PlainElementwiseKernels(),
                new PlainPoolingKernels(),
                new PlainReductionKernels(),
                new PlainWidenedKernels(),
                new PlainQuantizedKernels(),
                new PlainFunctionKernels());
    }
}
