package dev.junco.runtime.kernel;

import java.util.Optional;

/** The sets of kernels that this platform can run. All methods are thread-safe. */
public final class KernelProviders {
    private static final String FUSED_ROOM = "dev.junco.runtime.kernel.fma.FmaRoom";
    private static final String VECTOR_ROOM = "dev.junco.runtime.vector.VectorRoom";
    private static final String VECTOR_API = "jdk.incubator.vector.Vector";

    private KernelProviders() {}

    /**
     * Kernels without the Vector API: with fused multiply-adds where the processor has them, else with two roundings. On Android always with two:
     * only its newest versions have the method, and no version's compiler makes vectors of it.
     */
    public static Kernels plain() {
        return Plain.KERNELS;
    }

    /** Vector kernels of the processor's preferred width, or empty where module jdk.incubator.vector is absent. */
    public static Optional<Kernels> vector() {
        return vector(0);
    }

    /**
     * Vector kernels of a width, whether the processor is fast at it or not.
     *
     * @param bits 128, 256 or 512, or 0 for the preferred width
     */
    public static Optional<Kernels> vector(int bits) {
        return present(VECTOR_API) ? room(VECTOR_ROOM, bits) : Optional.empty();
    }

    /**
     * Plain kernels now, vector kernels family by family once they have proved faster on this JVM. All callers share one
     * source and one warm-up, because compiled code is shared too. The warm-up waits for {@link KernelSource#answered}.
     */
    public static KernelSource automatic() {
        return Automatic.SOURCE;
    }

    private static Optional<Kernels> room(String name, int bits) {
        try {
            KernelRoom room =
                    (KernelRoom) Class.forName(name).getDeclaredConstructor().newInstance();
            return room.kernels(bits);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Optional.empty();
        }
    }

    private static boolean present(String className) {
        try {
            Class.forName(className, false, KernelProviders.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private static final class Plain {
        static final Kernels KERNELS = kernels();

        private static Kernels kernels() {
            boolean android = "Dalvik".equals(System.getProperty("java.vm.name"));
            Optional<Kernels> fused = android ? Optional.empty() : room(FUSED_ROOM, 0);
            return fused.isPresent()
                    ? fused.get()
                    : new Kernels(
                            android ? new DotGemmKernels() : new PlainGemmKernels(),
                            new PlainDepthwiseKernels(),
                            new PlainElementwiseKernels(),
                            new PlainPoolingKernels(),
                            new PlainReductionKernels(),
                            new PlainWidenedKernels(),
                            new PlainQuantizedKernels(),
                            new PlainFunctionKernels());
        }
    }

    private static final class Automatic {
        static final KernelSource SOURCE =
                present(VECTOR_API) ? WarmingKernels.inBackground(plain()) : KernelSource.fixed(plain());
    }
}
