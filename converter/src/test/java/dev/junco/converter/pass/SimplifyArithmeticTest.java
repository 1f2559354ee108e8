package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifyArithmeticTest {
    private static final Pass PASS = new SimplifyArithmetic();

    private final Net net = new Net(9);
    private final Value x = net.input(2, 4);

    private Value binary(BinaryKind kind, Activation activation, Value a, Value b) {
        return net.add("y", new BinaryAttributes(kind, activation), a, b);
    }

    @ParameterizedTest
    @CsvSource({"2,SQUARE", "0.5,SQRT", "-0.5,RSQRT", "-1,RECIPROCAL"})
    void powersAreFunctions(float exponent, Kind expected) {
        Value positive = net.add("positive", new ActivationAttributes(Activation.SIGMOID), x);
        Value constant = net.builder.constant("exponent", Shape.of(), exponent);
        Graph after = Rewrites.close(PASS, net.outputs(binary(BinaryKind.POWER, Activation.NONE, positive, constant)));
        assertEquals(List.of("Activation", "Unary"), Net.operators(after));
        assertEquals(
                expected,
                ((UnaryAttributes) after.nodes().get(1).attributes()).function().kind());
    }

    @Test
    void aDivisionByConstantsIsAProduct() {
        Value divisor = net.builder.constant("divisor", Shape.of(4), 3, -0.1f, 7, 1e20f);
        Graph after = Rewrites.close(PASS, net.outputs(binary(BinaryKind.DIVIDE, Activation.RELU, x, divisor)));
        assertEquals(
                new BinaryAttributes(BinaryKind.MULTIPLY, Activation.RELU),
                after.nodes().get(0).attributes());
    }

    @Test
    void leavesDivisorsWithoutAReciprocalAndOtherPowers() {
        Value zero = net.builder.constant("zero", Shape.of(2, 1), 1, 0);
        Value large = net.builder.constant("large", Shape.of(1), 3e38f);
        Value third = net.builder.constant("third", Shape.of(1), 3);
        Value a = net.add("a", new BinaryAttributes(BinaryKind.DIVIDE, Activation.NONE), x, zero);
        Value b = net.add("b", new BinaryAttributes(BinaryKind.DIVIDE, Activation.NONE), x, large);
        Value c = net.add("c", new BinaryAttributes(BinaryKind.POWER, Activation.NONE), x, third);
        Value d = net.add("d", new BinaryAttributes(BinaryKind.DIVIDE, Activation.NONE), third, x);
        Rewrites.none(PASS, net.outputs(a, b, c, d));
    }
}
