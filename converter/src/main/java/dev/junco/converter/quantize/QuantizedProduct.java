package dev.junco.converter.quantize;

import dev.junco.converter.pass.Product;

/**
 * Weights and bias of a product in int8: w ≈ scale[unit] · w′ with w′ in [−127, 127], bias ≈ inputScale · scale[unit] · bias′ with an int32 bias′.
 *
 * @param weights w′ in the layout of the weights
 * @param scales one a unit
 * @param bias bias′, one a unit
 */
record QuantizedProduct(byte[] weights, float[] scales, int[] bias) {
    /** Finest step of a bias where all weights of a unit are 0, so that they do not tell a scale. */
    private static final double BIAS_STEPS = 1 << 24;

    /**
     * Quantises a product.
     *
     * @param bias the bias to store, one a unit; it may differ from the product's own
     * @param inputScale step of the int8 operand
     */
    static QuantizedProduct of(Product product, double[] bias, double inputScale) {
        float[] elements = product.weights().floats();
        float[] scales = scales(product, elements, bias, inputScale);
        byte[] weights = new byte[elements.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Rounding.symmetric(elements[i], scales[product.unitOf(i)]);
        }
        int[] rounded = new int[bias.length];
        for (int u = 0; u < rounded.length; u++) {
            rounded[u] = (int) Rounding.halfAway(bias[u] / (inputScale * scales[u]));
        }
        return new QuantizedProduct(weights, scales, rounded);
    }

    /** max |w| / 127 for each unit, more where the bias would otherwise leave int32 no room for the sum of products. */
    private static float[] scales(Product product, float[] elements, double[] bias, double inputScale) {
        float[] scales = new float[product.units()];
        for (int i = 0; i < elements.length; i++) {
            int unit = product.unitOf(i);
            scales[unit] = Math.max(scales[unit], Math.abs(elements[i]));
        }
        double mostBias = Math.max(BIAS_STEPS, Integer.MAX_VALUE - product.depth() * 255.0 * 127.0);
        for (int u = 0; u < scales.length; u++) {
            double limit = scales[u] > 0 ? mostBias : BIAS_STEPS;
            double scale = Math.max(scales[u] / 127.0, Math.abs(bias[u]) / (inputScale * limit));
            scales[u] = scale > 0 ? Math.max((float) scale, Float.MIN_NORMAL) : 1;
        }
        return scales;
    }
}
