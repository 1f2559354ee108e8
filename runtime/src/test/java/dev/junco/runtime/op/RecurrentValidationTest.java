package dev.junco.runtime.op;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.AttentionAttributes;
import dev.junco.runtime.graph.attributes.GateNormalization;
import dev.junco.runtime.graph.attributes.GruAttributes;
import dev.junco.runtime.graph.attributes.LstmAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.SimpleRnnAttributes;
import dev.junco.runtime.graph.attributes.SvdfAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What recurrent operators reject. */
class RecurrentValidationTest {
    private static final ScalarFunction SIGMOID = ScalarFunction.SIGMOID;
    private static final ScalarFunction TANH = ScalarFunction.TANH;
    private static final SimpleRnnAttributes SIMPLE = new SimpleRnnAttributes(false, true, TANH);
    private static final GruAttributes GRU = new GruAttributes(false, true, true, SIGMOID, TANH);

    private final Rejections of = new Rejections();

    private Value x(int... dims) {
        return of.input(TensorSpec.float32(Shape.of(dims)));
    }

    @Test
    void weightsThatDoNotFit() {
        of.rejects(SIMPLE, List.of(x(2, 3)), "SimpleRnn 'node'", "has 1 operand, expected 5");
        of.rejects(
                SIMPLE,
                List.of(x(2, 3), x(4, 3), x(4, 4), x(4), x(2, 4)),
                "input 'x",
                "has shape 2×3, expected 3 axes [batch, time, features]");
        of.rejects(
                SIMPLE,
                List.of(x(2, 5, 3), x(4, 7), x(4, 4), x(4), x(2, 4)),
                "have shape 4×7, expected [1 · units, 3] for input");
        of.rejects(
                GRU,
                List.of(x(2, 5, 3), x(10, 3), x(10, 3), x(10), x(10), x(2, 3)),
                "have shape 10×3, expected [3 · units, 3]");
        of.rejects(
                GRU,
                List.of(x(2, 5, 3), x(12, 3), x(12, 5), x(12), x(12), x(2, 4)),
                "recurrent weights 'x",
                "has shape 12×5, expected 12×4");
        of.rejects(
                GRU,
                List.of(x(2, 5, 3), x(12, 3), x(12, 4), x(12), x(11), x(2, 4)),
                "recurrent bias 'x",
                "has shape 11, expected 12");
        of.rejects(SIMPLE, List.of(x(2, 5, 3), x(4, 3), x(4, 4), x(4), x(1, 4)), "h 'x", "has shape 1×4, expected 2×4");
    }

    @Test
    void cellsThatDoNotFit() {
        List<Value> operands = List.of(x(2, 5, 3), x(16, 3), x(16, 2), x(16), x(2, 2), x(2, 4));
        of.rejects(
                RecurrentCases.lstm(false, true),
                operands,
                "Lstm 'node'",
                "have shape 16×2, expected 4 columns, one a unit, without a projection");
        of.rejects(
                new LstmAttributes(false, true, true, true, false, 0, 0, SIGMOID, TANH, TANH),
                List.of(x(2, 5, 3), x(16, 3), x(16, 2), x(16), x(2, 2), x(2, 4), x(8), x(2, 4)),
                "peepholes 'x",
                "has shape 8, expected 12");
        of.rejects(
                new LstmAttributes(false, true, false, true, false, 0, 0, SIGMOID, TANH, TANH),
                List.of(x(2, 5, 3), x(16, 3), x(16, 2), x(16), x(2, 2), x(2, 4), x(4, 2)),
                "projection 'x",
                "has shape 4×2, expected 2×4");
        of.rejects(
                new LstmAttributes(false, true, false, true, false, 0, 0, SIGMOID, TANH, TANH),
                List.of(x(2, 5, 3), x(16, 3), x(16, 2), x(16), x(2, 2), x(2, 4), x(2, 4), x(3)),
                "bias of the projection",
                "has shape 3, expected 2");
        of.rejects(
                new LstmAttributes(false, true, false, false, false, Float.NaN, 0, SIGMOID, TANH, TANH),
                List.of(x(2, 5, 3), x(16, 3), x(16, 4), x(16), x(2, 4), x(2, 4)),
                "bound of c is NaN, expected a positive number, or 0 for none");
    }

    @Test
    void normalisationsThatDoNotFit() {
        LstmAttributes normalized = NormalizedLstmCases.attributes(true, false, false, GateNormalization.of(1e-3f));
        Value x = x(2, 5, 3);
        List<Value> operands = List.of(x, x(16, 3), x(16, 4), x(16), x(2, 4), x(2, 4), x(12));
        of.rejects(normalized, operands, "has 7 operands, expected 8");
        of.rejects(
                normalized,
                List.of(x, x(16, 3), x(16, 4), x(16), x(2, 4), x(2, 4), x(12), x(12)),
                "gamma 'x",
                "has shape 12, expected 16");
        of.rejects(
                NormalizedLstmCases.attributes(false, false, false, GateNormalization.of(-1)),
                operands.subList(0, 6),
                "epsilon of the normalisation is -1.0, expected a positive number, or 0 for no normalisation");
        Quantization scale = Quantization.perTensor(0.01f, 0);
        List<Value> bytes = new ArrayList<>(List.of(
                q(0.02, 3, 2, 5, 3),
                qw(scale, 16, 3),
                qw(scale, 16, 4),
                bias(16),
                q(0.01, 0, 2, 4),
                cell(0x1p-12, 2, 4)));
        bytes.add(of.constant(TensorSpec.int16(Shape.of(16), scale), Constant.of(new short[16])));
        of.rejects(
                NormalizedLstmCases.attributes(false, false, false, GateNormalization.of(1e-3f)),
                bytes,
                "scales of the sums that are normalised are [0.0, 0.0, 0.0, 0.0], expected a positive number for each");
        bytes.set(6, cell(0.01, 16));
        LstmAttributes known = NormalizedLstmCases.attributes(false, false, false, NormalizedLstmCases.BYTES);
        of.rejects(known, bytes, "operand 'x", "is computed; it has to be constant");
        Quantization coarse = Quantization.perTensor(1e6f, 0);
        bytes.set(6, of.constant(TensorSpec.int16(Shape.of(16), coarse), Constant.of(new short[16])));
        of.rejects(known, bytes, "weights 'c", "too far from that of the sums");
    }

