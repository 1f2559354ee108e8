package dev.junco.converter.pass;

import dev.junco.runtime.DType;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a dense layer of a product with one constant matrix and of the bias that is added to it: {@code [batch…, k] · [k, n]}. A dense layer has a scale for each unit in int8, a bias, and
 * batch normalisation folds into it. Legal for float32 constants and inputs of fixed size.
 */
public final class MatMulToDense implements Pass {
    @Override
    public String name() {
        return "matmul-to-dense";
    }

    @Override
    public Graph apply(Graph graph) {
        if (graph.isResizable() || graph.nodes().stream().noneMatch(MatMulToDense::isDense)) {
            return graph;
        }
        Wiring wiring = new Wiring(graph);
        GraphCopy copy = new GraphCopy(graph);
        Map<Node, Node> gone = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (isDense(node)) {
                Node addition = addition(wiring, node);
                if (addition != null) {
                    gone.put(addition, node);
                }
                replace(copy, node, addition);
            } else if (!gone.containsKey(node)) {
                copy.copy(node);
            }
        }
        return copy.build();
    }

    private static boolean isDense(Node node) {
        if (!(node.attributes() instanceof MatMulAttributes a) || node.output().type() != DType.FLOAT32) {
            return false;
        }
        Value b = node.input(1);
        return !a.transposeA()
                && b.isConstant()
                && b.constant().storage() == Storage.FLOAT32
                && b.shape().rank() == 2
                && !node.input(0).isConstant();
    }

    /** The addition of a bias {@code [n]} behind a product, or null. */
    private static Node addition(Wiring wiring, Node product) {
        Node user = wiring.soleUser(product.output());
        if (user == null
                || ((MatMulAttributes) product.attributes()).activation() != Activation.NONE
                || !(user.attributes() instanceof BinaryAttributes a)
                || a.kind() != BinaryKind.ADD) {
            return null;
        }
        Value bias = bias(product, user);
        int units = product.output().shape().dim(-1);
        boolean fits = bias.isConstant()
                && bias.shape().rank() > 0
                && bias.shape().elements() == units
                && bias.shape().dim(-1) == units;
        return fits && user.output().shape().equals(product.output().shape()) ? user : null;
    }

    private static Value bias(Node product, Node addition) {
        return addition.input(addition.input(0) == product.output() ? 1 : 0);
    }

    private static void replace(GraphCopy copy, Node node, Node addition) {
        MatMulAttributes a = (MatMulAttributes) node.attributes();
        Value x = node.input(0);
        Value result = addition == null ? node.output() : addition.output();
        Activation activation =
                addition == null ? a.activation() : ((BinaryAttributes) addition.attributes()).activation();
        int features = x.shape().dim(-1);
        int units = result.shape().dim(-1);
        List<Value> operands = new ArrayList<>(List.of(copy.of(x), weights(copy, node, a.transposeB())));
        if (addition != null) {
            float[] bias = bias(node, addition).floats();
            operands.add(copy.constant(node.name() + "/bias", TensorSpec.float32(Shape.of(units)), Constant.of(bias)));
        }
        FullyConnectedAttributes dense = new FullyConnectedAttributes(activation);
        if (x.shape().rank() == 2) {
            copy.replace(node, dense, operands, result);
            return;
        }
        String rows = copy.fresh(node.name() + "/rows");
        operands.set(
                0,
                copy.add(
                        rows,
                        rows,
                        new ReshapeAttributes(List.of(-1, features)),
                        operands.subList(0, 1),
                        Quantization.NONE));
        String name = copy.fresh(node.name() + "/dense");
        Value product = copy.add(name, name, dense, operands, Quantization.NONE);
        List<Integer> dims = new ArrayList<>(List.of(-1));
        for (int axis = 1; axis < result.shape().rank(); axis++) {
            dims.add(result.shape().dim(axis));
        }
        copy.replace(node, new ReshapeAttributes(dims), List.of(product), result);
    }

    /** The matrix as {@code [units, features]}. */
    private static Value weights(GraphCopy copy, Node node, boolean transposed) {
        Value b = node.input(1);
        if (transposed) {
            return copy.of(b);
        }
        int features = b.shape().dim(0);
        int units = b.shape().dim(1);
        float[] elements = b.floats();
        float[] turned = new float[elements.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = elements[i % features * units + i / features];
        }
        return copy.constantInPlaceOf(b, TensorSpec.float32(Shape.of(units, features)), Constant.of(turned));
    }
}
