package dev.junco.converter.pass;

import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;

/** New float weights and biases for products. */
final class ProductConstants {
    private ProductConstants() {}

    static Value weights(GraphCopy copy, Product product, float[] elements) {
        return copy.constantInPlaceOf(product.weights(), product.weights().spec(), Constant.of(elements));
    }

    /** A bias in the place of the old one, or the first one. */
    static Value bias(GraphCopy copy, Product product, float[] elements) {
        TensorSpec spec = TensorSpec.float32(Shape.of(elements.length));
        return product.hasBias()
                ? copy.constantInPlaceOf(product.bias(), spec, Constant.of(elements))
                : copy.constant(product.node().name() + "/bias", spec, Constant.of(elements));
    }
}