    private Value q(double scale, int zeroPoint, int... dims) {
        return of.input(TensorSpec.int8(Shape.of(dims), Quantization.perTensor((float) scale, zeroPoint)));
    }

    private Value qw(Quantization scales, int... dims) {
        Shape shape = Shape.of(dims);
        return of.constant(TensorSpec.int8(shape, scales), Constant.of(new byte[shape.elements()]));
    }

    private Value cell(double scale, int... dims) {
        return of.input(TensorSpec.int16(Shape.of(dims), Quantization.perTensor((float) scale, 0)));
    }

    private Value bias(int n) {
        return of.constant(TensorSpec.int32(Shape.of(n)), Constant.of(new int[n]));
    }

    @Test
    void int8CellsThatTheSpecificationDoesNotKnow() {
        Quantization scale = Quantization.perTensor(0.01f, 0);
        Value x = q(0.02, 3, 2, 5, 3);
        Value h = q(0.01, 0, 2, 4);
        Value w = qw(scale, 16, 3);
        Value r = qw(scale, 16, 4);
        Value c = cell(0x1p-12, 2, 4);
        LstmAttributes lstm = RecurrentCases.lstm(false, true);
        of.rejects(
                lstm,
                List.of(x, w, r, bias(16), h, cell(0.001, 2, 4)),
                "c 'x",
                "expected zero point 0 and a power of two from 2^-15 to 2^-9 as its scale");
        of.rejects(lstm, List.of(x, w, r, bias(16), h, x(2, 4)), "c 'x", "is FLOAT32, expected INT16");
        of.rejects(
                new LstmAttributes(false, true, false, false, false, 0, 0, RecurrentCases.HARD, TANH, TANH),
                List.of(x, w, r, bias(16), h, c),
                "has functions HARD_SIGMOID, TANH and TANH, expected SIGMOID, TANH and TANH");
        of.rejects(
                lstm,
                List.of(x, qw(Quantization.perTensor(0.01f, 1), 16, 3), r, bias(16), h, c),
                "weights 'c",
                "and zero point 0");
        of.rejects(
                lstm,
                List.of(x, qw(Quantization.perTensor(1e30f, 0), 16, 3), r, bias(16), h, c),
                "weights 'c",
                "too far from that of the sums");
        of.rejects(
                lstm,
                List.of(x, q(0.01, 0, 16, 3), r, bias(16), h, c),
                "operand 'x",
                "is computed; it has to be constant");
        of.rejects(
                lstm,
                List.of(x, w, r, bias(16), h, c),
                Quantization.perTensor(0.5f, 0),
                "result 'node' has quantisation",
                "expected that of 'x");
    }

    @Test
    void memoriesThatDoNotFit() {
        of.rejects(
                new SvdfAttributes(2, Activation.NONE),
                List.of(x(2, 3), x(5, 3), x(5, 4), x(2), x(2, 20)),
                "have 5 filters, which rank 2 does not divide");
        of.rejects(
                new SvdfAttributes(2, Activation.NONE),
                List.of(x(2, 3), x(6, 3), x(6, 4), x(3), x(2, 23)),
                "memory 'x",
                "has shape 2×23, expected 2×24");
        of.rejects(
                new SvdfAttributes(2, Activation.NONE),
                List.of(x(2, 3), x(6, 3), x(6, 4), x(3), x(2, 24)),
                "is INPUT, expected a STATE");
    }

    @Test
    void matricesThatDoNotFit() {
        MatMulAttributes product = new MatMulAttributes(false, false, Activation.NONE);
        of.rejects(product, List.of(x(3), x(3, 4)), "MatMul 'node'", "expected at least two axes");
        of.rejects(product, List.of(x(2, 3), x(4, 3)), "has depth 3", "has depth 4", "Is a transposition missing?");
        of.rejects(product, List.of(x(2, 2, 3), x(5, 3, 4)), "do not fit");
        of.rejects(product, List.of(x(2, 3), q(1, 0, 3, 4)), "b 'x", "is INT8, expected FLOAT32");
        of.rejects(product, List.of(q(1e30, 0, 2, 3), q(1e30, 0, 3, 4)), Quantization.perTensor(1, 0), "too far apart");
        AttentionAttributes attention = new AttentionAttributes(0, false);
        of.rejects(attention, List.of(x(2, 3), x(4, 5), x(4, 5)), "their last axes have to be equal");
        of.rejects(attention, List.of(x(2, 3), x(4, 3), x(5, 3)), "all axes but the last have to be equal");
        of.rejects(attention, List.of(x(2, 3), x(6, 4, 3), x(6, 4, 3)), "has more batches than q");
        of.rejects(
                attention,
                List.of(x(2, 3), x(4, 3), x(4, 3), x(2, 2, 4)),
                "mask 'x",
                "does not broadcast to the scores 2×4");
        of.rejects(
                new AttentionAttributes(Float.NaN, false),
                List.of(x(2, 3), x(4, 3), x(4, 3)),
                "scale is NaN, expected a finite number");
    }
}
