package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ConcatAttributes;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import dev.junco.runtime.graph.attributes.TransposeAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recurrent layers. Their states are variable tensors of the file, and states of the graph. */
final class RecurrentImports {
    private static final TransposeAttributes SWAP_BATCH_AND_TIME = new TransposeAttributes(List.of(1, 0, 2));

    /** The inner tensor whose scale an int8 LSTM gives to what its projection takes. */
    private static final int HIDDEN = 4;

    /** First of the four operands that are weights of layer normalisations; the bidirectional operator has none. */
    private static final int NORMS = 20;

    /** What TensorFlow Lite adds to the variance of what a cell normalises. */
    private static final float NORM_EPSILON = 1e-8f;

    private RecurrentImports() {}

    static void register(Map<String, Translation> table) {
        table.put("UNIDIRECTIONAL_SEQUENCE_LSTM", RecurrentImports::sequenceLstm);
        table.put("BIDIRECTIONAL_SEQUENCE_LSTM", RecurrentImports::bidirectionalLstm);
        table.put("LSTM", RecurrentImports::stepLstm);
        table.put("UNIDIRECTIONAL_SEQUENCE_RNN", RecurrentImports::sequenceRnn);
        table.put("BIDIRECTIONAL_SEQUENCE_RNN", RecurrentImports::bidirectionalRnn);
        table.put("RNN", RecurrentImports::stepRnn);
        table.put("SVDF", RecurrentImports::svdf);
    }

    /** A fused activation as a function of a recurrent layer. */
    private static ScalarFunction function(Activation activation) {
        return switch (activation) {
            case NONE -> ScalarFunction.of(Kind.IDENTITY);
            case RELU -> ScalarFunction.of(Kind.RELU);
            case RELU6 -> new ScalarFunction(Kind.CLIP, 0, 6);
            case RELU_N1_TO_1 -> new ScalarFunction(Kind.CLIP, -1, 1);
            case SIGMOID -> ScalarFunction.SIGMOID;
            case TANH -> ScalarFunction.TANH;
        };
    }

    /**
     * One LSTM of an operator.
     *
     * @param first operand that holds the input weights of gate i; recurrent weights, peepholes, biases and projection follow
     * @param h operand of the output state
     * @param c operand of the cell state
     * @param normalized whether the operator may have layer normalisations
     */
    private record LstmPlace(int first, int h, int c, boolean normalized, boolean backwards, boolean sequences) {
        /** Field of the options that bounds the cell; the next one bounds the projection. */
        static final int CLIPS = 1;
    }

    /** The results of an LSTM over {@code [batch, time, features]}. */
    private static Node lstm(Operation op, String what, Value x, LstmPlace place, Quantization scale) {
        int first = place.first;
        GateBlocks blocks = new GateBlocks(op);
        boolean coupled = !op.has(first);
        boolean peepholes = op.has(first + 9);
        boolean projection = op.has(first + 15);
        List<Value> operands = new ArrayList<>();
        operands.add(x);
        operands.add(blocks.of(what + "weights", coupled ? -1 : first, first + 1, first + 2, first + 3));
        operands.add(blocks.of(what + "recurrent_weights", coupled ? -1 : first + 4, first + 5, first + 6, first + 7));
        operands.add(blocks.of(what + "bias", coupled ? -1 : first + 11, first + 12, first + 13, first + 14));
        operands.add(op.value(place.h));
        operands.add(op.value(place.c));
        if (peepholes) {
            operands.add(blocks.of(what + "peepholes", coupled ? -1 : first + 8, first + 9, first + 10));
        }
        boolean normalized = place.normalized && op.has(NORMS + 1);
        if (normalized) {
            operands.add(blocks.of(what + "gamma", coupled ? -1 : NORMS, NORMS + 1, NORMS + 2, NORMS + 3));
        }
        if (projection) {
            operands.add(x.type() == DType.FLOAT32 ? op.real(first + 15) : op.value(first + 15));
            if (op.has(first + 16)) {
                operands.add(op.value(first + 16));
            }
        }
        if (x.type() == DType.INT8 && op.info().intermediates().length > HIDDEN + 1) {
            throw new Untranslatable(op.info().intermediates().length + " inner tensors, expected " + (HIDDEN + 1)
                    + ": gates of 16 bits, not of 8");
        }
        Quantization hidden = projection && x.type() == DType.INT8
                ? Literals.quantization(op.intermediate(HIDDEN))
                : Quantization.NONE;
        ScalarFunction function = function(op.fused(0));
        LstmAttributes attributes = new LstmAttributes(
                place.backwards,
                place.sequences,
                peepholes,
                projection,
                coupled,
                op.optionFloat(LstmPlace.CLIPS, 0),
                op.optionFloat(LstmPlace.CLIPS + 1, 0),
                ScalarFunction.SIGMOID,
                function,
                function,
                hidden.isQuantized() ? hidden.scale() : 0,
                hidden.isQuantized() ? hidden.zeroPoint() : 0,
                normalized ? normalization(op, x.type() == DType.INT8, coupled) : GateNormalization.NONE);
        return op.nodes(
                attributes,
                operands,
                List.of(
                        scale,
                        op.value(place.h).quantization(),
                        op.value(place.c).quantization()));
    }

    /** The gates' sums of an int8 cell have the scales of the first four inner tensors. */
    private static GateNormalization normalization(Operation op, boolean quantized, boolean coupled) {
        if (!quantized) {
            return GateNormalization.of(NORM_EPSILON);
        }
        float[] scales = new float[4];
        for (int gate = 0; gate < scales.length; gate++) {
            scales[gate] = Literals.quantization(op.intermediate(coupled && gate == 0 ? 1 : gate))
                    .scale();
        }
        return new GateNormalization(NORM_EPSILON, scales[0], scales[1], scales[2], scales[3]);
    }

