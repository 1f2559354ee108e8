package dev.junco.converter.tflite;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.ActivationAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One operator while it is translated: its operands as values of the graph under construction, its options by their numbers in the schema, and the nodes that
 * it becomes. Operands are counted from 0 as in the file. Not thread-safe.
 */
final class Operation extends OperationOptions {
    private final Assembly graph;
    private final String name;

    Operation(Assembly graph, OperatorInfo info) {
        super(info);
        this.graph = graph;
        this.name = info.outputs().length == 0 ? info.name() : result(0).name();
    }

    /** Name of the node: that of its first result. */
    String name() {
        return name;
    }

    /** Name of the operator's kind. */
    String kind() {
        return info.name();
    }

    // ---- operands

    int operands() {
        return info.inputs().length;
    }

    /** Whether an operand is given. */
    boolean has(int index) {
        return index < info.inputs().length && info.inputs()[index] >= 0;
    }

    /** What the file says about an operand. */
    TensorInfo tensor(int index) {
        return graph.tensor(tensorIndex(index));
    }

    private int tensorIndex(int index) {
        if (!has(index)) {
            throw FlatBytes.damaged(info.label() + " '" + name + "' lacks its operand " + index);
        }
        return info.inputs()[index];
    }

    /** An operand as a value; a constant is added to the graph. */
    Value value(int index) {
        return graph.value(tensorIndex(index));
    }

    /** A float32 operand; int8 and float16 constants keep their bytes. */
    Value real(int index) {
        int tensor = tensorIndex(index);
        Literal literal = graph.literal(tensor);
        return literal == null || literal.isEmpty() || literal.spec().type() == DType.FLOAT32
                ? graph.value(tensor)
                : graph.real(tensor);
    }

