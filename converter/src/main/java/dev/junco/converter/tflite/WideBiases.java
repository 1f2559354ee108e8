package dev.junco.converter.tflite;

import java.util.HashSet;
import java.util.Set;

/** The int64 biases of dense layers and convolutions of int16 activations: they stay 64 bits wide, as two int32 words each. */
final class WideBiases {
    private static final Set<String> PRODUCTS = Set.of("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED");

    private WideBiases() {}

    /** The numbers of their tensors. */
    static Set<Integer> of(Subgraph subgraph) {
        Set<Integer> found = new HashSet<>();
        for (OperatorInfo operator : subgraph.operators()) {
            int[] inputs = operator.inputs();
            if (PRODUCTS.contains(operator.name())
                    && inputs.length > 2
                    && is(subgraph, inputs[0], TensorType.INT16)
                    && is(subgraph, inputs[2], TensorType.INT64)) {
                found.add(inputs[2]);
            }
        }
        return found;
    }

    private static boolean is(Subgraph subgraph, int tensor, TensorType type) {
        return tensor >= 0 && subgraph.tensors().get(tensor).type() == type;
    }
}
