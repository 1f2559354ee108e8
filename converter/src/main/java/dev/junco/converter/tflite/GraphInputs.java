package dev.junco.converter.tflite;

import dev.junco.converter.ImportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that inputs and outputs have for users: those of the signature, else those of their tensors; and the inputs that a graph will have. */
final class GraphInputs {
    private GraphInputs() {}

    /** The inputs in the order of their declaration. */
    static List<ForeignInput> of(Subgraph subgraph, SignatureInfo signature) {
        List<ForeignInput> inputs = new ArrayList<>();
        names(subgraph, signature).forEach((index, name) -> {
            TensorInfo tensor = subgraph.tensors().get(index);
            try {
                inputs.add(new ForeignInput(name, Literals.spec(tensor).shape(), tensor.openAxes()));
            } catch (Untranslatable e) {
                throw new ImportException("the model cannot be imported: input '" + name + "': " + e.getMessage());
            }
        });
        return inputs;
    }

    /** The name of each tensor that is an input; a tensor that is one twice has one name. */
    static Map<Integer, String> names(Subgraph subgraph, SignatureInfo signature) {
        Map<Integer, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (int index : subgraph.inputs()) {
            if (!names.containsKey(index)) {
                names.put(
                        index,
                        unique(
                                name(
                                        signature.inputs(),
                                        index,
                                        subgraph.tensors().get(index)),
                                taken));
            }
        }
        return names;
    }

    static String name(Map<Integer, String> aliases, int index, TensorInfo tensor) {
        String name = aliases.getOrDefault(index, tensor.name());
        return name.isEmpty() ? "tensor_" + index : name;
    }

    static String unique(String wanted, Set<String> names) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
