package dev.junco.runtime.op;

import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PlainDepthwiseKernels;
import dev.junco.runtime.kernel.PlainElementwiseKernels;
import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.PlainReductionKernels;
import dev.junco.runtime.kernel.fma.FmaDepthwiseKernels;
import dev.junco.runtime.kernel.fma.FmaElementwiseKernels;
import dev.junco.runtime.kernel.fma.FmaReductionKernels;
import dev.junco.runtime.vector.VectorDepthwiseKernels128;
import dev.junco.runtime.vector.VectorDepthwiseKernels256;
import dev.junco.runtime.vector.VectorDepthwiseKernels512;
import dev.junco.runtime.vector.VectorElementwiseKernels128;
import dev.junco.runtime.vector.VectorElementwiseKernels256;
import dev.junco.runtime.vector.VectorElementwiseKernels512;
import dev.junco.runtime.vector.VectorPoolingKernels128;
import dev.junco.runtime.vector.VectorPoolingKernels256;
import dev.junco.runtime.vector.VectorPoolingKernels512;
import dev.junco.runtime.vector.VectorQuantizedKernels128;
import dev.junco.runtime.vector.VectorQuantizedKernels256;
import dev.junco.runtime.vector.VectorQuantizedKernels512;
import dev.junco.runtime.vector.VectorReductionKernels128;
import dev.junco.runtime.vector.VectorReductionKernels256;
import dev.junco.runtime.vector.VectorReductionKernels512;
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
        return ALL.subList(1, ALL.size());
    }

    /** All, the plain ones that round twice first. */
    static List<KernelSet> all() {
        return ALL;
    }

    private static List<KernelSet> make() {
        List<KernelSet> sets = new ArrayList<>();
        sets.add(new KernelSet(
                "plain",
                new Kernels(
                        new ScalarGemm(),
                        new PlainDepthwiseKernels(),
                        new PlainElementwiseKernels(),
                        new PlainPoolingKernels(),
                        new PlainReductionKernels(),
                        new PlainQuantizedKernels())));
        sets.add(new KernelSet(
                "plain fused",
                new Kernels(
                        new ScalarGemm(),
                        new FmaDepthwiseKernels(),
                        new FmaElementwiseKernels(),
                        new PlainPoolingKernels(),
                        new FmaReductionKernels(),
                        new PlainQuantizedKernels())));
        if (VECTOR) {
            sets.addAll(Wide.sets());
        }
        return List.copyOf(sets);
    }

    private static final class Wide {
        static List<KernelSet> sets() {
            return List.of(
                    new KernelSet(
                            "vector 128",
                            new Kernels(
                                    new ScalarGemm(),
                                    new VectorDepthwiseKernels128(),
                                    new VectorElementwiseKernels128(),
                                    new VectorPoolingKernels128(),
                                    new VectorReductionKernels128(),
                                    new VectorQuantizedKernels128())),
                    new KernelSet(
                            "vector 256",
                            new Kernels(
                                    new ScalarGemm(),
                                    new VectorDepthwiseKernels256(),
                                    new VectorElementwiseKernels256(),
                                    new VectorPoolingKernels256(),
                                    new VectorReductionKernels256(),
                                    new VectorQuantizedKernels256())),
                    new KernelSet(
                            "vector 512",
                            new Kernels(
                                    new ScalarGemm(),
                                    new VectorDepthwiseKernels512(),
                                    new VectorElementwiseKernels512(),
                                    new VectorPoolingKernels512(),
                                    new VectorReductionKernels512(),
                                    new VectorQuantizedKernels512())));
        }
    }
}
