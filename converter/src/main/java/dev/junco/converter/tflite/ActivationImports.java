package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of one tensor: of each element, and normalisations. */
final class ActivationImports {
    /** What TensorFlow Lite adds under the root of an L2 normalisation. */
    private static final float L2_EPSILON = 1e-6f;

    private ActivationImports() {}

    static void register(Map<String, Translation> table) {
        table.put("RELU", op -> activation(op, Activation.RELU));
        table.put("RELU6", op -> activation(op, Activation.RELU6));
        table.put("RELU_N1_TO_1", op -> activation(op, Activation.RELU_N1_TO_1));
        table.put("RELU_0_TO_1", op -> function(op, new ScalarFunction(Kind.CLIP, 0, 1)));
        table.put("LOGISTIC", op -> activation(op, Activation.SIGMOID));
        table.put("TANH", op -> activation(op, Activation.TANH));
        table.put("LEAKY_RELU", op -> op.node(new LeakyReluAttributes(op.optionFloat(0, 0)), op.value(0)));
        table.put("PRELU", op -> op.node(new PReluAttributes(), op.value(0), ArithmeticImports.operand(op, 1)));
        table.put("ELU", op -> function(op, new ScalarFunction(Kind.ELU, 1, 0)));
        table.put("HARD_SWISH", op -> function(op, Kind.HARD_SWISH));
        table.put("GELU", op -> function(op, op.optionBool(0) ? Kind.GELU_TANH : Kind.GELU));
        table.put("ABS", op -> function(op, Kind.ABS));
        table.put("NEG", op -> function(op, Kind.NEGATE));
        table.put("EXP", op -> function(op, Kind.EXP));
        table.put("LOG", op -> function(op, Kind.LOG));
        table.put("SQRT", op -> function(op, Kind.SQRT));
        table.put("RSQRT", op -> function(op, Kind.RSQRT));
        table.put("SQUARE", op -> function(op, Kind.SQUARE));
        table.put("SIN", op -> function(op, Kind.SIN));
        table.put("COS", op -> function(op, Kind.COS));
        table.put("FLOOR", op -> function(op, Kind.FLOOR));
        table.put("CEIL", op -> function(op, Kind.CEIL));
        table.put("ROUND", op -> function(op, Kind.ROUND));
        table.put("SIGN", op -> function(op, Kind.SIGN));
        table.put("SOFTMAX", op -> op.node(new SoftmaxAttributes(op.optionFloat(0, 0)), op.value(0)));
        table.put("LOG_SOFTMAX", op -> op.node(new SoftmaxAttributes(1, true), op.value(0)));
        table.put("L2_NORMALIZATION", ActivationImports::l2);
        table.put("LOCAL_RESPONSE_NORMALIZATION", ActivationImports::localResponse);
    }

    private static void activation(Operation op, Activation function) {
        op.node(new ActivationAttributes(function), op.value(0));
    }

    private static void function(Operation op, Kind kind) {
        function(op, ScalarFunction.of(kind));
    }

    private static void function(Operation op, ScalarFunction function) {
        op.node(new UnaryAttributes(function), op.value(0));
    }

    /**
     * x · (bias + alpha · Σ x²)^−beta, the sum over the channels up to {@code radius} before and behind: the mean over windows of an image whose columns are the channels, times
     * their size.
     */
    private static void localResponse(Operation op) {
        Shape shape = op.shape(0);
        int radius = op.optionInt(0, 0);
        if (op.type(0) != DType.FLOAT32 || shape.rank() == 0 || radius < 0) {
            throw new Untranslatable("input of type " + op.type(0) + " and shape " + shape + ", radius " + radius
                    + ", expected FLOAT32, an axis of channels and a radius of at least 0");
        }
        int channels = shape.dim(-1);
        int window = 2 * Math.min(radius, channels - 1) + 1;
        Value x = op.value(0);
        Value squares = op.step("squares", new UnaryAttributes(ScalarFunction.of(Kind.SQUARE)), x);
        Value image = op.step("image", new ReshapeAttributes(List.of(-1, 1, channels, 1)), squares);
        Value means = op.step(
                "means",
                new Pool2DAttributes(PoolKind.AVERAGE, 1, window, 1, 1, Padding.SAME, true, Activation.NONE),
                image);
        ScalarFunction line = new ScalarFunction(Kind.AFFINE, op.optionFloat(2, 0) * window, op.optionFloat(1, 0));
        Value base = op.step("base", new UnaryAttributes(line), means);
        Value exponent = op.constant("exponent", TensorSpec.float32(Shape.of()), Constant.of(-op.optionFloat(3, 0)));
        Value power = op.step("power", new BinaryAttributes(BinaryKind.POWER, Activation.NONE), base, exponent);
        List<Integer> dims = new ArrayList<>(SliceImports.list(shape.dims()));
        dims.set(0, -1); // the batch stays free
        Value factors = op.step("factors", new ReshapeAttributes(dims), power);
        op.node(new BinaryAttributes(BinaryKind.MULTIPLY, Activation.NONE), x, factors);
    }

    private static void l2(Operation op) {
        int axis = Operation.axis(-1, op.shape(0).rank());
        op.node(new NormalizationAttributes(NormalizationKind.L2, axis, 1, L2_EPSILON), op.value(0));
    }
}
