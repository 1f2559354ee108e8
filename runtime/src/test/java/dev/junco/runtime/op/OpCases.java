package dev.junco.runtime.op;

import java.util.ArrayList;
import java.util.List;

/** Every operator at work, float32 and int8: an operator's line here is what proves it. */
final class OpCases {
    private OpCases() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>(ProductCases.all());
        cases.addAll(ImageCases.all());
        cases.addAll(ElementwiseCases.all());
        cases.addAll(RecurrentCases.all());
        cases.addAll(MatrixCases.all());
        cases.addAll(MoveCases.all());
        cases.addAll(HybridCases.all());
        cases.addAll(UnaryCases.all());
        cases.addAll(ArithmeticCases.all());
        cases.addAll(ReductionCases.all());
        cases.addAll(ResizeCases.all());
        cases.addAll(TransposeConvCases.all());
        cases.addAll(NormalizationCases.all());
        cases.addAll(DetectionCases.all());
        cases.addAll(SignalCases.all());
        cases.addAll(Int16Cases.all());
        return cases;
    }

    /** Those whose meaning in double precision is defined. */
    static List<OpCase> float32() {
        return all().stream().filter(c -> !c.isInt8()).toList();
    }

    /** Those with int8 operands or result. */
    static List<OpCase> int8() {
        return all().stream().filter(OpCase::isInt8).toList();
    }

    /** Those with enough work for more than one thread. */
    static List<OpCase> large() {
        return all().stream()
                .filter(c -> new NodeBench(c, KernelSets.fused().get(0).kernels(), -1).worthSplitting())
                .toList();
    }
}
