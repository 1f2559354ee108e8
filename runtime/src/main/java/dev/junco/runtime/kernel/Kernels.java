package dev.junco.runtime.kernel;

/**
 * One implementation of every kernel family. A provider (plain, plain with fused multiply-add, vector) is a full set; the set
 * in use may mix providers while vector kernels become ready one by one, and takes note of what it is asked for. Thread-safe.
 */
public final class Kernels {
    private final GemmKernels gemm;
    private final DepthwiseKernels depthwise;
    private final ElementwiseKernels elementwise;
    private final PoolingKernels pooling;
    private final ReductionKernels reduction;
    private final WidenedKernels widened;
    private final QuantizedKernels quantized;
    private final FunctionKernels function;
    private final Demand demand;

    public Kernels(
            GemmKernels gemm,
            DepthwiseKernels depthwise,
            ElementwiseKernels elementwise,
            PoolingKernels pooling,
            ReductionKernels reduction,
            WidenedKernels widened,
            QuantizedKernels quantized,
            FunctionKernels function) {
        this(gemm, depthwise, elementwise, pooling, reduction, widened, quantized, function, new Demand());
    }

    private Kernels(
            GemmKernels gemm,
            DepthwiseKernels depthwise,
            ElementwiseKernels elementwise,
            PoolingKernels pooling,
            ReductionKernels reduction,
            WidenedKernels widened,
            QuantizedKernels quantized,
            FunctionKernels function,
            Demand demand) {
        this.gemm = gemm;
        this.depthwise = depthwise;
        this.elementwise = elementwise;
        this.pooling = pooling;
        this.reduction = reduction;
        this.widened = widened;
        this.quantized = quantized;
        this.function = function;
        this.demand = demand;
    }

    public GemmKernels gemm() {
        demand.note(KernelFamily.PRODUCT);
        return gemm;
    }

    public DepthwiseKernels depthwise() {
        demand.note(KernelFamily.DEPTHWISE);
        return depthwise;
    }

    public ElementwiseKernels elementwise() {
        return elementwise;
    }

    public PoolingKernels pooling() {
        return pooling;
    }

    public ReductionKernels reduction() {
        return reduction;
    }

    public WidenedKernels widened() {
        demand.note(KernelFamily.WIDENED);
        return widened;
    }

    public QuantizedKernels quantized() {
        return quantized;
    }

    public FunctionKernels function() {
        return function;
    }

    /** What this set has been asked for. */
    Demand demand() {
        return demand;
    }

    /** The same kernels, which take note of what they are asked for. */
    Kernels noting() {
        Demand notes = new Demand();
        return new Kernels(
                gemm,
                depthwise,
                SplitElementwise.noting(elementwise, notes),
                SplitPooling.noting(pooling, notes),
                SplitReduction.noting(reduction, notes),
                SplitWidened.noting(widened, notes),
                SplitQuantized.noting(quantized, notes),
                SplitFunction.noting(function, notes),
                notes);
    }

    /** These {@link #noting} kernels with some of a family of another set, a bit each where the family is split. */
    Kernels with(KernelFamily family, int some, Kernels by) {
        return new Kernels(
                SplitGemm.with(family, gemm, by.gemm),
                family == KernelFamily.DEPTHWISE ? by.depthwise : depthwise,
                family == KernelFamily.ELEMENTWISE
                        ? SplitElementwise.with(some, elementwise, by.elementwise)
                        : elementwise,
                family == KernelFamily.POOLING ? SplitPooling.with(some, pooling, by.pooling) : pooling,
                family == KernelFamily.REDUCTION ? SplitReduction.with(some, reduction, by.reduction) : reduction,
                SplitWidened.with(family, some, widened, by.widened),
                family == KernelFamily.QUANTIZED ? SplitQuantized.with(some, quantized, by.quantized) : quantized,
                family == KernelFamily.FUNCTION ? SplitFunction.with(some, function, by.function) : function,
                demand);
    }

    /** The class of the kernels of a family that runs are served by, for people. */
    public static String name(Object family) {
        Object provider = family;
        if (family instanceof SplitGemm) {
            provider = ((SplitGemm) family).products();
        } else if (family instanceof SplitWidened) {
            provider = ((SplitWidened) family).lines(); // which most of the work needs
        } else if (family instanceof Split) {
            provider = ((Split<?>) family).provider();
        }
        return provider.getClass().getSimpleName();
    }

    /** Names of the classes in use, in the order of the families. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Object family :
                new Object[] {gemm, depthwise, elementwise, pooling, reduction, widened, quantized, function}) {
            text.append(text.length() == 0 ? "" : ", ").append(name(family));
        }
        return text.toString();
    }
}
