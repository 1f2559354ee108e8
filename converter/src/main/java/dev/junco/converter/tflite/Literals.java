package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Types, scales and elements of TensorFlow Lite as those of Junco. */
final class Literals {
    private final FlatBytes file;

    Literals(FlatBytes file) {
        this.file = file;
    }

    /** Notes that so many bytes are about to be made. */
    void spend(long bytes) {
        file.spend(bytes);
    }

    /** The type, shape and scale of a tensor. */
    static TensorSpec spec(TensorInfo tensor) {
        if (tensor.trouble() != null) {
            throw new Untranslatable("tensor " + tensor.label() + " has " + tensor.trouble());
        }
        return new TensorSpec(tensor.type().type(), shape(tensor), quantization(tensor));
    }

    private static Shape shape(TensorInfo tensor) {
        try {
            return Shape.of(tensor.dims());
        } catch (IllegalArgumentException e) {
            throw new Untranslatable("tensor " + tensor.label() + ": " + e.getMessage());
        }
    }

    /** The scale of a tensor of int8, uint8 or int16; integers that have none mean themselves. */
    static Quantization quantization(TensorInfo tensor) {
        TensorType type = tensor.type();
        if (type == null || !type.isScaled()) {
            return Quantization.NONE;
        }
        int shift = type == TensorType.UINT8 ? 128 : 0;
        float[] scales = tensor.scales();
        if (scales.length == 0) {
            return Quantization.perTensor(1, -shift);
        }
        long[] zeroPoints = tensor.zeroPoints();
        try {
            if (scales.length == 1) {
                long zeroPoint = (zeroPoints.length == 0 ? 0 : zeroPoints[0]) - shift;
                if (zeroPoint != (int) zeroPoint) {
                    throw new IllegalArgumentException("zero point is " + zeroPoint);
                }
                return Quantization.perTensor(scales[0], (int) zeroPoint);
            }
            for (long zeroPoint : zeroPoints) {
                if (zeroPoint != shift) {
                    throw new IllegalArgumentException("has " + scales.length + " scales and zero point " + zeroPoint
                            + "; with several scales all zero points have to be " + shift);
                }
            }
            return Quantization.perAxis(scales, tensor.axis());
        } catch (IllegalArgumentException e) {
            throw new Untranslatable("tensor " + tensor.label() + ": " + e.getMessage());
        }
    }

    /** The elements that the file holds for a tensor. */
    Literal of(TensorInfo tensor) {
        if (tensor.elements() == 0 && tensor.trouble() == null) {
            return Literal.EMPTY;
        }
        TensorSpec spec;
        try {
            spec = spec(tensor);
        } catch (IllegalArgumentException e) {
            throw new Untranslatable("tensor " + tensor.label() + ": " + e.getMessage());
        }
        long wanted = tensor.type().bytes(tensor.elements());
        if (tensor.data().remaining() != wanted) {
            throw FlatBytes.damaged("tensor " + tensor.label() + " of " + tensor.type() + " " + spec.shape() + " needs "
                    + wanted + " bytes, its buffer has " + tensor.data().remaining());
        }
        file.spend(spec.bytes());
        return new Literal(spec, elements(tensor, spec.shape().elements()));
    }

    /** The n int64 elements of a tensor as int32 {@code [n, 2]}, the low word of each first; the file has them so. */
    Literal words(TensorInfo tensor) {
        if (tensor.trouble() != null || tensor.elements() == 0) {
            return of(tensor);
        }
        int count = shape(tensor).elements();
        if (tensor.data().remaining() != 8L * count) {
            throw FlatBytes.damaged("tensor " + tensor.label() + " of " + count + " int64 needs " + 8L * count
                    + " bytes, its buffer has " + tensor.data().remaining());
        }
        return new Literal(
                TensorSpec.int32(Shape.of(count, 2)), Constant.of(Storage.INT32, tensor.data(), Quantization.NONE));
    }

    private Constant elements(TensorInfo tensor, int count) {
        ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int start = data.position();
        switch (tensor.type()) {
            case UINT8, INT4 -> {
                byte[] bytes = new byte[count];
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte)
                            (tensor.type() == TensorType.UINT8
                                    ? data.get(start + i) - 128
                                    : (byte) (data.get(start + i / 2) << (i % 2 == 0 ? 4 : 0)) >> 4);
                }
                return Constant.of(bytes);
            }
            case INT64 -> {
                int[] ints = new int[count];
                for (int i = 0; i < count; i++) {
                    long value = data.getLong(start + 8 * i);
                    // TensorFlow says "to the end" with the largest int64; clamped, it still says so.
                    ints[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
                    if (ints[i] != value && value != Long.MAX_VALUE && value != Long.MIN_VALUE) {
                        throw new Untranslatable("tensor " + tensor.label() + " holds the int64 " + value
                                + "; Junco's integers have 32 bits");
                    }
                }
                return Constant.of(ints);
            }
            default -> {
                return Constant.of(storage(tensor.type()), data, Quantization.NONE);
            }
        }
    }

    private static Storage storage(TensorType type) {
        return type == TensorType.FLOAT16 ? Storage.FLOAT16 : Storage.of(type.type());
    }

    /**
     * int8 elements as weights of a float32 operator: kept as bytes with their scales where zero points are 0, else multiplied out. TensorFlow Lite's hybrid
     * kernels quantise the activations on the fly instead; plain float32 arithmetic on the same weights is nearer to the trained network.
     */
    Literal dequantized(Literal weights) {
        if (weights.isEmpty() || weights.spec().type() == DType.FLOAT32) {
            return weights;
        }
        TensorSpec spec = weights.spec();
        Quantization scales = spec.quantization();
        if (!scales.isQuantized() || spec.type() != DType.INT8 && scales.isPerAxis()) {
            throw new Untranslatable("a constant of type " + spec.type() + " with quantisation " + scales
                    + " in the place of real numbers");
        }
        TensorSpec real = TensorSpec.float32(spec.shape());
        if (spec.type() == DType.INT8 && (scales.isPerAxis() || scales.zeroPoint() == 0)) {
            return new Literal(
                    real, Constant.of(Storage.SCALED_INT8, weights.elements().bytes(), scales));
        }
        file.spend(real.bytes());
        float[] values = new float[spec.shape().elements()];
        byte[] bytes = spec.type() == DType.INT8 ? weights.elements().int8s() : null;
        for (int i = 0; i < values.length; i++) {
            values[i] = scales.scale() * (integer(weights, bytes, i) - scales.zeroPoint());
        }
        return new Literal(real, Constant.of(values));
    }

    private static int integer(Literal literal, byte[] bytes, int index) {
        return bytes != null ? bytes[index] : literal.elements().bytes().getShort(2 * index);
    }
}
