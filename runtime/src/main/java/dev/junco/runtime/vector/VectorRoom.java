package dev.junco.runtime.vector;

import dev.junco.runtime.kernel.KernelRoom;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.kernel.fma.FmaRoom;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/** Kernels over module jdk.incubator.vector, which must be there. */
public final class VectorRoom implements KernelRoom {
    @Override
    public Optional<Kernels> kernels(int bits) {
        if (!FmaRoom.fused()) {
            return Optional.empty();
        }
        // scalable vectors may be wider than the widest kernels
        int width = bits == 0 ? Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 512) : bits;
        return switch (width) {
            case 512 ->
                Optional.of(new Kernels(
                        new VectorGemmKernels(new GemmTiles512()),
                        new VectorDepthwiseKernels512(),
                        new VectorElementwiseKernels512(),
                        new VectorPoolingKernels512(),
                        new VectorReductionKernels512(),
                        new VectorWidenedKernels512(),
                        new VectorQuantizedKernels512(),
                        new VectorFunctionKernels512()));
            case 256 ->
                Optional.of(new Kernels(
                        new VectorGemmKernels(new GemmTiles256()),
                        new VectorDepthwiseKernels256(),
                        new VectorElementwiseKernels256(),
                        new VectorPoolingKernels256(),
                        new VectorReductionKernels256(),
                        new VectorWidenedKernels256(),
                        new VectorQuantizedKernels256(),
                        new VectorFunctionKernels256()));
            case 128 ->
                Optional.of(new Kernels(
                        new VectorGemmKernels(new GemmTiles128()),
                        new VectorDepthwiseKernels128(),
                        new VectorElementwiseKernels128(),
                        new VectorPoolingKernels128(),
                        new VectorReductionKernels128(),
                        new VectorWidenedKernels128(),
                        new VectorQuantizedKernels128(),
                        new VectorFunctionKernels128()));
            default -> {
                if (bits == 0) {
                    yield Optional.empty();
                }
                throw new IllegalArgumentException("vectors of " + bits + " bits: expected 128, 256 or 512");
            }
        };
    }
}
