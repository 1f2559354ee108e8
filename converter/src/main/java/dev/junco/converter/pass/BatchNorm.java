package dev.junco.converter.pass;

import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;

/**
 * Batch normalisation as scale and shift of each channel, in double precision: scale = gamma / √(variance + epsilon), shift = beta − mean · scale.
 */
record BatchNorm(Node node, double[] scale, double[] shift) {
    /** The node seen so, or null if it is something else or not constant. */
    static BatchNorm of(Node node) {
        if (node == null || !(node.attributes() instanceof BatchNormAttributes attributes)) {
            return null;
        }
        for (int i = 1; i < 5; i++) {
            if (!node.input(i).isConstant()) {
                return null;
            }
        }
        float[] gamma = node.input(1).floats();
        float[] beta = node.input(2).floats();
        float[] mean = node.input(3).floats();
        float[] variance = node.input(4).floats();
        double[] scale = new double[gamma.length];
        double[] shift = new double[gamma.length];
        for (int c = 0; c < gamma.length; c++) {
            scale[c] = gamma[c] / Math.sqrt((double) variance[c] + attributes.epsilon());
            shift[c] = beta[c] - mean[c] * scale[c];
        }
        return new BatchNorm(node, scale, shift);
    }

    int channels() {
        return scale.length;
    }

    boolean hasShift() {
        for (double value : shift) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }
}
