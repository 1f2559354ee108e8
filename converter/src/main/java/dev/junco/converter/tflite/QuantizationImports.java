package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.CastAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
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
     * Rounds to the 256 numbers that an 8-bit tensor of the range [min, max] could hold. As TensorFlow does, the range is moved a little so that 0 is one of
     * them.
     */
    private static void fakeQuant(Operation op) {
        float min = op.optionFloat(0, 0);
        float max = op.optionFloat(1, 0);
        int bits = op.optionInt(2, 0);
        if (bits != 8 || op.optionBool(3) || !(min <= 0 && max >= 0 && min < max)) {
            throw new Untranslatable(bits + " bits for the range [" + min + ", " + max + "]"
                    + (op.optionBool(3) ? ", narrow" : "") + "; only 8 bits around 0 are");
        }
        float scale = (max - min) / 255f;
        int zeroPoint = (int) Math.round(Math.min(255, Math.max(0, -(double) min / scale))) - 128;
        Quantization grid = Quantization.perTensor(scale, zeroPoint);
        Value rounded = op.step("rounded", new QuantizeAttributes(), grid, op.value(0));
        op.node(new DequantizeAttributes(), rounded);
    }
}
