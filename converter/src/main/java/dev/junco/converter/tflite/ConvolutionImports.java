package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.Conv2DAttributes;
import dev.junco.runtime.graph.attributes.DepthwiseConv2DAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dense layers and convolutions: activations are NHWC and filters OHWI, as in Junco. */
final class ConvolutionImports {
    private ConvolutionImports() {}

    static void register(Map<String, Translation> table) {
        table.put("CONV_2D", ConvolutionImports::conv2d);
        table.put("DEPTHWISE_CONV_2D", ConvolutionImports::depthwise);
        table.put("FULLY_CONNECTED", ConvolutionImports::fullyConnected);
    }

    /** SAME or VALID, by the code in a field of the options. */
    static Padding padding(Operation op, int field) {
        int code = op.optionByte(field, 0);
        if (code != 0 && code != 1) {
            throw new Untranslatable("padding " + code);
        }
        return code == 0 ? Padding.SAME : Padding.VALID;
    }

    /** A size of a window or stride. */
    static int positive(int value, String what) {
        if (value < 1) {
            throw new Untranslatable(what + " " + value);
        }
        return value;
    }

    private static void conv2d(Operation op) {
        Shape x = op.shape(0);
        Shape w = op.shape(1);
        if (x.rank() != 4 || w.rank() != 4 || x.dim(3) % w.dim(3) != 0) {
            throw new Untranslatable("input " + x + " with filters " + w);
        }
        boolean hybrid = HybridProduct.is(op);
        Attributes attributes = new Conv2DAttributes(
                positive(op.optionInt(2, 0), "stride"),
                positive(op.optionInt(1, 0), "stride"),
                positive(op.optionInt(5, 1), "dilation"),
                positive(op.optionInt(4, 1), "dilation"),
                padding(op, 0),
                x.dim(3) / w.dim(3),
                hybrid ? Activation.NONE : op.fused(3));
        if (hybrid) {
            boolean oneScale = op.spec(1).quantization().size() == 1;
            op.define(0, HybridProduct.of(op, attributes, op.value(0), oneScale, oneScale, op.fused(3)));
        } else {
            op.node(attributes, operands(op, 6, w.dim(0)), op.scale(0));
        }
    }

    private static void depthwise(Operation op) {
        boolean hybrid = HybridProduct.is(op);
        Attributes attributes = new DepthwiseConv2DAttributes(
                positive(op.optionInt(2, 0), "stride"),
                positive(op.optionInt(1, 0), "stride"),
                positive(op.optionInt(6, 1), "dilation"),
                positive(op.optionInt(5, 1), "dilation"),
                padding(op, 0),
                hybrid ? Activation.NONE : op.fused(4));
        if (hybrid) {
            op.define(0, HybridProduct.of(op, attributes, op.value(0), false, false, op.fused(4)));
        } else {
            op.node(attributes, operands(op), op.scale(0));
        }
    }

    /**
     * Operands with a bias in any case where the file wants an int16 product to be added up in 32 bits.
     *
     * @param biasType field of the options that tells the type of a missing bias
     */
    private static List<Value> operands(Operation op, int biasType, int units) {
        List<Value> operands = operands(op);
        addNarrowBias(op, operands, biasType, units);
        return operands;
    }

    /** Adds a bias of zeros where a file wants the sums of an int16 product without one in 32 bits. */
    static void addNarrowBias(Operation op, List<Value> operands, int biasType, int units) {
        boolean narrow = op.optionByte(biasType, 0) == TensorType.INT32.ordinal();
        if (operands.size() == 2 && operands.get(0).type() == DType.INT16 && narrow) {
            op.graph().literals().spend(4L * units);
            operands.add(op.constant("bias", TensorSpec.int32(Shape.of(units)), Constant.of(new int[units])));
        }
    }

    /** Input, weights and, where there is one, bias; weights of float32 arithmetic may be stored as int8 or float16. */
    static List<Value> operands(Operation op) {
        boolean real = op.type(0) == DType.FLOAT32;
        List<Value> operands = new ArrayList<>();
        operands.add(op.value(0));
        operands.add(real ? op.real(1) : op.value(1));
        if (op.has(2)) {
            operands.add(op.value(2));
        }
        return operands;
    }

    /** y = x wᵀ + bias over the last axis of the weights; whatever axes x has, it is read as rows of that length. */
    private static void fullyConnected(Operation op) {
        if (op.optionByte(1, 0) != 0) {
            throw new Untranslatable("shuffled weights");
        }
        Shape w = op.shape(1);
        Shape x = op.shape(0);
        if (w.rank() != 2 || x.elements() % w.dim(1) != 0) {
            throw new Untranslatable("input " + x + " with weights " + w);
        }
        int rows = x.elements() / w.dim(1);
        Value input = op.value(0);
        if (x.rank() == 0 || x.dim(0) != rows) {
            input = op.step("rows", ShapeImports.reshape(x, rows, w.dim(1)), input.quantization(), input);
        }
        int[] dims = {rows, w.dim(0)};
        if (op.optionBool(2) && x.rank() > 0) {
            dims = x.dims();
            dims[dims.length - 1] = w.dim(0);
        }
        Activation activation = op.fused(0);
        if (HybridProduct.is(op)) {
            Attributes sums = new FullyConnectedAttributes(Activation.NONE);
            Value y = HybridProduct.of(op, sums, input, !op.optionBool(3), true, activation);
            op.define(0, dims.length == 2 ? y : op.step("axes", ShapeImports.reshape(y.shape(), dims), y));
            return;
        }
        List<Value> operands = operands(op, 4, w.dim(0));
        operands.set(0, input);
        Attributes attributes = new FullyConnectedAttributes(activation);
        if (dims.length == 2) {
            op.node(attributes, operands, op.scale(0));
            return;
        }
        Value product = op.step("product", attributes, op.scale(0), operands.toArray(new Value[0]));
        op.node(ShapeImports.reshape(product.shape(), dims), product);
    }
}
