package dev.junco.converter.quantize;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Storage;
import java.nio.ByteBuffer;

/** Weights as one byte in [−127, 127] and one scale for each unit, max |w| / 127. */
public final class Int8Weights extends WeightStorage {
    @Override
    public String name() {
        return "int8-weights";
    }

    @Override
    Constant encode(Weights weights) {
        float[] elements = weights.value().floats();
        float[] scales = new float[weights.value().shape().dim(weights.axis())];
        for (int i = 0; i < elements.length; i++) {
            int unit = weights.unitOf(i);
            scales[unit] = Math.max(scales[unit], Math.abs(elements[i]));
        }
        for (int unit = 0; unit < scales.length; unit++) {
            double scale = scales[unit] / 127.0;
            scales[unit] = scale > 0 ? Math.max((float) scale, Float.MIN_NORMAL) : 1;
        }
        byte[] bytes = new byte[elements.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Rounding.symmetric(elements[i], scales[weights.unitOf(i)]);
        }
        Quantization perUnit = Quantization.perAxis(scales, weights.axis());
        return Constant.of(Storage.SCALED_INT8, ByteBuffer.wrap(bytes), perUnit);
    }
}
