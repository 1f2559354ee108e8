package dev.junco.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors of one kind by name, in order. */
final class TensorMap {
    private final String kind;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Tensor> view = Collections.unmodifiableMap(tensors);

    /** @param kind for messages: input, output or state */
    TensorMap(String kind) {
        this.kind = kind;
    }

    void add(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
    }

    Map<String, Tensor> all() {
        return view;
    }

    Tensor find(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " '" + name + "'; the model has " + tensors.keySet());
        }
        return tensor;
    }

    Tensor only() {
        if (tensors.size() != 1) {
            throw new IllegalStateException(
                    "the model has " + tensors.size() + " " + kind + "s, " + tensors.keySet() + "; name one");
        }
        return tensors.values().iterator().next();
    }
}