    /** All operands as values. */
    List<Value> values() {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < operands(); i++) {
            values.add(value(i));
        }
        return values;
    }

    boolean isConstant(int index) {
        return graph.literal(tensorIndex(index)) != null;
    }

    /** A constant operand, null if it is computed. */
    Literal literal(int index) {
        return graph.literal(tensorIndex(index));
    }

    /** Type, shape and scale of an operand. */
    TensorSpec spec(int index) {
        int tensor = tensorIndex(index);
        Literal literal = graph.literal(tensor);
        if (literal != null && literal.isEmpty()) {
            throw new Untranslatable("operand " + graph.tensor(tensor).label() + " has no elements");
        }
        return literal != null ? literal.spec() : graph.value(tensor).spec();
    }

    Shape shape(int index) {
        return spec(index).shape();
    }

    DType type(int index) {
        return spec(index).type();
    }

    /**
     * The elements of an int32 operand, which has to be constant.
     *
     * @param what what the operand is, for the message
     */
    int[] ints(int index, String what) {
        Literal literal = literal(index);
        int[] values = literal == null ? null : literal.ints();
        if (values == null) {
            throw new Untranslatable("its " + what + " " + tensor(index).label()
                    + (literal == null ? " are computed; they have to be constant" : " are no integers"));
        }
        return values;
    }

    /** The element of an int32 operand of one, which has to be constant. */
    int integer(int index, String what) {
        int[] values = ints(index, what);
        if (values.length != 1) {
            throw new Untranslatable("its " + what + " has " + values.length + " elements, expected 1");
        }
        return values[0];
    }

    /** The element of a float32 operand of one, which has to be constant. */
    float number(int index, String what) {
        Literal literal = literal(index);
        float[] values = literal == null ? null : literal.floats();
        if (values == null || values.length != 1) {
            throw new Untranslatable("its " + what + " " + tensor(index).label() + " is no constant number");
        }
        return values[0];
    }

    /** An axis between 0 and rank − 1; negative ones count from the end. */
    static int axis(int axis, int rank) {
        int counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new Untranslatable("axis " + axis + " of a tensor of rank " + rank);
        }
        return counted;
    }

    // ---- results

    /** Operands are checked where they are defined; results have at least to have a type that the schema knows. */
    void requireTypes() {
        for (int i = 0; i < results(); i++) {
            if (result(i).type() == null) {
                throw new Untranslatable("its result " + i + " " + result(i).label() + " has "
                        + result(i).trouble() + ", expected one of the " + TensorType.values().length
                        + " types of the schema");
            }
        }
    }

    int results() {
        return info.outputs().length;
    }

    /** What the file says about a result. */
    TensorInfo result(int index) {
        if (index >= info.outputs().length) {
            throw FlatBytes.damaged(info.label() + " lacks its result " + index);
        }
        return graph.tensor(info.outputs()[index]);
    }

    /** What the file says about a tensor inside the operator. */
    TensorInfo intermediate(int index) {
        if (index >= info.intermediates().length || info.intermediates()[index] < 0) {
            throw new Untranslatable("it lacks the scales of its inner tensor " + index);
        }
        return graph.tensor(info.intermediates()[index]);
    }

    /** The scale that the file gives to a result. */
    Quantization scale(int index) {
        return Literals.quantization(result(index));
    }

    /** Whether a result is wanted at all. */
    boolean isUsed(int index) {
        return index < info.outputs().length;
    }

    /** Whether a result is computed by now. */
    boolean isDefined(int index) {
        return graph.has(info.outputs()[index]);
    }

    /** The node that computes the only result; the file tells its scale. */
    Value node(Attributes attributes, Value... operands) {
        return node(attributes, Arrays.asList(operands), scale(0));
    }

    /** The node that computes the only result. */
    Value node(Attributes attributes, List<Value> operands, Quantization scale) {
        Value value = nodes(attributes, operands, List.of(scale)).output();
        define(0, value);
        return value;
    }

    /** A node that computes all results in their order. */
    void allResults(Attributes attributes, List<Value> operands) {
        List<Quantization> scales = new ArrayList<>();
        for (int i = 0; i < results(); i++) {
            scales.add(scale(i));
        }
        Node node = nodes(attributes, operands, scales);
        for (int i = 0; i < Math.min(results(), node.outputs().size()); i++) {
            define(i, node.output(i));
        }
    }

    /** A node under the operator's name; its results are not defined yet. */
    Node nodes(Attributes attributes, List<Value> operands, List<Quantization> scales) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results(); i++) {
            String free = graph.freeName(result(i).name());
            names.add(names.contains(free) ? graph.freeName(free + ":" + i) : free);
        }
        return graph.builder().addAll(graph.freeName(name), attributes, operands, scales, names);
    }

    /** A node before or after the main one, with one result. */
    Value step(String what, Attributes attributes, Quantization scale, Value... operands) {
        return graph.builder().add(graph.freeName(name + "/" + what), attributes, Arrays.asList(operands), scale);
    }

    /** A node before or after the main one, with float32 results. */
    List<Value> steps(String what, Attributes attributes, List<Value> operands) {
        String stepName = graph.freeName(name + "/" + what);
        return graph.builder()
                .addAll(stepName, attributes, operands, List.of(), List.of())
                .outputs();
    }

    /** A node before or after the main one, with one result that has no scale of its own. */
    Value step(String what, Attributes attributes, Value... operands) {
        return step(what, attributes, Quantization.NONE, operands);
    }

    /** The function of a fused activation that is no clamp as a node of its own; int8 has no fused curves. */
    Value activated(Value x, Activation function) {
        return function == Activation.NONE
                ? x
                : step("activation", new ActivationAttributes(function), x.quantization(), x);
    }

    Value constant(String what, TensorSpec spec, Constant elements) {
        return graph.builder().constant(graph.freeName(name + "/" + what), spec, elements);
    }

    /** Makes a value the result of the operator. */
    void define(int index, Value value) {
        result(index);
        graph.define(info.outputs()[index], value);
    }

    /** Makes known elements the result of the operator. */
    void define(int index, Literal literal) {
        result(index);
        graph.define(info.outputs()[index], literal);
    }

    Assembly graph() {
        return graph;
    }
}
