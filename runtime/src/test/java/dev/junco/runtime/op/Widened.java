package dev.junco.runtime.op;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which int8 values of a node lie widened in a test. */
final class Widened implements Storage {
    /** All lie in bytes. */
    static final Widened NONE = new Widened();

    private final Set<Value> values = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Each way in which values of the node may lie, but for all of them in bytes. */
    static List<Widened> of(Node node) {
        List<Widened> ways = new ArrayList<>();
        Widening widening = NodeBench.operator(node.attributes()).widening(node.attributes(), node);
        Widened operands = new Widened();
        node.inputs().stream()
                .filter(value -> value.type() == DType.INT8 && !value.isConstant())
                .forEach(operands.values::add);
        Widened results = new Widened();
        node.outputs().stream().filter(value -> value.type() == DType.INT8).forEach(results.values::add);
        Widened all = new Widened();
        all.values.addAll(operands.values);
        all.values.addAll(results.values);
        boolean constants = node.inputs().stream().anyMatch(value -> value.type() == DType.INT8 && value.isConstant());
        if (widening == Widening.EACH && !all.values.isEmpty()) {
            ways.addAll(List.of(operands, results, all));
        } else if (widening == Widening.OPERANDS && !operands.values.isEmpty()) {
            ways.add(operands);
        } else if (widening == Widening.TOGETHER && !all.values.isEmpty() && !constants) {
            ways.add(all);
        }
        return ways;
    }

    @Override
    public boolean isWidened(Value value) {
        return values.contains(value);
    }

    /** The elements of a value as they lie. */
    Object lay(Value value, Object data) {
        if (!isWidened(value)) {
            return data;
        }
        byte[] bytes = (byte[]) data;
        float[] floats = new float[bytes.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = bytes[i] - value.quantization().zeroPoint();
        }
        return floats;
    }

    /** The elements of a value from how they lie. */
    Object read(Value value, Object lying) {
        if (!isWidened(value)) {
            return lying;
        }
        float[] floats = (float[]) lying;
        byte[] bytes = new byte[floats.length];
        for (int i = 0; i < bytes.length; i++) {
            float element = floats[i] + value.quantization().zeroPoint();
            bytes[i] = (byte) element;
            if (bytes[i] != element) {
                throw new AssertionError("'" + value.name() + "' holds " + floats[i] + ", which is no int8 value");
            }
        }
        return bytes;
    }
}
