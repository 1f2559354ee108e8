package dev.junco.converter.pass;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes one function of what exporters take apart: {@code x · sigmoid(x)} becomes swish, {@code x · relu6(x + 3) / 6} hard swish, {@code x / 2 · (1 + erf(x / √2))}
 * gelu, {@code max(x, 0)} relu, two factors one. A composition of arithmetic with constants and functions is recognised by its values: it has to agree with the function to 10⁻⁶ in double
 * precision at a thousand places, so the way in which it is written does not matter. Legal where nothing else uses what lies between.
 */
public final class FuseFunctions extends FuseRegions {
    private static final double TOLERANCE = 1e-6;
    private static final double[] PLACES = places();
    private static final List<ScalarFunction> KNOWN = List.of(
            ScalarFunction.SIGMOID,
            ScalarFunction.TANH,
            ScalarFunction.of(Kind.GELU),
            ScalarFunction.of(Kind.GELU_TANH),
            ScalarFunction.of(Kind.HARD_SWISH),
            new ScalarFunction(Kind.SWISH, 1, 0),
            new ScalarFunction(Kind.SWISH, 1.702f, 0),
            ScalarFunction.of(Kind.MISH),
            ScalarFunction.of(Kind.SOFTPLUS),
            ScalarFunction.of(Kind.SOFTSIGN),
            ScalarFunction.of(Kind.LOG_SIGMOID),
            new ScalarFunction(Kind.ELU, 1, 0),
            new ScalarFunction(Kind.HARD_SIGMOID, 1 / 6f, 0.5f),
            new ScalarFunction(Kind.HARD_SIGMOID, 0.2f, 0.5f));

    @Override
    public String name() {
        return "fuse-functions";
    }

    private static double[] places() {
        List<Double> places = new ArrayList<>();
        for (int i = -400; i <= 400; i++) {
            places.add(i / 20.0 + 1e-3);
        }
        for (double magnitude = 1e-6; magnitude < 2e4; magnitude *= 1.3) {
            places.add(magnitude);
            places.add(-magnitude);
        }
        return places.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    boolean isAllowed(Node node) {
        return switch (node.attributes()) {
            case ActivationAttributes ignored -> true;
            case UnaryAttributes a ->
                isTame(a.function().alpha()) && isTame(a.function().beta());
            case LeakyReluAttributes a -> isTame(a.alpha());
            case BinaryAttributes ignored ->
                node.inputs().stream().allMatch(input -> isScalar(input) || isResultsShape(input, node));
            default -> false;
        };
    }

    private static boolean isScalar(Value value) {
        return value.isConstant() && value.shape().elements() == 1 && isTame(value.floats()[0]);
    }

    /** Whether a constant cannot make a function so steep that all places miss what it does. */
    private static boolean isTame(float constant) {
        float magnitude = Math.abs(constant);
        return magnitude == 0 || magnitude > 1e-4 && magnitude < 1e4 || Float.isInfinite(constant);
    }

    private static boolean isResultsShape(Value input, Node node) {
        return !input.isConstant() && input.shape().equals(node.output().shape());
    }

    @Override
    Replacement replacement(Region region) {
        double[] values = evaluate(region, PLACES);
        Attributes clamp = clamp(region, values);
        if (clamp != null || region.nodes().size() < 2) {
            return clamp == null ? null : new Replacement(clamp, List.of(region.x()));
        }
        for (ScalarFunction function : KNOWN) {
            if (agrees(values, function::apply)) {
                return new Replacement(attributes(function), List.of(region.x()));
            }
        }
        ScalarFunction affine = affine(region);
        return affine == null || !agrees(values, affine::apply)
                ? null
                : new Replacement(new UnaryAttributes(affine), List.of(region.x()));
    }

    private static Attributes attributes(ScalarFunction function) {
        return switch (function.kind()) {
            case SIGMOID -> new ActivationAttributes(Activation.SIGMOID);
            case TANH -> new ActivationAttributes(Activation.TANH);
            default -> new UnaryAttributes(function);
        };
    }

    /** min(max(x, lower), upper) as an activation, of regions that are not one already. */
    private static Attributes clamp(Region region, double[] values) {
        for (Activation activation : List.of(Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1)) {
            boolean isItself = region.nodes().size() == 1 && region.end().attributes() instanceof ActivationAttributes;
            if (!isItself && agrees(values, activation::apply)) {
                return new ActivationAttributes(activation);
            }
        }
        return null;
    }

    private static ScalarFunction affine(Region region) {
        for (Node node : region.nodes()) {
            boolean sums = node.attributes() instanceof BinaryAttributes a
                    && a.activation() == Activation.NONE
                    && a.kind().compareTo(BinaryKind.DIVIDE) <= 0;
            boolean affine = node.attributes() instanceof UnaryAttributes a
                    && (a.function().kind() == Kind.AFFINE || a.function().kind() == Kind.NEGATE);
            if (!sums && !affine) {
                return null;
            }
        }
        double[] ends = evaluate(region, new double[] {0, 1});
        double shift = ends[0];
        double factor = ends[1] - shift;
        return Double.isFinite(shift) && Double.isFinite(factor)
                ? new ScalarFunction(Kind.AFFINE, (float) factor, (float) shift)
                : null;
    }

    /** Where the composition overflows it is not asked, as long as that is seldom. */
    private static boolean agrees(double[] values, DoubleUnaryOperator function) {
        int compared = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                double expected = function.applyAsDouble(PLACES[i]);
                double allowed = TOLERANCE * Math.max(1, Math.abs(expected));
                if (!(Math.abs(values[i] - expected) <= allowed)) {
                    return false;
                }
                compared++;
            }
        }
        return compared > values.length * 3 / 4;
    }

    private static double[] evaluate(Region region, double[] places) {
        Map<Value, double[]> values = new IdentityHashMap<>();
        values.put(region.x(), places);
        for (Node node : region.nodes()) {
            double[] result = new double[places.length];
            double[][] operands = new double[node.inputs().size()][];
            for (int operand = 0; operand < operands.length; operand++) {
                operands[operand] = values.computeIfAbsent(node.input(operand), constant -> {
                    double[] same = new double[places.length];
                    Arrays.fill(same, constant.floats()[0]);
                    return same;
                });
            }
            for (int i = 0; i < result.length; i++) {
                result[i] = apply(node.attributes(), operands[0][i], operands[operands.length - 1][i]);
            }
            values.put(node.output(), result);
        }
        return values.get(region.end().output());
    }

    /** The result of two operands, or of one that is given twice. */
    private static double apply(Attributes attributes, double a, double b) {
        return switch (attributes) {
            case ActivationAttributes activation -> activation.function().apply(a);
            case UnaryAttributes unary -> unary.function().apply(a);
            case LeakyReluAttributes leaky -> a >= 0 ? a : leaky.alpha() * a;
            case BinaryAttributes binary ->
                binary.activation().apply(binary.kind().apply(a, b));
            default -> throw new IllegalStateException(attributes + " is no function of single elements");
        };
    }
}
