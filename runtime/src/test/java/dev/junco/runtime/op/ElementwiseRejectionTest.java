package dev.junco.runtime.op;

import static dev.junco.runtime.op.Rejected.b;
import static dev.junco.runtime.op.Rejected.bare;
import static dev.junco.runtime.op.Rejected.f;
import static dev.junco.runtime.op.Rejected.i;
import static dev.junco.runtime.op.Rejected.node;
import static dev.junco.runtime.op.Rejected.perAxis;
import static dev.junco.runtime.op.Rejected.q;
import static dev.junco.runtime.op.Rejected.q16;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.CompareAttributes;
import dev.junco.runtime.graph.attributes.CompareKind;
import dev.junco.runtime.graph.attributes.LeakyReluAttributes;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.LogicalKind;
import dev.junco.runtime.graph.attributes.PReluAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.SelectAttributes;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators on single elements and on pairs of them reject: the message names the value, what was found and what was expected. */
class ElementwiseRejectionTest {
    private static final Attributes COMPARE = new CompareAttributes(CompareKind.EQUAL);
    private static final Attributes LESS = new CompareAttributes(CompareKind.LESS);
    private static final Attributes AND = new LogicalAttributes(LogicalKind.AND);
    private static final Attributes NOT = new LogicalAttributes(LogicalKind.NOT);
    private static final Attributes SELECT = new SelectAttributes();
    private static final Attributes PRELU = new PReluAttributes();
    private static final Attributes SIGMOID = new ActivationAttributes(Activation.SIGMOID);

    private static Attributes unary(Kind kind) {
        return new UnaryAttributes(ScalarFunction.of(kind));
    }

    private static Attributes unary(Kind kind, double alpha, double beta) {
        return new UnaryAttributes(new ScalarFunction(kind, (float) alpha, (float) beta));
    }

    private static Attributes binary(BinaryKind kind) {
        return new BinaryAttributes(kind, Activation.NONE);
    }

    static List<Rejected> functions() {
        return List.of(
                node(unary(Kind.EXP)).because("Exp 'node'", "has 0 operands, expected 1"),
                node(unary(Kind.EXP), f(2), f(2)).because("has 2 operands, expected 1"),
                node(unary(Kind.EXP), i(2)).because("input 'x0' is INT32, expected FLOAT32 or INT8"),
                node(unary(Kind.HARD_SWISH), b(2))
                        .because("HardSwish 'node'", "'x0' is BOOL, expected FLOAT32 or INT8"),
                node(unary(Kind.EXP), q16(1, 0, 2)).to(1, 0).because("results are beyond the largest float32"),
                node(unary(Kind.ABS), q16(1e30, 0, 2)).to(1e-9, 0).because("too far apart"),
                node(unary(Kind.LOG), q16(1, 0, 2)).because("int16 tensor 'node' has quantisation none"),
                node(unary(Kind.GELU), q16(1, 0, 2)).because("'x0' is INT16, expected FLOAT32 or INT8"),
                node(unary(Kind.ABS), b(2)).because("'x0' is BOOL, expected FLOAT32 or INT8 or INT32"),
                node(unary(Kind.NEGATE), q16(1, 0, 2)).because("'x0' is INT16, expected FLOAT32 or INT8 or INT32"),
                node(unary(Kind.RELU), f(2)).because("RELU is a function of Activation; write it as one"),
                node(unary(Kind.TANH), f(2)).because("TANH is a function of Activation"),
                node(unary(Kind.ELU, Double.NaN, 0), f(2))
                        .because("parameters are NaN and 0.0, expected finite numbers"),
                node(unary(Kind.AFFINE, 1, Double.POSITIVE_INFINITY), f(2))
                        .because("parameters are 1.0 and Infinity, expected finite numbers"),
                node(unary(Kind.CLIP, 2, 1), f(2)).because("2.0 and 1.0, expected a lower and an upper bound"),
                node(unary(Kind.CLIP, Double.NaN, 1), f(2)).because("NaN and 1.0, expected a lower and an upper bound"),
                node(unary(Kind.CELU, 0, 0), f(2)).because("alpha is 0.0, expected a positive number"),
                node(unary(Kind.EXP), bare(DType.INT8, 2))
                        .to(1, 0)
                        .because("'x0' has quantisation none, expected one scale"),
                node(unary(Kind.EXP), perAxis(DType.INT8, 2))
                        .to(1, 0)
                        .because("'x0'", "2 scales on axis 0, expected one"),
                node(unary(Kind.EXP), q(1, 0, 2)).because("'node' has quantisation none, expected one scale"),
                node(unary(Kind.EXP), q(1, 200, 2)).to(1, 0).because("'x0' has zero point 200, expected -128 to 127"),
                node(unary(Kind.EXP), q(1, 0, 2))
                        .to(1, -129)
                        .because("'node' has zero point -129, expected -128 to 127"),
                node(unary(Kind.EXP), f(2)).to(1, 0).because("'node' is float32 and cannot have a scale"),
                node(new LeakyReluAttributes(0.1f), i(2)).because("'x0' is INT32, expected FLOAT32 or INT8 or INT16"),
                node(SIGMOID, b(2)).because("Sigmoid 'node'", "'x0' is BOOL, expected FLOAT32 or INT8 or INT16"),
                node(SIGMOID, bare(DType.INT16, 2))
                        .to(1, 0)
                        .because("int16 tensor 'x0' has quantisation none, expected one"),
                node(SIGMOID, perAxis(DType.INT16, 2))
                        .to(1, 0)
                        .because("int16 tensor 'x0'", "2 scales on axis 0, expected"),
                node(SIGMOID, q16(0.001, 3, 2)).to(1, 0).because("int16 tensor 'x0' has zero point 3, expected 0"),
                node(SIGMOID, q16(0.001, 0, 2))
                        .because("int16 tensor 'node' has quantisation none, expected one scale"),
                node(SIGMOID, q16(0.001, 0, 2))
                        .to(0.001, 0)
                        .because("too far apart", "SIGMOID has the scale 3.0517578E-5"),
                node(SIGMOID, q16(3, 0, 2)).to(1.0 / 32768, 0).because("scale is 3.0, must be at most 32767 / 12288"));
    }

