package dev.junco.converter.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.junco.converter.Net;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.NormalizationAttributes;
import dev.junco.runtime.graph.attributes.NormalizationKind;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseNormalizationTest {
    private static final Pass PASS = new FuseNormalization();
    private static final float EPSILON = 1e-3f;

    private final Net net = new Net(9);
    private final Value x = net.input(2, 3, 24);
    private final Value gamma = net.builder.constant("gamma", Shape.of(24), net.normal(24, 1));
    private final Value beta = net.builder.constant("beta", Shape.of(24), net.normal(24, 1));
    private int names;

    private Value constant(float value) {
        return net.builder.constant("c" + names++, Shape.of(1), value);
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return net.add("n" + names++, new BinaryAttributes(kind, Activation.NONE), a, b);
    }

    private Value times(Value a, Value b) {
        return binary(BinaryKind.MULTIPLY, a, b);
    }

    private Value reduce(ReduceKind kind, Value a, boolean keepDims) {
        return net.add("n" + names++, new ReduceAttributes(kind, List.of(2), keepDims), a);
    }

    private Value unary(Kind kind, Value a) {
        return net.add("n" + names++, new UnaryAttributes(ScalarFunction.of(kind)), a);
    }

    private Value withEpsilon(Value a) {
        return binary(BinaryKind.ADD, a, constant(EPSILON));
    }

    private void becomes(NormalizationKind kind, List<String> parameters, Value y) {
        Graph after = Rewrites.close(PASS, net.outputs(y));
        assertEquals(1, after.nodes().size(), () -> "" + Net.operators(after));
        Node node = after.nodes().get(0);
        NormalizationAttributes found = (NormalizationAttributes) node.attributes();
        assertEquals(kind, found.kind());
        assertEquals(2, found.axis());
        assertEquals(parameters, node.inputs().stream().skip(1).map(Value::name).toList());
    }

    @Test
    void layerNormalisationByDivision() {
        Value centred = binary(BinaryKind.SUBTRACT, x, reduce(ReduceKind.MEAN, x, true));
        Value variance = reduce(ReduceKind.MEAN, binary(BinaryKind.POWER, centred, constant(2)), true);
        Value y = binary(BinaryKind.DIVIDE, centred, unary(Kind.SQRT, withEpsilon(variance)));
        becomes(NormalizationKind.LAYER, List.of("gamma", "beta"), binary(BinaryKind.ADD, times(y, gamma), beta));
    }

    @Test
    void layerNormalisationByAFactorAndAShift() {
        Value mean = reduce(ReduceKind.MEAN, x, true);
        Value variance = reduce(ReduceKind.MEAN, binary(BinaryKind.SQUARED_DIFFERENCE, x, mean), true);
        Value factor = times(unary(Kind.RSQRT, withEpsilon(variance)), gamma);
        Value shift = binary(BinaryKind.SUBTRACT, beta, times(mean, factor));
        becomes(NormalizationKind.LAYER, List.of("gamma", "beta"), binary(BinaryKind.ADD, times(x, factor), shift));
    }

    @Test
    void layerNormalisationWithoutParameters() {
        Value centred = binary(BinaryKind.SUBTRACT, x, reduce(ReduceKind.MEAN, x, true));
        Value variance = reduce(ReduceKind.MEAN, times(centred, centred), true);
        becomes(NormalizationKind.LAYER, List.of(), times(centred, unary(Kind.RSQRT, withEpsilon(variance))));
    }

    @Test
    void rmsNormalisation() {
        Value squares = reduce(ReduceKind.MEAN, unary(Kind.SQUARE, x), true);
        Value y = times(x, unary(Kind.RSQRT, withEpsilon(squares)));
        becomes(NormalizationKind.RMS, List.of("gamma"), times(gamma, y));
    }

    @Test
    void divisionByTheLength() {
        Value squares = reduce(ReduceKind.SUM, unary(Kind.SQUARE, x), true);
        Value bounded = binary(BinaryKind.MAXIMUM, squares, constant(EPSILON));
        becomes(NormalizationKind.L2, List.of(), times(x, unary(Kind.RSQRT, bounded)));
    }

    @Test
    void divisionByABoundedLength() {
        Value length = reduce(ReduceKind.L2, x, true);
        Value bounded = binary(BinaryKind.MAXIMUM, length, constant(EPSILON));
        becomes(NormalizationKind.L2, List.of(), binary(BinaryKind.DIVIDE, x, bounded));
    }

    @Test
    void leavesAnotherVariance() {
        Value centred = binary(BinaryKind.SUBTRACT, x, reduce(ReduceKind.MEAN, x, true));
        Value sum = reduce(ReduceKind.SUM, times(centred, centred), true);
        Value variance = times(sum, constant(1 / 23f));
        Rewrites.none(PASS, net.outputs(times(centred, unary(Kind.RSQRT, withEpsilon(variance)))));
    }

    @Test
    void aMeanThatIsUsedElsewhereStays() {
        Value mean = reduce(ReduceKind.MEAN, x, true);
        Value centred = binary(BinaryKind.SUBTRACT, x, mean);
        Value variance = reduce(ReduceKind.MEAN, times(centred, centred), true);
        Value y = times(centred, unary(Kind.RSQRT, withEpsilon(variance)));
        Graph after = Rewrites.close(PASS, net.outputs(y, mean));
        assertEquals(List.of("Reduce", "Binary", "Normalization"), Net.operators(after));
    }

    @Test
    void leavesParametersThatVaryFromRowToRow() {
        Value squares = reduce(ReduceKind.MEAN, unary(Kind.SQUARE, x), true);
        Value y = times(x, unary(Kind.RSQRT, withEpsilon(squares)));
        Graph after = PASS.apply(net.outputs(times(y, net.weight("rows", 1, 3, 24))));
        assertEquals(List.of("Normalization", "Binary"), Net.operators(after));
    }

    @Test
    void normalisesAllAxesFromOneOn() {
        ReduceAttributes mean = new ReduceAttributes(ReduceKind.MEAN, List.of(1, 2), true);
        Value centred = binary(BinaryKind.SUBTRACT, x, net.add("mean", mean, x));
        Value variance = net.add("variance", mean, times(centred, centred));
        Value y = times(centred, unary(Kind.RSQRT, withEpsilon(variance)));
        Value scaled = times(y, net.weight("factors", 1, 3, 24));
        Graph after = Rewrites.close(PASS, net.outputs(scaled));
        assertEquals(List.of("Normalization"), Net.operators(after));
        assertEquals(1, ((NormalizationAttributes) after.nodes().get(0).attributes()).axis());
    }
}
