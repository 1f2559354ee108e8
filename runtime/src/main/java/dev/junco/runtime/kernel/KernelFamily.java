package dev.junco.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/** The families of {@link Kernels}, in the order in which they are worth warming. */
enum KernelFamily {
    /** But for the main tile. */
    PRODUCT(false),
    /** int8 results from 0 on, and the way to and from bytes. */
    WIDENED(false),
    DEPTHWISE(false),
    /** int8 results of both signs, and sums; {@link #WIDENED} is replaced before. */
    WIDENED_REST(true),
    ELEMENTWISE(true),
    FUNCTION(true),
    QUANTIZED(true),
    /** int8 results from 0 on in the registers of products; {@link #PRODUCT} is replaced before. */
    RESCALED_PRODUCT(false),
    /** By the main tile; {@link #PRODUCT} is replaced before. */
    MAIN_PRODUCT(false),
    REDUCTION(true),
    POOLING(true);

    static final KernelFamily[] ALL = values();

    private final boolean split;

    KernelFamily(boolean split) {
        this.split = split;
    }

    /** Whether each kernel of the family is replaced by itself; if not, the family is as a whole. */
    boolean isSplit() {
        return split;
    }

    /** The problems of some kernels, a bit each, or all problems of a family that is not split. */
    List<KernelTrial.Problem> problems(int some) {
        if (!split) {
            return problems();
        }
        List<KernelTrial.Problem> chosen = new ArrayList<>();
        for (int i = 0; i < problems().size(); i++) {
            if ((some >> i & 1) != 0) {
                chosen.add(problems().get(i));
            }
        }
        return chosen;
    }

    /** One problem for each kernel of the family: of a split one by number, else for each that is compiled by itself. */
    List<KernelTrial.Problem> problems() {
        switch (this) {
            case PRODUCT:
                return GemmTrials.PRODUCTS;
            case WIDENED:
                return WidenedTrials.LINES;
            case DEPTHWISE:
                return WindowTrials.DEPTHWISE;
            case WIDENED_REST:
                return WidenedTrials.REST;
            case RESCALED_PRODUCT:
                return GemmTrials.RESCALED;
            case MAIN_PRODUCT:
                return GemmTrials.MAIN;
            case QUANTIZED:
                return QuantizedTrials.PROBLEMS;
            case ELEMENTWISE:
                return ElementwiseTrials.PROBLEMS;
            case REDUCTION:
                return ReductionTrials.PROBLEMS;
            case POOLING:
                return WindowTrials.POOLING;
            default:
                return FunctionTrials.PROBLEMS;
        }
    }
}
