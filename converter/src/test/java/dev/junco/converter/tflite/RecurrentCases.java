package dev.junco.converter.tflite;

import static dev.junco.converter.tflite.OperatorCase.dims;

import dev.junco.converter.tflite.FlatWriter.Table;
import java.util.List;
import java.util.stream.Stream;

/** Recurrent layers of one unit, small enough to be computed by hand. */
final class RecurrentCases {
    private static final int RELU = 1;
    private static final int TANH = 4;

    /** Biases of the gates, whose weights are all 0: input, forget, cell, output. */
    private static final double[] GATES = {1, 0.3, 2, 3};

    private RecurrentCases() {}

    static Stream<OperatorCase> all() {
        return Stream.of(simple(), filters(), longShortTerm()).flatMap(List::stream);
    }

    /** h = relu(x + 3 h + bias). */
    private static OperatorCase cell(OperatorCase operator, double bias) {
        return operator.reals(dims(1, 1), 1).reals(dims(1, 1), 3).reals(dims(1), bias);
    }

    private static OperatorCase sequence(String name, int timeMajor, int... dims) {
        return cell(
                        OperatorCase.of(name, 35)
                                .options(new Table().int8(0, timeMajor).int8(1, RELU))
                                .given(dims, 1, 2),
                        0.5)
                .state(1, 1)
                .answers(dims, 1.5, 7);
    }

    /** From behind: 2 + 1.5 = 3.5, then 1 + 3 · 3.5 + 1.5 = 13. */
    private static OperatorCase bothWays(String name, int merged) {
        int[] dims = {1, 2, 1};
        OperatorCase forward = cell(
                        OperatorCase.of(name, 46)
                                .options(new Table().int8(0, 0).int8(1, RELU).int8(2, merged))
                                .given(dims, 1, 2),
                        0.5)
                .state(1, 1);
        OperatorCase both = cell(forward, 1.5).state(1, 1).without(3);
        return merged == 1
                ? both.answers(dims(1, 2, 2), 1.5, 13, 7, 3.5)
                : both.answers(dims, 1.5, 7).answers(dims, 13, 3.5);
    }

    private static List<OperatorCase> simple() {
        return List.of(
                OperatorCase.of("RNN", 24)
                        .options(new Table().int8(0, RELU))
                        .given(dims(1, 2), 1, 1)
                        .reals(dims(1, 2), 1, 2)
                        .reals(dims(1, 1), 3)
                        .reals(dims(1), 0.5)
                        .state(1, 1)
                        .answers(dims(1, 1), 3.5),
                sequence("UNIDIRECTIONAL_SEQUENCE_RNN", 0, 1, 2, 1),
                sequence("UNIDIRECTIONAL_SEQUENCE_RNN, time first", 1, 2, 1, 1),
                bothWays("BIDIRECTIONAL_SEQUENCE_RNN", 0),
                bothWays("BIDIRECTIONAL_SEQUENCE_RNN, merged", 1));
    }

    /** The feature 1 · 1 + 2 · 1 = 3 is the newest of two; the older one is still 0. */
    private static List<OperatorCase> filters() {
        return List.of(OperatorCase.of("SVDF", 27)
                .options(new Table().int32(0, 1))
                .given(dims(1, 2), 1, 1)
                .reals(dims(1, 2), 1, 2)
                .reals(dims(1, 2), 5, 7)
                .reals(dims(1), 0.5)
                .state(1, 2)
                .answers(dims(1, 1), 21.5));
    }

    /** Weights of 0 for input and state, no peepholes, biases, no projection: 17 operands. */
    private static OperatorCase gates(OperatorCase operator, double... biases) {
        for (int i = 0; i < 8; i++) {
            operator.reals(dims(1, 1), 0);
        }
        operator.without(3);
        for (double bias : biases) {
            operator.reals(dims(1), bias);
        }
        return operator.without(2);
    }

    /** c = σ(input) tanh(cell), h = σ(output) tanh(c); what is forgotten is 0. */
    private static double hidden() {
        return sigmoid(GATES[3]) * Math.tanh(sigmoid(GATES[0]) * Math.tanh(GATES[2]));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static OperatorCase bothWaysLong(String name, int merged) {
        int[] dims = {1, 1, 1};
        OperatorCase forward = gates(
                OperatorCase.of(name, 52)
                        .options(new Table().int8(0, TANH).int8(3, merged).int8(4, 0))
                        .given(dims, 1),
                GATES);
        OperatorCase both = gates(forward, 0, 0, 0, 0)
                .state(1, 1)
                .state(1, 1)
                .state(1, 1)
                .state(1, 1)
                .without(9);
        return merged == 1
                ? both.answers(dims(1, 1, 2), hidden(), 0)
                : both.answers(dims, hidden()).answers(dims, 0);
    }

    private static List<OperatorCase> longShortTerm() {
        return List.of(
                gates(
                                OperatorCase.of("LSTM", 16)
                                        .options(new Table().int8(0, TANH))
                                        .given(dims(1, 1), 1),
                                GATES)
                        .state(1, 1)
                        .state(1, 1)
                        .without(4)
                        .answers(dims(1, 1), hidden()),
                bothWaysLong("BIDIRECTIONAL_SEQUENCE_LSTM", 0),
                bothWaysLong("BIDIRECTIONAL_SEQUENCE_LSTM, merged", 1));
    }
}
