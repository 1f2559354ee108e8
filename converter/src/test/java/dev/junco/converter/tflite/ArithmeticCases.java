package dev.junco.converter.tflite;

import static dev.junco.converter.tflite.OperatorCase.dims;

import dev.junco.converter.tflite.FlatWriter.Table;
import java.util.List;
import java.util.stream.Stream;

/** Operators that compute element by element, and reductions. */
final class ArithmeticCases {
    private static final int VALID = 1;

    private ArithmeticCases() {}

    static Stream<OperatorCase> all() {
        return Stream.of(pairs(), functions(), roundings(), reductions(), sums())
                .flatMap(List::stream);
    }

    private static List<OperatorCase> pairs() {
        int[] two = {2};
        return List.of(
                OperatorCase.of("ADD_N", 106)
                        .given(two, 1, 2)
                        .reals(two, 3, 4)
                        .given(two, 10, 20)
                        .answers(two, 14, 26),
                OperatorCase.of("ADD_N, one operand", 106).given(two, 1, 2).answers(two, 1, 2),
                OperatorCase.of("ATAN2", 156)
                        .given(two, 1, -2)
                        .reals(two, 1, -3)
                        .answers(two, Math.PI / 4, Math.atan2(-2, -3)),
                OperatorCase.of("FLOOR_DIV", 90)
                        .given(two, 7, -7)
                        .reals(two, 2, 2)
                        .answers(two, 3, -4),
                OperatorCase.of("FLOOR_DIV, integers", 90)
                        .given(SmallFile.INT32, two, 7, -7)
                        .ints(two, 2, 2)
                        .answers(SmallFile.INT32, two, 3, -4),
                OperatorCase.of("FLOOR_MOD", 95)
                        .given(two, 7, -7)
                        .reals(two, 3, 3)
                        .answers(two, 1, 2),
                OperatorCase.of("FLOOR_MOD, integers", 95)
                        .given(SmallFile.INT32, two, 7, 7)
                        .ints(two, 3, -3)
                        .answers(SmallFile.INT32, two, 1, -2),
                OperatorCase.of("SQUARED_DIFFERENCE", 99)
                        .given(two, 1, 5)
                        .reals(two, 3, 2)
                        .answers(two, 4, 9),
                // (2 − 1)² / 0.5 = 2, (3 − 1)² / 0.5 = 8
                OperatorCase.of("SQUARED_DIFFERENCE, int8", 99)
                        .scaled(SmallFile.INT8, 0.5f, 0, two, 4, 6)
                        .scaled(SmallFile.INT8, 0.5f, 0, two, 2, 2)
                        .answersScaled(SmallFile.INT8, 0.5f, 0, two, 2, 8),
                OperatorCase.of("SELECT_V2", 123)
                        .given(SmallFile.BOOL, two, 1, 0)
                        .reals(two, 1, 2)
                        .reals(dims(), 7)
                        .answers(two, 1, 7));
    }

    private static List<OperatorCase> functions() {
        int[] three = {3};
        return List.of(
                OperatorCase.of("ELU", 111).given(three, 1, 0, -1).answers(three, 1, 0, Math.exp(-1) - 1),
                // x Φ(x); Φ(1) = 0.8413447 and Φ(−2) = 0.0227501
                OperatorCase.of("GELU", 150).given(three, 0, 1, -2).answers(three, 0, 0.8413447, -0.0455003),
                OperatorCase.of("GELU, by tanh", 150)
                        .options(new Table().int8(0, 1))
                        .given(three, 0, 1, -2)
                        .answers(three, 0, byTanh(1), byTanh(-2)),
                OperatorCase.of("RELU_0_TO_1", 152).given(three, -1, 0.5, 2).answers(three, 0, 0.5, 1),
                OperatorCase.of("SIGN", 158).given(three, -3, 0, 2).answers(three, -1, 0, 1),
                OperatorCase.of("L2_NORMALIZATION", 11)
                        .given(dims(2, 2), 3, 4, 0, -2)
                        .answers(dims(2, 2), 0.6, 0.8, 0, -1),
                OperatorCase.of("L2_POOL_2D", 12)
                        .options(new Table()
                                .int8(0, VALID)
                                .int32(1, 2)
                                .int32(2, 1)
                                .int32(3, 2)
                                .int32(4, 1))
                        .given(dims(1, 1, 4, 1), 3, 4, 6, 8)
                        .answers(dims(1, 1, 2, 1), Math.sqrt(12.5), Math.sqrt(50)));
    }

