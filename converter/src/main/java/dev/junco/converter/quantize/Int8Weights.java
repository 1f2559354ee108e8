package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;
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
    Constant encode(Product product) {
        // Without a bias to make room for, the scales are those of an int8 product.
        QuantizedProduct quantized = QuantizedProduct.of(product, new double[product.units()], 1);
        Quantization scales = Quantization.perAxis(quantized.scales(), product.unitAxis());
        return Constant.of(Storage.SCALED_INT8, ByteBuffer.wrap(quantized.weights()), scales);
    }
}
