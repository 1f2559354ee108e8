package dev.junco.converter.tflite;

import static dev.junco.converter.tflite.OperatorCase.dims;

import dev.junco.converter.tflite.FlatWriter.Table;
import java.util.List;
import java.util.stream.Stream;

/** Operators that move elements, repeat them, find them or make them up. */
final class MovementCases {
    private static final int[] TWO_BY_TWO = {2, 2};

    private MovementCases() {}

    static Stream<OperatorCase> all() {
        return Stream.of(shapes(), repetitions(), paddings(), orders(), places(), boxes())
                .flatMap(List::stream);
    }

    private static List<OperatorCase> shapes() {
        return List.of(
                OperatorCase.of("EXPAND_DIMS", 70)
                        .given(dims(2), 1, 2)
                        .ints(dims(1), -1)
                        .answers(dims(2, 1), 1, 2),
                OperatorCase.of("SQUEEZE", 43)
                        .options(new Table().int32s(0, 0, -1))
                        .given(dims(1, 2, 1), 1, 2)
                        .answers(dims(2), 1, 2),
                OperatorCase.of("SHAPE", 77)
                        .given(dims(2, 3), 1, 2, 3, 4, 5, 6)
                        .answers(SmallFile.INT32, dims(2), 2, 3),
                OperatorCase.of("RANK", 110).given(dims(2, 1), 1, 2).answers(SmallFile.INT32, dims(), 2));
    }

    private static List<OperatorCase> repetitions() {
        return List.of(
                OperatorCase.of("BROADCAST_TO", 130)
                        .given(dims(1, 2), 1, 2)
                        .ints(dims(2), 3, 2)
                        .answers(dims(3, 2), 1, 2, 1, 2, 1, 2),
                OperatorCase.of("BROADCAST_ARGS", 145)
                        .ints(dims(3), 3, 1, 5)
                        .ints(dims(2), 4, 1)
                        .answers(SmallFile.INT32, dims(3), 3, 4, 5),
                OperatorCase.of("FILL", 94).ints(dims(2), 2, 2).given(dims(), 7).answers(TWO_BY_TWO, 7, 7, 7, 7),
                OperatorCase.of("RANGE", 96)
                        .reals(dims(), 1)
                        .reals(dims(), 3)
                        .reals(dims(), 0.5)
                        .answers(dims(4), 1, 1.5, 2, 2.5),
                OperatorCase.of("RANGE, integers downwards", 96)
                        .ints(dims(), 5)
                        .ints(dims(), 0)
                        .ints(dims(), -2)
                        .answers(SmallFile.INT32, dims(3), 5, 3, 1),
                OperatorCase.of("ZEROS_LIKE", 93).given(dims(2), 1, 2).answers(dims(2), 0, 0));
    }

    private static OperatorCase mirrored(String name, int mode, double... expected) {
        return OperatorCase.of(name, 100)
                .options(new Table().int8(0, mode))
                .given(dims(3), 1, 2, 3)
                .ints(dims(1, 2), 2, 1)
                .answers(dims(6), expected);
    }

    private static List<OperatorCase> paddings() {
        return List.of(
                mirrored("MIRROR_PAD", 0, 3, 2, 1, 2, 3, 2),
                mirrored("MIRROR_PAD, symmetric", 1, 2, 1, 1, 2, 3, 3),
                OperatorCase.of("PADV2", 60)
                        .given(dims(2), 1, 2)
                        .ints(dims(1, 2), 1, 2)
                        .reals(dims(1), 9)
                        .answers(dims(5), 9, 1, 2, 9, 9));
    }

    private static List<OperatorCase> orders() {
        return List.of(
                OperatorCase.of("REVERSE_V2", 105)
                        .given(TWO_BY_TWO, 1, 2, 3, 4)
                        .ints(dims(1), 1)
                        .answers(TWO_BY_TWO, 2, 1, 4, 3),
                OperatorCase.of("REVERSE_SEQUENCE", 112)
                        .options(new Table().int32(0, 1).int32(1, 0))
                        .given(dims(2, 3), 1, 2, 3, 4, 5, 6)
                        .ints(dims(2), 2, 3)
                        .answers(dims(2, 3), 2, 1, 3, 6, 5, 4),
                OperatorCase.of("SPLIT_V", 102)
                        .options(new Table().int32(0, 2))
                        .given(dims(3), 1, 2, 3)
                        .ints(dims(2), 1, -1)
                        .ints(dims(), 0)
                        .answers(dims(1), 1)
                        .answers(dims(2), 2, 3),
                // Of two that are equal the first one comes first.
                OperatorCase.of("TOPK_V2", 48)
                        .given(dims(4), 1, 9, 3, 9)
                        .ints(dims(), 3)
                        .answers(dims(3), 9, 9, 3)
                        .answers(SmallFile.INT32, dims(3), 1, 3, 2));
    }

    private static List<OperatorCase> places() {
        return List.of(
                OperatorCase.of("ONE_HOT", 85)
                        .options(new Table().int32(0, -1))
                        .given(SmallFile.INT32, dims(2), 0, 2)
                        .ints(dims(), 3)
                        .reals(dims(), 5)
                        .reals(dims(), -1)
                        .answers(dims(2, 3), 5, -1, -1, -1, -1, 5),
                OperatorCase.of("ONE_HOT, along the first axis", 85)
                        .options(new Table().int32(0, 0))
                        .given(SmallFile.INT32, dims(2), 1, 7)
                        .ints(dims(), 2)
                        .reals(dims(), 1)
                        .reals(dims(), 0)
                        .answers(TWO_BY_TWO, 0, 0, 1, 0),
                // Updates of one place are added up.
                OperatorCase.of("SCATTER_ND", 122)
                        .ints(dims(3, 1), 3, 1, 3)
                        .given(dims(3), 1, 2, 10)
                        .ints(dims(1), 5)
                        .answers(dims(5), 0, 2, 0, 11, 0),
                OperatorCase.of("EMBEDDING_LOOKUP", 7)
                        .given(SmallFile.INT32, dims(2), 2, 0)
                        .reals(dims(3, 2), 1, 2, 3, 4, 5, 6)
                        .answers(TWO_BY_TWO, 5, 6, 1, 2));
    }

    private static OperatorCase suppression(String name, int code) {
        return OperatorCase.of(name, code)
                .given(dims(3, 4), 0, 0, 1, 1, 0, 0, 1, 0.9, 2, 2, 3, 3)
                .given(dims(3), 0.5, 0.9, 0.7)
                .ints(dims(), 3)
                .reals(dims(), 0.5)
                .reals(dims(), 0.1);
    }

    /** Box 0 covers box 1 by 0.9, more than 0.5. */
    private static List<OperatorCase> boxes() {
        return List.of(
                suppression("NON_MAX_SUPPRESSION_V4", 120)
                        .answers(SmallFile.INT32, dims(3), 1, 2, 0)
                        .answers(SmallFile.INT32, dims(), 2),
                suppression("NON_MAX_SUPPRESSION_V5", 121)
                        .reals(dims(), 0)
                        .answers(SmallFile.INT32, dims(3), 1, 2, 0)
                        .answers(dims(3), 0.9, 0.7, 0)
                        .answers(SmallFile.INT32, dims(), 2));
    }
}