    static List<Rejected> pairs() {
        return List.of(
                node(binary(BinaryKind.ADD), f(2)).because("Add 'node'", "has 1 operand, expected 2"),
                node(binary(BinaryKind.ADD), b(2), b(2))
                        .because("first operand 'x0' is BOOL, expected FLOAT32 or INT8"),
                node(binary(BinaryKind.ADD), f(2), i(2)).because("second operand 'x1' is INT32, expected FLOAT32"),
                node(binary(BinaryKind.DIVIDE), q(1, 0, 2), q(1, 0, 2))
                        .because("'x0' is INT8, expected FLOAT32 or INT32"),
                node(binary(BinaryKind.SQUARED_DIFFERENCE), q16(1, 0, 2), q16(1, 0, 2))
                        .because("'x0' is INT16, expected FLOAT32 or INT8 or INT32"),
                node(binary(BinaryKind.ATAN2), i(2), i(2)).because("'x0' is INT32, expected FLOAT32"),
                node(binary(BinaryKind.MULTIPLY), f(2, 3), f(2, 4))
                        .because("shapes 2×3 and 2×4 do not fit", "'x0' and 'x1'", "sizes have to be equal or 1"),
                node(binary(BinaryKind.POWER), f(2, 3), f(3, 2, 1, 4)).because("shapes 2×3 and 3×2×1×4 do not fit"),
                node(new BinaryAttributes(BinaryKind.ADD, Activation.TANH), i(2), i(2))
                        .because("TANH cannot be fused into an int32 operator; give it a node of its own"),
                node(new BinaryAttributes(BinaryKind.ADD, Activation.SIGMOID), q16(1, 0, 2), q16(1, 0, 2))
                        .because("SIGMOID cannot be fused into an int16 operator"),
                node(binary(BinaryKind.ADD), bare(DType.INT8, 2), q(1, 0, 2))
                        .to(1, 0)
                        .because("'x0' has quantisation none"),
                node(binary(BinaryKind.ADD), q(1, 0, 2), bare(DType.INT8, 2))
                        .to(1, 0)
                        .because("'x1' has quantisation none"),
                node(binary(BinaryKind.ADD), q(1, 0, 2), q(1, 0, 2)).because("'node' has quantisation none, expected"),
                node(binary(BinaryKind.ADD), q16(1, 0, 2), q16(1, 9, 2))
                        .to(1, 0)
                        .because("'x1' has zero point 9, expected 0"),
                node(binary(BinaryKind.MAXIMUM), q(1, 0, 2), q(2, 0, 2))
                        .to(1, 0)
                        .because(
                                "operand 'x1' has scale 2.0", "the result has scale 1.0", "put a Quantize node before"),
                node(binary(BinaryKind.MINIMUM), q16(1, 0, 2), q16(1, 0, 2))
                        .to(2, 0)
                        .because("operand 'x0' has scale 1.0"),
                node(binary(BinaryKind.MULTIPLY), q16(1e30, 0, 2), q16(1e30, 0, 2))
                        .to(1, 0)
                        .because("too far apart"),
                node(COMPARE, f(2)).because("has 1 operand, expected 2"),
                node(COMPARE, q16(1, 0, 2), q16(2, 0, 2))
                        .because(
                                "int16 operands 'x0' and 'x1' have scale 1.0, zero point 0 and scale 2.0",
                                "expected one scale"),
                node(COMPARE, bare(DType.INT16, 2), q16(1, 0, 2)).because("'x0' has quantisation none, expected one"),
                node(COMPARE, q16(1, 0, 2), q16(1, 1, 2)).because("'x1' has zero point 1, expected 0"),
                node(COMPARE, f(2), i(2)).because("second operand 'x1' is INT32, expected FLOAT32"),
                node(COMPARE, f(2), f(3)).because("shapes 2 and 3 do not fit", "'x0' and 'x1'"),
                node(LESS, b(2), b(2)).because("LESS of truth values, expected EQUAL or NOT_EQUAL"),
                node(COMPARE, q(1, 0, 2), bare(DType.INT8, 2))
                        .because("'x1' has quantisation none, expected one scale"),
                node(COMPARE, f(2), f(2)).to(1, 0).because("'node' is bool and cannot have a scale"),
                node(AND, b(2)).because("has 1 operand, expected 2"),
                node(NOT, b(2), b(2)).because("has 2 operands, expected 1"),
                node(AND, f(2), b(2)).because("operand 'x0' is FLOAT32, expected BOOL"),
                node(AND, b(2), i(2)).because("operand 'x1' is INT32, expected BOOL"),
                node(AND, b(2, 2), b(3)).because("shapes 2×2 and 3 do not fit", "'x0' and 'x1'"));
    }

