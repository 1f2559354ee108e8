package dev.junco.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/** The families of {@link Kernels}, in the order in which they are worth warming. */
enum KernelFamily {
    PRODUCT {
        @Override
        List<KernelTrial.Problem> problems() {
            return GemmTrials.PRODUCTS;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return withGemm(k, SplitGemm.withProducts(k.gemm(), by.gemm()));
        }
    },
    DEPTHWISE {
        @Override
        List<KernelTrial.Problem> problems() {
            return WindowTrials.DEPTHWISE;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    by.depthwise(),
                    k.elementwise(),
                    k.pooling(),
                    k.reduction(),
                    k.widened(),
                    k.quantized(),
                    k.function());
        }
    },
    ELEMENTWISE {
        @Override
        List<KernelTrial.Problem> problems() {
            return ElementwiseTrials.PROBLEMS;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    k.depthwise(),
                    by.elementwise(),
                    k.pooling(),
                    k.reduction(),
                    k.widened(),
                    k.quantized(),
                    k.function());
        }
    },
    REDUCTION {
        @Override
        List<KernelTrial.Problem> problems() {
            return ReductionTrials.PROBLEMS;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    k.depthwise(),
                    k.elementwise(),
                    k.pooling(),
                    by.reduction(),
                    k.widened(),
                    k.quantized(),
                    k.function());
        }
    },
    POOLING {
        @Override
        List<KernelTrial.Problem> problems() {
            return WindowTrials.POOLING;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    k.depthwise(),
                    k.elementwise(),
                    by.pooling(),
                    k.reduction(),
                    k.widened(),
                    k.quantized(),
                    k.function());
        }
    },
    /** Results from 0 on, and the way to and from bytes. */
    WIDENED {
        @Override
        List<KernelTrial.Problem> problems() {
            return WidenedTrials.LINES;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return withWidened(k, new SplitWidened(by.widened(), k.widened()));
        }
    },
    /** All results, and sums. */
    WIDENED_REST {
        @Override
        List<KernelTrial.Problem> problems() {
            return WidenedTrials.REST;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return withWidened(
                    k,
                    k.widened() instanceof SplitWidened ? by.widened() : new SplitWidened(k.widened(), by.widened()));
        }
    },
    QUANTIZED {
        @Override
        List<KernelTrial.Problem> problems() {
            return QuantizedTrials.PROBLEMS;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    k.depthwise(),
                    k.elementwise(),
                    k.pooling(),
                    k.reduction(),
                    k.widened(),
                    by.quantized(),
                    k.function());
        }
    },
    FUNCTION {
        @Override
        List<KernelTrial.Problem> problems() {
            return FunctionTrials.PROBLEMS;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return new Kernels(
                    k.gemm(),
                    k.depthwise(),
                    k.elementwise(),
                    k.pooling(),
                    k.reduction(),
                    k.widened(),
                    k.quantized(),
                    by.function());
        }
    },
    /** int8 results from 0 on in the registers of products; the products of {@link #PRODUCT} are replaced before. */
    RESCALED_PRODUCT {
        @Override
        List<KernelTrial.Problem> problems() {
            return GemmTrials.RESCALED;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return withGemm(k, SplitGemm.withRescaled(k.gemm(), by.gemm()));
        }
    },
    /** Of training alone; the products of {@link #PRODUCT} are replaced before. */
    TRANSPOSED_PRODUCT {
        @Override
        List<KernelTrial.Problem> problems() {
            return GemmTrials.TRANSPOSED;
        }

        @Override
        Kernels replace(Kernels k, Kernels by) {
            return withGemm(k, SplitGemm.withTransposed(k.gemm(), by.gemm()));
        }
    };

    /** One problem for each kernel of the family that is compiled by itself. */
    abstract List<KernelTrial.Problem> problems();

    /** {@code kernels} with this family taken from {@code by}. */
    abstract Kernels replace(Kernels kernels, Kernels by);

    private static Kernels withGemm(Kernels k, GemmKernels gemm) {
        return new Kernels(
                gemm,
                k.depthwise(),
                k.elementwise(),
                k.pooling(),
                k.reduction(),
                k.widened(),
                k.quantized(),
                k.function());
    }

    private static Kernels withWidened(Kernels k, WidenedKernels widened) {
        return new Kernels(
                k.gemm(),
                k.depthwise(),
                k.elementwise(),
                k.pooling(),
                k.reduction(),
                widened,
                k.quantized(),
                k.function());
    }

    final List<KernelTrial> trials(Kernels plain, Kernels vector) {
        List<KernelTrial> trials = new ArrayList<>();
        for (KernelTrial.Problem problem : problems()) {
            trials.add(KernelTrial.of(plain, vector, problem));
        }
        return trials;
    }
}
