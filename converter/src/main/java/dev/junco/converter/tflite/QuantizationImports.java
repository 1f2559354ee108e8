package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.ScalarFunction.Kind;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.Map;

/** Changes of type. */
final class QuantizationImports {
    private QuantizationImports() {}

    static void register(Map<String, Translation> table) {
        table.put("QUANTIZE", QuantizationImports::quantize);
        table.put("DEQUANTIZE", QuantizationImports::dequantize);
        table.put("CAST", QuantizationImports::cast);
        table.put("FAKE_QUANT", QuantizationImports::fakeQuant);
    }

    private static void quantize(Operation op) {
        DType to = op.result(0).type().type();
        if (to != DType.INT8 && to != DType.INT16) {
            throw new Untranslatable("to " + op.result(0).type());
        }
        op.node(new QuantizeAttributes(to), op.value(0));
    }

    /** Constants stay as small as they are: float16, or int8 beside their scales. */
    private static void dequantize(Operation op) {
        Literal literal = op.literal(0);
        if (literal != null) {
            op.define(0, op.graph().literals().dequantized(literal));
        } else if (op.type(0) == DType.FLOAT32) {
            op.define(0, op.value(0)); // float16 activations are float32 here
        } else {
            op.node(new DequantizeAttributes(), op.value(0));
        }
    }

    /** The same numbers in another type; a cast looks at the bytes, so a scale must not give them another meaning. */
    private static void cast(Operation op) {
        Value x = op.value(0);
        TensorType from = op.tensor(0).type();
        DType to = op.result(0).type().type();
        boolean bytes = x.type() == DType.INT8;
        Quantization plain = Quantization.perTensor(1, from == TensorType.UINT8 ? -128 : 0);
        if (to == null
                || to == DType.INT8 && !bytes
                || bytes && !x.quantization().equals(plain)) {
            throw new Untranslatable("from " + from + " with " + x.quantization() + " to "
                    + op.result(0).type());
        }
        if (to == x.type()) {
            op.define(0, x);
        } else if (bytes) {
            Value real = op.step("real", new DequantizeAttributes(), x);
            op.define(0, to == DType.FLOAT32 ? real : op.step("cast", new CastAttributes(to), real));
        } else {
            op.node(new CastAttributes(to), x);
        }
    }

    /**
     * Rounds to the 2ⁿ numbers that a tensor of n bits and the range [min, max] could hold. The range is moved a little so that 0 is one of them. Steps and
     * roundings are those of TensorFlow Lite's NudgeQuantizationRange and FakeQuantizeArray, in float32; its kernel, too, refuses narrow ranges.
     */
    private static void fakeQuant(Operation op) {
        float min = op.optionFloat(0, 0);
        float max = op.optionFloat(1, 0);
        int bits = op.optionInt(2, 0);
        boolean narrow = op.optionBool(3);
        int top = (1 << bits) - 1;
        float step = (max - min) / top;
        boolean sound = bits >= 2 && bits <= 16 && min <= 0 && max >= 0 && 1 / step < Float.POSITIVE_INFINITY;
        if (!sound || narrow || !(step > 0 && step < Float.POSITIVE_INFINITY)) {
            throw new Untranslatable(bits + " bits for the range [" + min + ", " + max + "]"
                    + (narrow ? ", narrow, which TensorFlow Lite refuses, too" : "")
                    + "; expected 2 to 16 bits for a range around 0");
        }
        float zeroPoint = Math.min(top, (float) Math.floor(-min / step + 0.5));
        float lowest = -zeroPoint * step;
        float highest = (top - zeroPoint) * step;
        Value x = step(op, "held", Kind.CLIP, lowest, highest, op.value(0));
        x = step(op, "moved", Kind.AFFINE, 1, -lowest, x);
        x = step(op, "steps", Kind.AFFINE, 1 / step, 0, x);
        x = step(op, "half", Kind.AFFINE, 1, 0.5f, x);
        x = step(op, "rounded", Kind.FLOOR, 0, 0, x);
        x = step(op, "scaled", Kind.AFFINE, step, 0, x); // not at once with what follows: 0 has to stay exactly 0
        op.node(new UnaryAttributes(new ScalarFunction(Kind.AFFINE, 1, lowest)), x);
    }

    private static Value step(Operation op, String what, Kind kind, float alpha, float beta, Value x) {
        return op.step(what, new UnaryAttributes(new ScalarFunction(kind, alpha, beta)), x);
    }
}
