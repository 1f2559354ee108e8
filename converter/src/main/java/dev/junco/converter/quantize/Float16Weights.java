package dev.junco.converter.quantize;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Half;
import dev.junco.runtime.graph.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Weights as IEEE 754 binary16, rounded to nearest even. Weights beyond its range (65504) keep the whole tensor in float32. */
public final class Float16Weights extends WeightStorage {
    @Override
    public String name() {
        return "float16-weights";
    }

    @Override
    Constant encode(Weights weights) {
        float[] elements = weights.value().floats();
        ByteBuffer bytes = ByteBuffer.allocate(elements.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : elements) {
            short half = Half.fromFloat(element);
            if (Float.isInfinite(Half.toFloat(half))) {
                return null;
            }
            bytes.putShort(half);
        }
        return Constant.of(Storage.FLOAT16, bytes.flip(), Quantization.NONE);
    }
}
