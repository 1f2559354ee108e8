package dev.junco.converter;

import dev.junco.runtime.DType;
import dev.junco.runtime.Interpreter;
import dev.junco.runtime.InterpreterOptions;
import dev.junco.runtime.KernelChoice;
import dev.junco.runtime.Model;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Tensor;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.op.Operator;
import dev.junco.runtime.op.OperatorCatalog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Records a sample for {@link Model#selfTest()}: a made-up input, the same for each model of the same inputs, and what the plain kernels give for it.
 * No sample of anybody's data gets into the file. {@link Converter} does this by itself.
 *
 * <p>An input of more than {@value #PATTERN} elements repeats so many; of an output of more than {@value #PATTERN} elements so many are kept, evenly
 * spread. So a recording takes at most 4 KB for each input and output.
 *
 * <p>Where a model computes in integers from its first operator to its last, every device must give the same numbers. Elsewhere one without fused
 * multiply-add may round otherwise: then a float32 output may differ by {@value #FLOAT_TOLERANCE} of its largest element, an int8 output by one step.
 */
public final class SelfTestRecorder {
    /** Prime, so that no row of an image is like the next. */
    private static final int PATTERN = 1021;

    private static final double FLOAT_TOLERANCE = 1e-3;

    private SelfTestRecorder() {}

    /** The same model with a fresh recording of its first signature; without one, if custom operators are unknown here, so that it cannot run. */
    public static Model record(Model model) {
        try {
            return record(
                    model,
                    model.interpreter(InterpreterOptions.DEFAULT
                            .withKernels(KernelChoice.PLAIN)
                            .withNaN(true)));
        } catch (UnsupportedModelException unknownOperators) {
            return model.withRecording(null);
        }
    }

    private static Model record(Model model, Interpreter interpreter) {
        Graph graph = model.graph();
        List<Constant> inputs = new ArrayList<>();
        int state = 1;
        for (Value input : graph.inputs()) {
            int count = Math.min(PATTERN, input.shape().elements());
            ByteBuffer pattern = elements(input.type(), count);
            Quantization range = range(graph, input);
            for (int i = 0; i < count; i++) {
                state = state * 1664525
                        + 1013904223; // of a linear congruential generator the upper bits are the good ones
                put(pattern, input.type(), state >>> 24, range);
            }
            inputs.add(constant(input.type(), pattern));
            ByteBuffer all = elements(input.type(), input.shape().elements());
            while (all.hasRemaining()) {
                ByteBuffer piece = pattern.duplicate();
                all.put(piece.limit(Math.min(piece.limit(), all.remaining())));
            }
            interpreter.input(input.name()).set(all.flip());
        }
        interpreter.run();
        boolean exact = isExact(graph, model.operators().catalog());
        List<Constant> outputs = new ArrayList<>();
        List<Float> tolerances = new ArrayList<>();
        for (Tensor output : interpreter.outputs().values()) {
            outputs.add(some(output));
            tolerances.add(exact ? 0 : tolerance(output));
        }
        return model.withRecording(new Recording(inputs, outputs, tolerances));
    }

    private static ByteBuffer elements(DType type, int count) {
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Constant constant(DType type, ByteBuffer elements) {
        return Constant.of(Storage.of(type), elements.flip(), Quantization.NONE);
    }

    /** The int8 numbers that an input becomes at once; none if it stays what it is. */
    private static Quantization range(Graph graph, Value input) {
        for (Node node : graph.nodes()) {
            if (node.attributes() instanceof QuantizeAttributes && node.input(0) == input) {
                return node.output().quantization();
            }
        }
        return Quantization.NONE;
    }

    /** Appends a number made of a byte: over the range of what it becomes, else from -1 to 1; for an index 0 or 1. */
    private static void put(ByteBuffer target, DType type, int random, Quantization range) {
        switch (type) {
            case FLOAT32 ->
                target.putFloat(
                        range.isQuantized()
                                ? range.scale() * (random - 128 - range.zeroPoint())
                                : (random - 127.5f) / 127.5f);
            case INT8 -> target.put((byte) random);
            case BOOL -> target.put((byte) (random & 1));
            case INT16 -> target.putShort((short) ((random - 128) * 256));
            case INT32 -> target.putInt(random & 1);
        }
    }

    /** Whether all is computed in integers: numbers are only rounded on their way in and scaled on their way out. */
    static boolean isExact(Graph graph, OperatorCatalog catalog) {
        for (Node node : graph.nodes()) {
            if (node.attributes() instanceof CustomAttributes) {
                return false;
            }
            boolean moves = node.attributes() instanceof QuantizeAttributes || isAlias(node, catalog);
            for (Value operand : node.inputs()) {
                if (operand.type() == DType.FLOAT32 && !moves) {
                    return false;
                }
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // the catalog finds the operator by the attributes' class
    private static boolean isAlias(Node node, OperatorCatalog catalog) {
        Operator<Attributes> operator = (Operator<Attributes>) (Operator<?>) catalog.of(node.attributes());
        return operator.isAlias(node.attributes(), node);
    }

    /** The elements of an output, or evenly spread ones of it. */
    private static Constant some(Tensor output) {
        DType type = output.spec().type();
        ByteBuffer all = elements(type, output.size());
        output.copyTo(all);
        int count = Math.min(PATTERN, output.size());
        ByteBuffer kept = elements(type, count);
        for (int j = 0; j < count; j++) {
            kept.put(all.slice(Recording.index(j, count, output.size()) * type.bytes(), type.bytes()));
        }
        return constant(type, kept);
    }

    private static float tolerance(Tensor output) {
        return switch (output.spec().type()) {
            case INT8 -> 1;
            case FLOAT32 -> {
                double largest = 0;
                for (float element : output.toArray()) {
                    largest = Float.isFinite(element) ? Math.max(largest, Math.abs(element)) : largest;
                }
                yield (float) Math.min(Float.MAX_VALUE, FLOAT_TOLERANCE * largest);
            }
            default -> 0;
        };
    }
}
