package dev.junco.runtime.kernel.fma;

import dev.junco.runtime.kernel.KernelRoom;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.PlainPoolingKernels;
import dev.junco.runtime.kernel.PlainQuantizedKernels;
import dev.junco.runtime.kernel.PlainWidenedKernels;
import java.util.Optional;

/** Plain kernels with fused multiply-adds, for processors that have them. */
public final class FmaRoom implements KernelRoom {
    private static final int CALLS = 100;

    /** Half a microsecond a call: hardware takes a tenth of it even when interpreted, BigDecimal several times as long. */
    private static final long LIMIT_NANOS = CALLS * 500L;

    @Override
    public Optional<Kernels> kernels(int bits) {
        if (!fused()) {
            return Optional.empty();
        }
        return Optional.of(new Kernels(
                new FmaGemmKernels(),
                new FmaDepthwiseKernels(),
                new FmaElementwiseKernels(),
                new PlainPoolingKernels(),
                new FmaReductionKernels(),
                new PlainWidenedKernels(),
                new PlainQuantizedKernels(),
                new FmaFunctionKernels()));
    }

    /**
     * Whether {@link Math#fma(float, float, float)} is an instruction here and not its exact emulation in software. The best of
     * several measurements, so that a pause of this thread does not change the answer.
     */
    public static boolean fused() {
        float x = 1;
        for (int batch = 0; batch < 10; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                x = Math.fma(x, 0.7f, 0.1f);
            }
            if (System.nanoTime() - start < LIMIT_NANOS) {
                return x > 0;
            }
        }
        return false;
    }
}
