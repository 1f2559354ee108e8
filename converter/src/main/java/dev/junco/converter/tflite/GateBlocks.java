package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts the weights of gates, which TensorFlow Lite keeps as tensors of their own, under each other into one tensor, as Junco has them. int8 and int16 weights of one scale a gate
 * have one scale a row then.
 */
final class GateBlocks {
    private final Operation op;

    GateBlocks(Operation op) {
        this.op = op;
    }

    /**
     * The blocks of several operands.
     *
     * @param what what they are, for names and messages
     * @param operands their indices, −1 for a block of zeros
     */
    Value of(String what, int... operands) {
        Literal[] blocks = new Literal[operands.length];
        Literal model = null;
        for (int i = 0; i < operands.length; i++) {
            if (operands[i] >= 0) {
                blocks[i] = literal(what, operands[i]);
                model = model == null ? blocks[i] : model;
            }
        }
        if (model == null) {
            throw new Untranslatable("it has no " + what);
        }
        TensorSpec one = model.spec();
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] != null
                    && (!blocks[i].spec().shape().equals(one.shape())
                            || blocks[i].spec().type() != one.type())) {
                throw new Untranslatable("its " + what + " are " + one + " and " + blocks[i].spec());
            }
        }
        int[] dims = one.shape().dims();
        dims[0] *= blocks.length;
        return joined(what, blocks, one, Shape.of(dims));
    }

    private Literal literal(String what, int operand) {
        Literal literal = op.literal(operand);
        if (literal == null || literal.isEmpty()) {
            throw new Untranslatable("its " + what + " " + op.tensor(operand).label() + " are computed");
        }
        return literal;
    }

    private Value joined(String what, Literal[] blocks, TensorSpec one, Shape shape) {
        op.graph().literals().spend(4L * shape.elements());
        if (one.type() == DType.FLOAT32) {
            float[] values = new float[shape.elements()];
            for (int i = 0; i < blocks.length; i++) {
                if (blocks[i] != null) {
                    float[] block = blocks[i].floats();
                    System.arraycopy(block, 0, values, i * block.length, block.length);
                }
            }
            return op.constant(what, TensorSpec.float32(shape), Constant.of(values));
        }
        Storage storage = Storage.of(one.type());
        int size = one.shape().elements() * storage.bytes();
        ByteBuffer bytes =
                ByteBuffer.allocate(shape.elements() * storage.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] != null) {
                bytes.put(i * size, blocks[i].elements().bytes(), 0, size);
            }
        }
        Constant elements = Constant.of(storage, bytes, Quantization.NONE);
        boolean scaled = one.type() == DType.INT8 || one.type() == DType.INT16;
        Quantization scales = scaled ? scales(blocks, one.shape()) : one.quantization();
        if (one.type() == DType.INT8 && op.type(0) == DType.FLOAT32) {
            return op.constant(
                    what, TensorSpec.float32(shape), Constant.of(Storage.SCALED_INT8, elements.bytes(), scales));
        }
        return op.constant(what, new TensorSpec(one.type(), shape, scales), elements);
    }

    private static Quantization scales(Literal[] blocks, Shape one) {
        int rows = one.dim(0);
        float[] scales = new float[blocks.length * rows];
        for (int i = 0; i < scales.length; i++) {
            Literal block = blocks[i / rows];
            Quantization own = block == null ? null : block.spec().quantization();
            if (own != null && !own.isQuantized()) {
                throw new Untranslatable("weights of " + block.spec().type() + " without a scale");
            }
            if (own != null && !own.isPerAxis() && own.zeroPoint() != 0) {
                throw new Untranslatable("weights with zero point " + own.zeroPoint());
            }
            scales[i] = own == null ? 1 : own.scale(own.isPerAxis() ? i % rows : 0);
        }
        return Quantization.perAxis(scales, 0);
    }
}
