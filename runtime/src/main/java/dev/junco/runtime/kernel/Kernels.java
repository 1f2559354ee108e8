package dev.junco.runtime.kernel;

/**
 * One implementation of every kernel family. A provider (plain, plain with fused multiply-add, vector) is a full set; the set
 * in use may mix providers while vector kernels become ready one by one.
 */
public record Kernels(
        GemmKernels gemm,
        DepthwiseKernels depthwise,
        ElementwiseKernels elementwise,
        PoolingKernels pooling,
        ReductionKernels reduction,
        WidenedKernels widened,
        QuantizedKernels quantized,
        FunctionKernels function) {
    /** Names of the classes in use, in the order of the families. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        Object products = gemm instanceof SplitGemm ? ((SplitGemm) gemm).products() : gemm;
        Object lines = widened instanceof SplitWidened ? ((SplitWidened) widened).lines() : widened;
        for (Object family :
                new Object[] {products, depthwise, elementwise, pooling, reduction, lines, quantized, function}) {
            text.append(text.length() == 0 ? "" : ", ").append(family.getClass().getSimpleName());
        }
        return text.toString();
    }
}
