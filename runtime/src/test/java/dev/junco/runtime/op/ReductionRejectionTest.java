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
import dev.junco.runtime.graph.attributes.ArgAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.ExtremeKind;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.SoftmaxAttributes;
import dev.junco.runtime.graph.attributes.TopKAttributes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What reductions, orders, softmax and changes of type reject: the message names the value, what was found and what was expected. */
class ReductionRejectionTest {
    private static final Attributes SOFTMAX = new SoftmaxAttributes(1);
    private static final Attributes LOGS = new SoftmaxAttributes(1, true);

    private static Attributes reduce(ReduceKind kind, Integer... axes) {
        return new ReduceAttributes(kind, List.of(axes), true);
    }

    private static Attributes arg(int axis) {
        return new ArgAttributes(ExtremeKind.MAX, axis, false, false);
    }

    private static Attributes cumulative(int axis) {
        return new CumSumAttributes(axis, false, false);
    }

    private static Attributes top(int k) {
        return new TopKAttributes(ExtremeKind.MAX, k);
    }

    static List<Rejected> reductions() {
        String axes = "expected ascending ones of the 2 axes of input 'x0', counted from 0";
        return List.of(
                node(reduce(ReduceKind.SUM, 0)).because("ReduceSum 'node'", "has 0 operands, expected 1"),
                node(reduce(ReduceKind.SUM, 0), f(2), f(2)).because("has 2 operands, expected 1"),
                node(reduce(ReduceKind.SUM, 0), b(2))
                        .because("input 'x0' is BOOL, expected FLOAT32 or INT8 or INT16 or"),
                node(reduce(ReduceKind.L1, 0), q(1, 0, 2)).because("'x0' is INT8, expected FLOAT32 or INT32"),
                node(reduce(ReduceKind.L2, 0), i(2)).because("'x0' is INT32, expected FLOAT32"),
                node(reduce(ReduceKind.LOG_SUM_EXP, 0), q16(1, 0, 2)).because("'x0' is INT16, expected FLOAT32"),
                node(reduce(ReduceKind.ANY, 0), f(2)).because("'x0' is FLOAT32, expected BOOL"),
                node(reduce(ReduceKind.MAX, 2), f(2, 3)).because("axes are [2]", axes),
                node(reduce(ReduceKind.MAX, -1), f(2, 3)).because("axes are [-1]", axes),
                node(reduce(ReduceKind.MAX, 1, 0), f(2, 3)).because("axes are [1, 0]", axes),
                node(reduce(ReduceKind.MAX, 1, 1), f(2, 3)).because("axes are [1, 1]", axes),
                node(reduce(ReduceKind.MAX, 0), f()).because("axes are [0]", "the 0 axes of input 'x0'"),
                node(reduce(ReduceKind.MEAN, 0), bare(DType.INT8, 2)).to(1, 0).because("'x0' has quantisation none"),
                node(reduce(ReduceKind.MEAN, 0), perAxis(DType.INT8, 2))
                        .to(1, 0)
                        .because("'x0'", "2 scales on axis 0"),
                node(reduce(ReduceKind.MEAN, 0), q(1, 0, 2))
                        .because("'node' has quantisation none, expected one scale"),
                node(reduce(ReduceKind.MAX, 0), q(1, 0, 2))
                        .to(1, 5)
                        .because("'x0' has scale 1.0, zero point 0, the result has scale 1.0, zero point 5"),
                node(reduce(ReduceKind.MIN, 0), q16(1, 0, 2)).to(2, 0).because("'x0' has scale 1.0", "has scale 2.0"),
                node(reduce(ReduceKind.SUM, 0), q16(1, 7, 2)).to(1, 0).because("'x0' has zero point 7, expected 0"),
                node(reduce(ReduceKind.SUM, 0), q16(1, 0, 2)).to(1, 7).because("'node' has zero point 7, expected 0"));
    }

