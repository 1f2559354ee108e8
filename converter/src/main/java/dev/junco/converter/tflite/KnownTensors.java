package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The tensors of a subgraph that are there before any operator: variables, and constants whose elements the file holds. */
final class KnownTensors {
    private KnownTensors() {}

    /** Defines all that some operator uses or that is a result, and tells what cannot be. */
    static void define(Subgraph subgraph, Assembly assembly, Missing missing) {
        Set<Integer> computed = new HashSet<>();
        Set<Integer> used = new HashSet<>();
        for (OperatorInfo operator : subgraph.operators()) {
            Arrays.stream(operator.outputs()).forEach(computed::add);
            Arrays.stream(operator.inputs()).forEach(used::add);
        }
        Arrays.stream(subgraph.outputs()).forEach(used::add);
        Set<Integer> wide = WideBiases.of(subgraph);
        for (int index = 0; index < subgraph.tensors().size(); index++) {
            TensorInfo tensor = assembly.tensor(index);
            if (assembly.has(index) || !used.contains(index)) {
                continue;
            }
            try {
                if (tensor.variable()) {
                    assembly.define(index, state(tensor, assembly));
                } else if (tensor.isConstant() || tensor.elements() == 0 && !computed.contains(index)) {
                    Literals literals = assembly.literals();
                    assembly.define(index, wide.contains(index) ? literals.words(tensor) : literals.of(tensor));
                }
            } catch (Untranslatable e) {
                missing.add("constant " + tensor.label(), e.getMessage());
            }
        }
    }

    /** A variable starts from real zeros: its bytes are the zero point. */
    private static Value state(TensorInfo tensor, Assembly assembly) {
        TensorSpec spec = Literals.spec(tensor);
        Constant start = null;
        if (spec.quantization().isQuantized()
                && spec.type() == DType.INT8
                && spec.quantization().zeroPoint() != 0) {
            assembly.literals().spend(spec.bytes());
            byte[] zeros = new byte[spec.shape().elements()];
            Arrays.fill(zeros, (byte) spec.quantization().zeroPoint());
            start = Constant.of(zeros);
        }
        return assembly.builder().state(assembly.freeName(tensor.name()), spec, start);
    }
}
