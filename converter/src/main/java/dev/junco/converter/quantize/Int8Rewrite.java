package dev.junco.converter.quantize;

import dev.junco.converter.pass.GraphCopy;
import dev.junco.converter.pass.Product;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphException;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.Pool2DAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the int8 graph: int8 nodes take int8 operands, float nodes float ones, and Quantize and Dequantize nodes stand where the two meet. An int8
 * value keeps the name that its float original had.
 */
final class Int8Rewrite {
    private final Graph graph;
    private final Int8Nodes nodes;
    private final ActivationScales scales;
    private final boolean int8Io;
    private final GraphCopy copy;
    /** The int8 form of each value of the source, by id; the float form is the copy's counterpart. */
    private final Value[] integers;

    /**
     * A rewrite.
     *
     * @param int8Io whether inputs and outputs are int8 too, where the nodes next to them are
     */
    Int8Rewrite(Graph graph, Int8Nodes nodes, ActivationScales scales, boolean int8Io) {
        this.graph = graph;
        this.nodes = nodes;
        this.scales = scales;
        this.int8Io = int8Io;
        this.copy = new GraphCopy(graph, this::inputSpec);
        this.integers = new Value[graph.values().size()];
    }

    private TensorSpec inputSpec(Value input) {
        return isInt8Input(input) ? TensorSpec.int8(input.shape(), scales.of(input)) : input.spec();
    }

    private boolean isInt8Input(Value value) {
        return int8Io && value.role() == Role.INPUT && scales.of(value) != null;
    }

    /**
     * The int8 graph.
     *
     * @throws Unfit if a node cannot run with its scales
     */
    Graph apply() throws Unfit {
        for (Value input : graph.inputs()) {
            if (isInt8Input(input)) {
                integers[input.id()] = copy.of(input);
            }
        }
        for (Node node : graph.nodes()) {
            if (!nodes.contains(node)) {
                for (Value input : node.inputs()) {
                    copy.map(input, real(input));
                }
                copy.copy(node);
            } else {
                try {
                    add(node, Product.of(node) != null ? weighted(Product.of(node)) : operands(node));
                } catch (GraphException e) {
                    throw new Unfit(node, e);
                }
            }
        }
        return copy.build(value -> int8Io && integers[value.id()] != null ? integers[value.id()] : real(value));
    }

    /** A node whose operator refuses the scales that calibration gave it. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Node node;

        Unfit(Node node, GraphException reason) {
            super(reason.getMessage(), reason);
            this.node = node;
        }

        Node node() {
            return node;
        }
    }

    private List<Value> weighted(Product product) {
        Value x = integer(product.x(), scales.of(product.x()));
        QuantizedProduct quantized =
                QuantizedProduct.of(product, product.biases(), x.quantization().scale());
        Quantization perUnit = Quantization.perAxis(quantized.scales(), product.unitAxis());
        List<Value> operands = new ArrayList<>(List.of(
                x,
                copy.constantInPlaceOf(
                        product.weights(),
                        TensorSpec.int8(product.weights().shape(), perUnit),
                        Constant.of(quantized.weights()))));
        if (product.hasBias()) {
            Shape shape = Shape.of(product.units());
            operands.add(
                    copy.constantInPlaceOf(product.bias(), TensorSpec.int32(shape), Constant.of(quantized.bias())));
        }
        return operands;
    }

    private List<Value> operands(Node node) {
        List<Value> real = Int8Nodes.operands(node);
        List<Value> operands = new ArrayList<>();
        for (Value input : node.inputs()) {
            operands.add(real.contains(input) ? integer(input, scales.of(node, input)) : copy.of(input));
        }
        return operands;
    }

    private void add(Node node, List<Value> operands) {
        List<Value> real = Int8Nodes.results(node);
        List<Quantization> quantizations = node.outputs().stream()
                .map(output -> real.contains(output) ? scales.of(output) : output.quantization())
                .toList();
        List<Value> added = copy.addAll(node, withoutCountedPadding(node.attributes()), operands, quantizations);
        for (int i = 0; i < added.size(); i++) {
            if (real.contains(node.output(i))) {
                integers[node.output(i).id()] = added.get(i);
            } else {
                copy.map(node.output(i), added.get(i));
            }
        }
    }

    /** There is no padding to count where {@link Int8Rules} let such a pooling pass, and int8 pooling has no such option. */
    private static Attributes withoutCountedPadding(Attributes attributes) {
        return attributes instanceof Pool2DAttributes a && a.countPadding()
                ? new Pool2DAttributes(
                        a.kind(),
                        a.windowH(),
                        a.windowW(),
                        a.strideH(),
                        a.strideW(),
                        a.padding(),
                        false,
                        a.activation())
                : attributes;
    }

    /** The int8 form of a value with a scale. */
    private Value integer(Value value, Quantization wanted) {
        if (value.isConstant()) {
            return copy.constantInPlaceOf(value, TensorSpec.int8(value.shape(), wanted), constant(value, wanted));
        }
        int id = value.id();
        if (integers[id] == null) {
            integers[id] = convert(copy.of(value), new QuantizeAttributes(), "int8", scales.of(value));
        }
        return integers[id].quantization().equals(wanted)
                ? integers[id]
                : convert(integers[id], new QuantizeAttributes(), "rescaled", wanted);
    }

    private static Constant constant(Value value, Quantization scale) {
        float[] elements = value.floats();
        byte[] bytes = new byte[elements.length];
        for (int i = 0; i < bytes.length; i++) {
            double steps = scale.zeroPoint() + Rounding.halfAway((double) elements[i] / scale.scale());
            bytes[i] = (byte) Math.max(-128, Math.min(127, steps));
        }
        return Constant.of(bytes);
    }

    /** The float form of a value. */
    private Value real(Value value) {
        Value integer = integers[value.id()];
        if (integer == null || copy.has(value) && copy.of(value) != integer) {
            return copy.of(value);
        }
        Value real = convert(integer, new DequantizeAttributes(), "float32", Quantization.NONE);
        copy.map(value, real);
        return real;
    }

    private Value convert(Value from, Attributes attributes, String suffix, Quantization to) {
        String name = copy.fresh(from.name() + "/" + suffix);
        return copy.add(name, name, attributes, List.of(from), to);
    }
}