    private static Value batchFirst(Operation op, Value x, boolean timeMajor) {
        if (x.shape().rank() != 3) {
            throw new Untranslatable("input " + x.shape() + ", expected three axes");
        }
        return timeMajor ? op.step("batch_first", SWAP_BATCH_AND_TIME, x.quantization(), x) : x;
    }

    private static Value timeFirst(Operation op, Value y, boolean timeMajor) {
        return timeMajor ? op.step("time_first", SWAP_BATCH_AND_TIME, y.quantization(), y) : y;
    }

    private static void sequenceLstm(Operation op) {
        if (op.optionBool(5)) {
            throw new Untranslatable("diagonal recurrent weights");
        }
        boolean timeMajor = op.optionBool(3);
        Value x = batchFirst(op, op.value(0), timeMajor);
        Node node = lstm(op, "", x, new LstmPlace(1, 18, 19, true, false, true), op.scale(0));
        op.define(0, timeFirst(op, node.output(0), timeMajor));
    }

    /** One time step of an LSTM, with a state of its own. */
    private static void stepLstm(Operation op) {
        if (op.optionByte(3, 0) != 0) {
            throw new Untranslatable("the BASIC kernel");
        }
        Value x = step(op, op.value(0));
        Node node = lstm(op, "", x, new LstmPlace(1, 18, 19, true, false, false), op.scale(0));
        op.define(0, node.output(0));
    }

    /** {@code [batch, features]} as a sequence of one. */
    private static Value step(Operation op, Value x) {
        Shape from = x.shape();
        if (from.rank() != 2) {
            throw new Untranslatable("input " + from + ", expected two axes");
        }
        return op.step("step", ShapeImports.reshape(from, from.dim(0), 1, from.dim(1)), x.quantization(), x);
    }

    private static void bidirectionalLstm(Operation op) {
        for (int i = 39; i < 48; i++) {
            if (op.has(i)) {
                throw new Untranslatable("an auxiliary input");
            }
        }
        boolean timeMajor = op.info().options() == null || op.optionByte(4, 1) != 0;
        Value x = batchFirst(op, op.value(0), timeMajor);
        Value forward = lstm(op, "forward_", x, new LstmPlace(1, 35, 36, false, false, true), op.scale(0))
                .output();
        Value backward = lstm(op, "backward_", x, new LstmPlace(18, 37, 38, false, true, true), op.scale(0))
                .output();
        both(op, timeFirst(op, forward, timeMajor), timeFirst(op, backward, timeMajor), op.optionBool(3));
    }

    /** The answers of both directions: side by side, or two results. */
    private static void both(Operation op, Value forward, Value backward, boolean merge) {
        if (merge) {
            op.define(0, op.step("merged", new ConcatAttributes(2), op.scale(0), forward, backward));
        } else {
            op.define(0, forward);
            op.define(1, backward);
        }
    }

    private static Value rnn(Operation op, Value x, int first, int h, Activation activation, boolean sequences) {
        boolean backwards = first > 1;
        Value[] operands = {x, op.real(first), op.real(first + 1), op.value(first + 2), op.value(h)};
        SimpleRnnAttributes attributes = new SimpleRnnAttributes(backwards, sequences, function(activation));
        return op.nodes(attributes, List.of(operands), List.of()).output();
    }

    private static void requireReal(Operation op) {
        if (op.type(0) != DType.FLOAT32) {
            throw new Untranslatable("input of type " + op.type(0));
        }
    }

    private static void sequenceRnn(Operation op) {
        requireReal(op);
        boolean timeMajor = op.optionBool(0);
        Value x = batchFirst(op, op.value(0), timeMajor);
        op.define(0, timeFirst(op, rnn(op, x, 1, 4, op.fused(1), true), timeMajor));
    }

    private static void stepRnn(Operation op) {
        requireReal(op);
        op.define(0, rnn(op, step(op, op.value(0)), 1, 4, op.fused(0), false));
    }

    private static void bidirectionalRnn(Operation op) {
        requireReal(op);
        for (int i = 9; i < 12; i++) {
            if (op.has(i)) {
                throw new Untranslatable("an auxiliary input");
            }
        }
        boolean timeMajor = op.optionBool(0);
        Value x = batchFirst(op, op.value(0), timeMajor);
        Value forward = rnn(op, x, 1, 4, op.fused(1), true);
        Value backward = rnn(op, x, 5, 8, op.fused(1), true);
        both(op, timeFirst(op, forward, timeMajor), timeFirst(op, backward, timeMajor), op.optionBool(2));
    }

    private static void svdf(Operation op) {
        boolean real = op.type(0) == DType.FLOAT32;
        int rank = ConvolutionImports.positive(op.optionInt(0, 0), "rank");
        Value features = real ? op.real(1) : op.value(1);
        Value time = real ? op.real(2) : op.value(2);
        int units = features.shape().dim(0) / rank;
        Value bias = op.has(3) ? op.value(3) : zeros(op, units, real);
        op.node(new SvdfAttributes(rank, op.fused(1)), op.value(0), features, time, bias, op.value(4));
    }

    private static Value zeros(Operation op, int units, boolean real) {
        Shape shape = Shape.of(units);
        op.graph().literals().spend(4L * units);
        return real
                ? op.constant("bias", TensorSpec.float32(shape), Constant.of(new float[units]))
                : op.constant("bias", TensorSpec.int32(shape), Constant.of(new int[units]));
    }
}