    private static double byTanh(double x) {
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    /**
     * FAKE_QUANT: the grid has a step of (max − min) / (2ⁿ − 1) and is moved so that 0 lies on it. [−1, 1] of 8 bits begins 127.5 steps below 0, in
     * float32 127.49999, so 127; on [−2, 13] of 4 bits the step is 1, and halves go up.
     */
    private static List<OperatorCase> roundings() {
        int[] four = {4};
        double step = 2 / 255.0;
        return List.of(
                OperatorCase.of("FAKE_QUANT", 80)
                        .options(new Table().float32(0, -1).float32(1, 1).int32(2, 8))
                        .given(four, -5, 0, 0.21, 5)
                        .answers(four, -127 * step, 0, 27 * step, 128 * step),
                OperatorCase.of("FAKE_QUANT, 4 bits", 80)
                        .options(new Table().float32(0, -2).float32(1, 13).int32(2, 4))
                        .given(four, -2.5, -0.5, 0.5, 12.4)
                        .answers(four, -2, 0, 1, 12),
                OperatorCase.of("FAKE_QUANT, 16 bits", 80)
                        .options(new Table().float32(0, 0).float32(1, 65535).int32(2, 16))
                        .given(four, -1, 0.4, 54321.4, 70000)
                        .answers(four, 0, 0, 54321, 65535),
                OperatorCase.of("QUANTIZE", 114)
                        .given(four, 0, 1, -1.3, 100)
                        .answersScaled(SmallFile.INT8, 0.5f, 3, four, 3, 5, 0, 127),
                OperatorCase.of("DEQUANTIZE", 6)
                        .scaled(SmallFile.INT8, 0.5f, 3, four, 3, 5, 0, 127)
                        .answers(four, 0, 1, -1.5, 62));
    }

    private static OperatorCase reduction(String name, int code, double... expected) {
        return OperatorCase.of(name, code)
                .given(dims(2, 3), 1, 2, 3, 4, 5, -6)
                .ints(dims(1), 1)
                .answers(dims(2), expected);
    }

    private static OperatorCase logical(String name, int code, double... expected) {
        return OperatorCase.of(name, code)
                .given(SmallFile.BOOL, dims(3, 2), 0, 1, 1, 1, 0, 0)
                .ints(dims(1), 1)
                .answers(SmallFile.BOOL, dims(3), expected);
    }

    private static List<OperatorCase> reductions() {
        return List.of(
                reduction("SUM", 74, 6, 3),
                OperatorCase.of("SUM, all axes kept", 74)
                        .options(new Table().int8(0, 1))
                        .given(dims(2, 2), 1, 2, 3, 4)
                        .ints(dims(2), 0, -1)
                        .answers(dims(1, 1), 10),
                reduction("REDUCE_PROD", 81, 6, -120),
                reduction("REDUCE_MAX", 82, 3, 5),
                reduction("REDUCE_MIN", 89, 1, -6),
                logical("REDUCE_ANY", 91, 1, 1, 0),
                logical("REDUCE_ALL", 140, 0, 1, 0));
    }

    private static OperatorCase running(String name, int exclusive, int reverse, double... expected) {
        return OperatorCase.of(name, 128)
                .options(new Table().int8(0, exclusive).int8(1, reverse))
                .given(dims(3), 1, 2, 3)
                .ints(dims(), 0)
                .answers(dims(3), expected);
    }

    private static List<OperatorCase> sums() {
        return List.of(
                running("CUMSUM", 0, 0, 1, 3, 6),
                running("CUMSUM, exclusive", 1, 0, 0, 1, 3),
                running("CUMSUM, reverse", 0, 1, 6, 5, 3),
                running("CUMSUM, exclusive and reverse", 1, 1, 5, 3, 0),
                OperatorCase.of("CUMSUM, integers along the last axis", 128)
                        .given(SmallFile.INT32, dims(2, 2), 1, 2, 3, 4)
                        .ints(dims(), -1)
                        .answers(SmallFile.INT32, dims(2, 2), 1, 3, 3, 7));
    }
}
