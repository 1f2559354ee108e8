package dev.junco.converter.tflite;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The int64 biases of dense layers, convolutions and transposed convolutions of int16 activations: they stay 64 bits wide, as two int32 words each. */
final class WideBiases {
    /** The operators, each with the place of its input; the bias is the last operand. */
    private static final Map<String, Integer> INPUTS =
            Map.of("CONV_2D", 0, "DEPTHWISE_CONV_2D", 0, "FULLY_CONNECTED", 0, "TRANSPOSE_CONV", 2);

    private WideBiases() {}

    /** The numbers of their tensors. */
    static Set<Integer> of(Subgraph subgraph) {
        Set<Integer> found = new HashSet<>();
        for (OperatorInfo operator : subgraph.operators()) {
            int[] inputs = operator.inputs();
            int input = INPUTS.getOrDefault(operator.name(), -1);
            int bias = input == 0 ? 2 : 3;
            if (input >= 0
                    && inputs.length > bias
                    && is(subgraph, inputs[input], TensorType.INT16)
                    && is(subgraph, inputs[bias], TensorType.INT64)) {
                found.add(inputs[bias]);
            }
        }
        return found;
    }

    private static boolean is(Subgraph subgraph, int tensor, TensorType type) {
        return tensor >= 0 && subgraph.tensors().get(tensor).type() == type;
    }
}
