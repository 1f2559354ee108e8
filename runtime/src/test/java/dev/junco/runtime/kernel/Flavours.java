package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.junco.runtime.kernel.fma.FmaDepthwiseKernels;
import dev.junco.runtime.kernel.fma.FmaElementwiseKernels;
import dev.junco.runtime.kernel.fma.FmaGemmKernels;
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
import dev.junco.runtime.vector.VectorWidenedKernels128;
import dev.junco.runtime.vector.VectorWidenedKernels256;
import dev.junco.runtime.vector.VectorWidenedKernels512;
import java.util.ArrayList;
import java.util.List;

/** The flavours of each kernel family that this JVM can run, all of them: the tests choose none. */
final class Flavours {
    /** One flavour of a family. */
    record Flavour<K>(String name, K kernels) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Flavours() {}

    /** Skips a test, with a reason, where only plain kernels run. */
    static void assumeVector() {
        assumeTrue(VECTOR, "module jdk.incubator.vector is not there: no vector kernels to compare");
    }

    static List<Flavour<GemmKernels>> gemm() {
        List<Flavour<GemmKernels>> all = new ArrayList<>();
        all.add(new Flavour<>("plain", new PlainGemmKernels()));
        all.add(new Flavour<>("plain dot", new DotGemmKernels()));
        all.add(new Flavour<>("fused", new FmaGemmKernels()));
        for (int bits : new int[] {128, 256, 512}) {
            KernelProviders.vector(bits).ifPresent(k -> all.add(new Flavour<>("vector" + bits, k.gemm())));
        }
        return all;
    }

    static List<Flavour<ElementwiseKernels>> elementwise() {
        return with(
                VECTOR ? Wide.elementwise() : List.of(), new PlainElementwiseKernels(), new FmaElementwiseKernels());
    }

    static List<Flavour<ReductionKernels>> reduction() {
        return with(VECTOR ? Wide.reduction() : List.of(), new PlainReductionKernels(), new FmaReductionKernels());
    }

    static List<Flavour<DepthwiseKernels>> depthwise() {
        return with(VECTOR ? Wide.depthwise() : List.of(), new PlainDepthwiseKernels(), new FmaDepthwiseKernels());
    }

    static List<Flavour<PoolingKernels>> pooling() {
        return with(VECTOR ? Wide.pooling() : List.of(), new PlainPoolingKernels(), null);
    }

    static List<Flavour<QuantizedKernels>> quantized() {
        return with(VECTOR ? Wide.quantized() : List.of(), new PlainQuantizedKernels(), null);
    }

    static List<Flavour<WidenedKernels>> widened() {
        return with(VECTOR ? Wide.widened() : List.of(), new PlainWidenedKernels(), null);
    }

    private static <K> List<Flavour<K>> with(List<K> wide, K plain, K fused) {
        List<Flavour<K>> all = new ArrayList<>();
        all.add(new Flavour<>("plain", plain));
        if (fused != null) {
            all.add(new Flavour<>("fused", fused));
        }
        for (K kernels : wide) {
            all.add(new Flavour<>(kernels.getClass().getSimpleName(), kernels));
        }
        return all;
    }

    /** Apart, so that the classes over jdk.incubator.vector are loaded only where it is. */
    private static final class Wide {
        static List<ElementwiseKernels> elementwise() {
            return List.of(
                    new VectorElementwiseKernels128(),
                    new VectorElementwiseKernels256(),
                    new VectorElementwiseKernels512());
        }

        static List<ReductionKernels> reduction() {
            return List.of(
                    new VectorReductionKernels128(), new VectorReductionKernels256(), new VectorReductionKernels512());
        }

        static List<DepthwiseKernels> depthwise() {
            return List.of(
                    new VectorDepthwiseKernels128(), new VectorDepthwiseKernels256(), new VectorDepthwiseKernels512());
        }

        static List<PoolingKernels> pooling() {
            return List.of(new VectorPoolingKernels128(), new VectorPoolingKernels256(), new VectorPoolingKernels512());
        }

        static List<WidenedKernels> widened() {
            return List.of(new VectorWidenedKernels128(), new VectorWidenedKernels256(), new VectorWidenedKernels512());
        }

        static List<QuantizedKernels> quantized() {
            return List.of(
                    new VectorQuantizedKernels128(), new VectorQuantizedKernels256(), new VectorQuantizedKernels512());
        }
    }
}