    static List<Rejected> orders() {
        return List.of(
                node(arg(0)).because("ArgMax 'node'", "has 0 operands, expected 1"),
                node(arg(0), b(2)).because("input 'x0' is BOOL, expected FLOAT32 or INT8 or INT32"),
                node(arg(0), q16(1, 0, 2)).because("input 'x0' is INT16, expected FLOAT32 or INT8 or INT32"),
                node(arg(2), f(2, 3)).because("axis is 2", "2 axes of input 'x0' of shape 2×3"),
                node(arg(-1), f(2, 3)).because("axis is -1", "counted from 0"),
                node(arg(0), f()).because("axis is 0", "0 axes of input 'x0'"),
                node(cumulative(0), f(2), f(2)).because("CumSum 'node'", "has 2 operands, expected 1"),
                node(cumulative(0), q(1, 0, 2)).because("input 'x0' is INT8, expected FLOAT32 or INT32"),
                node(cumulative(0), b(2)).because("input 'x0' is BOOL, expected FLOAT32 or INT32"),
                node(cumulative(3), f(2, 3)).because("axis is 3", "2 axes of input 'x0' of shape 2×3"),
                node(cumulative(-2), i(2, 3)).because("axis is -2"),
                node(top(1)).because("TopK 'node'", "has 0 operands, expected 1"),
                node(top(1), b(2)).because("input 'x0' is BOOL, expected FLOAT32 or INT8 or INT32"),
                node(top(4), f(2, 3)).because("k is 4, expected 1 to the size of the last axis of input 'x0' (2×3)"),
                node(top(0), f(2, 3)).because("k is 0, expected 1 to the size"),
                node(top(1), f()).because("k is 1", "input 'x0' (scalar)"),
                node(top(1), bare(DType.INT8, 2)).to(1, 0).because("'x0' has quantisation none, expected one scale"),
                node(top(1), q(1, 0, 2)).to(2, 0).because("operand 'x0' has scale 1.0", "the result has scale 2.0"));
    }

    static List<Rejected> shares() {
        return List.of(
                node(SOFTMAX).because("Softmax 'node'", "has 0 operands, expected 1"),
                node(LOGS, f(2), f(2)).because("LogSoftmax 'node'", "has 2 operands, expected 1"),
                node(SOFTMAX, i(2)).because("input 'x0' is INT32, expected FLOAT32 or INT8 or INT16"),
                node(LOGS, q16(1, 0, 2)).because("input 'x0' is INT16, expected FLOAT32 or INT8"),
                node(LOGS, f()).because("input 'x0' is a scalar, expected at least one axis"),
                node(new SoftmaxAttributes(-1), f(2)).because("beta is -1.0, expected a positive finite number"),
                node(new SoftmaxAttributes(Float.NaN), f(2)).because("beta is NaN, expected a positive finite"),
                node(new SoftmaxAttributes(Float.POSITIVE_INFINITY), f(2)).because("beta is Infinity"),
                node(SOFTMAX, bare(DType.INT8, 2)).because("'x0' has quantisation none, expected one scale"),
                node(SOFTMAX, q(1, 0, 2))
                        .to(1.0 / 16, 127)
                        .because("int8 softmax", "expected scale 0.00390625, zero point"),
                node(LOGS, q(1, 0, 2))
                        .to(1.0 / 256, -128)
                        .because("int8 log softmax", "expected scale 0.0625, zero point 127"),
                node(LOGS, q(1e-30, 0, 2)).because("too far apart", "must be above 2^-26"),
                node(SOFTMAX, q16(1, 0, 2)).to(1.0 / 256, 0).because("int16 softmax", "expected scale 3.0517578E-5"),
                node(SOFTMAX, q16(3, 0, 2)).because("too far apart", "beta · scale is 3.0, must be below 2.5"),
                node(SOFTMAX, q16(1, 4, 2)).because("'x0' has zero point 4, expected 0"),
                node(SOFTMAX, q16(1, 0, 2, 70000)).because("'x0' has rows of 70000, expected at most 65536"));
    }

    static List<Rejected> types() {
        return List.of(
                node(new QuantizeAttributes(DType.INT32), f(2)).because("result is INT32, expected INT8 or INT16"),
                node(new QuantizeAttributes(), i(2)).because("'x0' is INT32, expected FLOAT32 or INT8 or INT16"),
                node(new QuantizeAttributes(DType.INT16), f(2))
                        .because("'node' has quantisation none, expected one scale"),
                node(new QuantizeAttributes(DType.INT16), f(2)).to(1, 1).because("'node' has zero point 1, expected 0"),
                node(new QuantizeAttributes(), q16(1, 2, 2)).to(1, 0).because("'x0' has zero point 2, expected 0"),
                node(new QuantizeAttributes(), bare(DType.INT16, 2)).to(1, 0).because("'x0' has quantisation none"),
                node(new DequantizeAttributes(), i(2)).because("'x0' is INT32, expected INT8 or INT16"),
                node(new DequantizeAttributes(), bare(DType.INT16, 2)).because("'x0' has quantisation none"),
                node(new DequantizeAttributes(), perAxis(DType.INT8, 2))
                        .because("'x0'", "2 scales on axis 0, expected one"),
                node(new DynamicQuantizeAttributes(), q(1, 0, 2)).because("'x0' is INT8, expected FLOAT32"));
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void reductionsAlongAxes(Rejected row) {
        row.verify();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void placesAndRunningSums(Rejected row) {
        row.verify();
    }

    @ParameterizedTest
    @MethodSource("shares")
    void softmaxAndItsLogarithm(Rejected row) {
        row.verify();
    }

    @ParameterizedTest
    @MethodSource("types")
    void changesOfType(Rejected row) {
        row.verify();
    }
}
