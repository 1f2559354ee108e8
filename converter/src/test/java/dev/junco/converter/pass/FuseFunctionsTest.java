package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseFunctionsTest {
    private static final Pass PASS = new FuseFunctions();

    private final Net net = new Net(9);
    private final Value x = net.input(2, 50);
    private int names;

    private Value constant(float value) {
        return net.builder.constant("c" + names++, Shape.of(1), value);
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return net.add("n" + names++, new BinaryAttributes(kind, Activation.NONE), a, b);
    }

    private Value add(Value a, Value b) {
        return binary(BinaryKind.ADD, a, b);
    }

    private Value times(Value a, Value b) {
        return binary(BinaryKind.MULTIPLY, a, b);
    }

    private Value activation(Activation function, Value a) {
        return net.activation("n" + names++, a, function);
    }

    private Value unary(Kind kind, Value a) {
        return net.add("n" + names++, new UnaryAttributes(ScalarFunction.of(kind)), a);
    }

    private void becomes(Attributes expected, Value y) {
        Graph after = Rewrites.close(PASS, net.outputs(y));
        assertEquals(
                List.of(expected),
                after.nodes().stream().map(node -> node.attributes()).toList());
    }

    private void becomes(Kind kind, float alpha, Value y) {
        becomes(new UnaryAttributes(new ScalarFunction(kind, alpha, 0)), y);
    }

    @Test
    void swish() {
        becomes(Kind.SWISH, 1, times(activation(Activation.SIGMOID, x), x));
    }

    @Test
    void swishWithASigmoidOfItsOwn() {
        Value denominator = add(constant(1), unary(Kind.EXP, unary(Kind.NEGATE, x)));
        becomes(Kind.SWISH, 1, binary(BinaryKind.DIVIDE, x, denominator));
    }

    @Test
    void swishThatStandsForGelu() {
        becomes(Kind.SWISH, 1.702f, times(x, activation(Activation.SIGMOID, times(x, constant(1.702f)))));
    }

    @Test
    void hardSwishOfAnyOrder() {
        Value gate = activation(Activation.RELU6, add(x, constant(3)));
        becomes(Kind.HARD_SWISH, 0, times(times(x, gate), constant(1 / 6f)));
    }

    @Test
    void hardSwishOfAHardSigmoid() {
        Value gate = net.add("gate", new UnaryAttributes(new ScalarFunction(Kind.HARD_SIGMOID, 1 / 6f, 0.5f)), x);
        becomes(Kind.HARD_SWISH, 0, times(x, gate));
    }

    @Test
    void gelu() {
        Value erf = unary(Kind.ERF, binary(BinaryKind.DIVIDE, x, constant((float) Math.sqrt(2))));
        becomes(Kind.GELU, 0, times(times(x, add(erf, constant(1))), constant(0.5f)));
    }

    @Test
    void geluByTanh() {
        Value cube = binary(BinaryKind.POWER, x, constant(3));
        Value inner = times(constant(0.7978845608f), add(x, times(constant(0.044715f), cube)));
        Value half = times(constant(0.5f), x);
        becomes(Kind.GELU_TANH, 0, times(half, add(constant(1), activation(Activation.TANH, inner))));
    }

    @Test
    void mish() {
        Value softplus = unary(Kind.LOG, add(unary(Kind.EXP, x), constant(1)));
        becomes(Kind.MISH, 0, times(x, activation(Activation.TANH, softplus)));
    }

    @Test
    void bounds() {
        becomes(
                new ActivationAttributes(Activation.RELU6),
                binary(BinaryKind.MINIMUM, constant(6), binary(BinaryKind.MAXIMUM, x, constant(0))));
    }

    @Test
    void boundsThatHaveANodeOfTheirOwn() {
        ScalarFunction clip = new ScalarFunction(Kind.CLIP, 0, Float.POSITIVE_INFINITY);
        becomes(new ActivationAttributes(Activation.RELU), net.add("clip", new UnaryAttributes(clip), x));
    }

    @Test
    void aMaximumWithZero() {
        becomes(new ActivationAttributes(Activation.RELU), binary(BinaryKind.MAXIMUM, x, constant(0)));
    }

    @Test
    void twoFactorsAndASum() {
        Value y = add(times(times(x, constant(2)), constant(0.25f)), constant(-1));
        becomes(new UnaryAttributes(new ScalarFunction(Kind.AFFINE, 0.5f, -1)), y);
    }

    @Test
    void aPartBehindOtherArithmetic() {
        Value before = unary(Kind.SIN, x);
        Value swish = times(before, activation(Activation.SIGMOID, before));
        Graph after = Rewrites.close(PASS, net.outputs(unary(Kind.COS, swish)));
        assertEquals(List.of("Unary", "Unary", "Unary"), Net.operators(after));
    }

    @Test
    void leavesWhatIsUsedElsewhere() {
        Value gate = activation(Activation.SIGMOID, x);
        Rewrites.none(PASS, net.outputs(times(x, gate), gate));
    }

    @Test
    void leavesWhatIsNearlyTheSame() {
        Value gate = activation(Activation.SIGMOID, times(x, constant(1.001f)));
        Rewrites.none(PASS, net.outputs(times(x, gate)));
    }

    @Test
    void leavesWhatIsTooSteepToBeKnownByItsValues() {
        Value spike = unary(Kind.HARD_SWISH, unary(Kind.NEGATE, activation(Activation.RELU, times(x, constant(1e6f)))));
        Rewrites.none(PASS, net.outputs(spike));
    }

    @Test
    void leavesWhatVariesFromElementToElement() {
        Value slopes = net.builder.constant("slopes", Shape.of(50), net.normal(50, 1));
        Rewrites.none(PASS, net.outputs(add(times(x, slopes), constant(1))));
    }
}
