package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import java.util.List;

/** Rules that dense layers and convolutions share: operand 0 is x, operand 1 the weights, operand 2 the optional bias. */
final class Products {
    private static final int LARGEST_FACTOR = 128;

    private Products() {}

    static void checkBias(List<Value> inputs, int units) {
        if (inputs.size() < 3) {
            return;
        }
        Value bias = inputs.get(2);
        DType type = inputs.get(0).type();
        Operator.requireType(bias, "bias", type == DType.FLOAT32 ? DType.FLOAT32 : DType.INT32);
        if (type == DType.INT16 && bias.shape().equals(Shape.of(units, 2))) {
            return;
        }
        if (bias.shape().rank() != 1 || bias.shape().dim(0) != units) {
            throw new GraphException("bias '" + bias.name() + "' has shape " + bias.shape() + ", expected " + units
                    + " (one a unit)" + (type == DType.INT16 ? " or " + units + "×2 (64 bits a unit)" : ""));
        }
    }

    /** Throws unless weights have the type that goes with the input: its own, or int8 for int16. */
    static void requireWeights(Value x, Value w) {
        Operator.requireType(w, "weights", x.type() == DType.INT16 ? DType.INT8 : x.type());
    }

    /** Checks an int8 or int16 product: constant weights with one scale, or one a unit on {@code unitAxis}, and an int32 bias. */
    static void checkQuantization(Node node, Activation activation, int unitAxis) {
        Value x = node.input(0);
        if (x.type() == DType.FLOAT32) {
            return;
        }
        String type = x.type() == DType.INT16 ? "int16" : "int8";
        Operator.requireQuantization(x);
        Operator.requireSymmetric(node);
        Value w = node.input(1);
        Quantization scales = w.quantization();
        if (!w.isConstant()) {
            throw new GraphException("int8 weights '" + w.name() + "' are computed; they have to be constant");
        }
        if (!scales.isQuantized() || scales.isPerAxis() && scales.axis() != unitAxis) {
            throw new GraphException("int8 weights '" + w.name() + "' have quantisation " + scales
                    + ", expected one scale or one for each index of axis " + unitAxis);
        }
        if (Math.abs(weightsZeroPoint(w) + 0.5) > 128) {
            throw new GraphException(
                    "int8 weights '" + w.name() + "' have zero point " + scales.zeroPoint() + ", expected -128 to 127");
        }
        if (node.inputs().size() > 2 && !node.input(2).isConstant()) {
            throw new GraphException("int32 bias '" + node.input(2).name() + "' is computed; it has to be constant");
        }
        double scale = Requantization.productScale(node, 0);
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new GraphException("input has " + x.quantization() + ", weights '" + w.name() + "' have " + scales
                    + ", which makes products of scale " + scale + "; expected a positive finite number");
        }
        if (!activation.isClamp()) {
            throw new GraphException("activation " + activation + " cannot be fused into an " + type
                    + " operator; give it a node of its own");
        }
        if (x.type() == DType.INT16) {
            checkInt16(node, unitAxis);
        }
    }

    private static void checkInt16(Node node, int unitAxis) {
        Value w = node.input(1);
        if (weightsZeroPoint(w) != 0) {
            throw new GraphException("weights '" + w.name() + "' have zero point " + weightsZeroPoint(w)
                    + ", expected 0 beside an int16 input");
        }
        for (int unit = 0; unit < w.shape().dim(unitAxis); unit++) {
            double factor = Int16Requantization.factor(node, unit);
            // A shift of 7 is the most that the specification's 64-bit arithmetic has.
            if (!(factor < LARGEST_FACTOR)) {
                throw new GraphException("unit " + unit + " scales its sums by " + factor + ", expected less than "
                        + LARGEST_FACTOR + "; is the result's scale right?");
            }
        }
    }

    /** The integer that stands for 0 in int8 weights; other than 0 only in models that were made for unsigned bytes. */
    static int weightsZeroPoint(Value w) {
        Quantization scales = w.quantization();
        return scales.isQuantized() && !scales.isPerAxis() ? scales.zeroPoint() : 0;
    }

    /** Largest magnitude of int8 weights without their zero point, whatever they are. */
    static int largestWeight(Value w) {
        return 128 + Math.abs(weightsZeroPoint(w));
    }

    /** The float bias, or zeros where there is none. */
    static FloatRef bias(Binding binding, Node node, int units) {
        return node.inputs().size() > 2 ? binding.floats(node.input(2)) : new FloatRef(new float[units], 0);
    }

    /** The bias of one unit in double precision, 0 where there is none. */
    static double biasOf(Node node, Doubles values, int unit) {
        return node.inputs().size() > 2 ? values.of(node.input(2))[unit] : 0;
    }
}
