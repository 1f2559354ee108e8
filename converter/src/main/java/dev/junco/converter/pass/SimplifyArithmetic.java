package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;

/**
 * Writes arithmetic with constants in forms that are faster and have int8 arithmetic: a division by constants as a product with their reciprocals, the powers 2, ½, −½ and −1 as squares, roots
 * and reciprocals. Results change by roundings in float32.
 */
public final class SimplifyArithmetic implements Pass {
    @Override
    public String name() {
        return "simplify-arithmetic";
    }

    @Override
    public Graph apply(Graph graph) {
        if (graph.nodes().stream().noneMatch(node -> isDivision(node) || power(node) != null)) {
            return graph;
        }
        GraphCopy copy = new GraphCopy(graph);
        for (Node node : graph.nodes()) {
            Attributes power = power(node);
            if (power != null) {
                copy.replace(node, power, List.of(copy.of(node.input(0))), node.output());
            } else if (isDivision(node)) {
                BinaryAttributes product =
                        new BinaryAttributes(BinaryKind.MULTIPLY, ((BinaryAttributes) node.attributes()).activation());
                Value divisor = node.input(1);
                Value factors = copy.constantInPlaceOf(divisor, divisor.spec(), Constant.of(reciprocals(divisor)));
                copy.replace(node, product, List.of(copy.of(node.input(0)), factors), node.output());
            } else {
                copy.copy(node);
            }
        }
        return copy.build();
    }

    /** The function that a power with a constant exponent is, or null. */
    private static Attributes power(Node node) {
        boolean constant = node.attributes().equals(new BinaryAttributes(BinaryKind.POWER, Activation.NONE))
                && isReal(node.input(1))
                && node.input(1).shape().elements() == 1
                && node.output().shape().equals(node.input(0).shape());
        if (!constant) {
            return null;
        }
        float exponent = node.input(1).floats()[0];
        Kind kind = exponent == 2
                ? Kind.SQUARE
                : exponent == 0.5f
                        ? Kind.SQRT
                        : exponent == -0.5f ? Kind.RSQRT : exponent == -1 ? Kind.RECIPROCAL : null;
        return kind == null ? null : new UnaryAttributes(ScalarFunction.of(kind));
    }

    private static boolean isDivision(Node node) {
        if (!(node.attributes() instanceof BinaryAttributes a)
                || a.kind() != BinaryKind.DIVIDE
                || !isReal(node.input(1))
                || node.input(0).isConstant()) {
            return false;
        }
        for (float reciprocal : reciprocals(node.input(1))) {
            // Those of denormal numbers are infinite, and denormal ones have lost digits.
            if (!(Math.abs(reciprocal) >= Float.MIN_NORMAL) || Float.isInfinite(reciprocal)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReal(Value value) {
        return value.isConstant() && value.type() == DType.FLOAT32;
    }

    private static float[] reciprocals(Value value) {
        float[] elements = value.floats();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (1.0 / elements[i]);
        }
        return elements;
    }
}