    static List<Rejected> choices() {
        return List.of(
                node(SELECT, b(2), f(2)).because("Select 'node'", "has 2 operands, expected 3"),
                node(SELECT, f(2), f(2), f(2)).because("condition 'x0' is FLOAT32, expected BOOL"),
                node(SELECT, b(2), f(2), i(2)).because("second choice 'x2' is INT32, expected FLOAT32"),
                node(SELECT, b(2), f(3), f(4)).because("shapes 3 and 4 do not fit", "'x1' and 'x2'"),
                node(SELECT, b(2), f(3), f(3)).because("shapes 2 and 3 do not fit", "'x0' and 'x1'"),
                node(SELECT, b(2), q(1, 0, 2), q(1, 3, 2)).to(1, 0).because("operand 'x2' has scale 1.0, zero point 3"),
                node(SELECT, b(2), q16(1, 0, 2), q16(2, 0, 2)).to(1, 0).because("operand 'x2' has scale 2.0"),
                node(new CastAttributes(DType.INT32)).because("Cast 'node'", "has 0 operands, expected 1"),
                node(new CastAttributes(DType.INT32), f(2), f(2)).because("has 2 operands, expected 1"),
                node(new CastAttributes(DType.FLOAT32), i(2))
                        .to(1, 0)
                        .because("'node' is float32 and cannot have a scale"),
                node(PRELU, f(2)).because("PRelu 'node'", "has 1 operand, expected 2"),
                node(PRELU, i(2), i(2)).because("input 'x0' is INT32, expected FLOAT32 or INT8"),
                node(PRELU, f(2), q(1, 0, 2)).because("slope 'x1' is INT8, expected FLOAT32"),
                node(PRELU, f(2, 3), f(2)).because("shapes 2×3 and 2 do not fit", "'x0' and 'x1'"),
                node(PRELU, f(3), f(2, 3))
                        .because("slope 'x1' has shape 2×3, expected one that repeats to the input's, 3"),
                node(PRELU, bare(DType.INT8, 2), q(1, 0, 2))
                        .to(1, 0)
                        .because("'x0' has quantisation none, expected one"),
                node(PRELU, q(1, 0, 2), bare(DType.INT8, 2))
                        .to(1, 0)
                        .because("'x1' has quantisation none, expected one"),
                node(PRELU, q(1, 0, 2), q(1, 0, 2)).because("'node' has quantisation none, expected one scale"),
                node(PRELU, q(3e38, 0, 2), q(1, 0, 2)).to(1e-38, 0).because("too far apart"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsOfOneElement(Rejected row) {
        row.verify();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void arithmeticComparisonAndLogic(Rejected row) {
        row.verify();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void choicesCastsAndSlopes(Rejected row) {
        row.verify();
    }
}
